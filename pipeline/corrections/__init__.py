"""Corrections: what a person says is printed where the reader read something else, replayed at each build."""
