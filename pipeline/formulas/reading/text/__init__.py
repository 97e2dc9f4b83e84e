"""The printed text of a formula, prepared for reading."""
