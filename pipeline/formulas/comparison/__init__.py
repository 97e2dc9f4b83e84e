"""Compare two formulas and name each difference."""
