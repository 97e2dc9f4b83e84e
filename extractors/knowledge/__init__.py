"""Tables of knowledge in YAML, loaded and checked in one way."""
