"""The structure of a formula: brackets, fractions, operands, grammar."""
