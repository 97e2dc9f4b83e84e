"""The linear syntax of formulas: parse it, render it."""
