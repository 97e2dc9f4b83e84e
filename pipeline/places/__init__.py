"""Places of Indonesia: which regency a text names."""
