"""Commands for the names and formulas of indicators."""
