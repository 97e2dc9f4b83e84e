"""Commands that read and compare decrees."""
