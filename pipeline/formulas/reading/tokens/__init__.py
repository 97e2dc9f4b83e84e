"""The tokens of a formula: operators, numbers, words, measured values."""
