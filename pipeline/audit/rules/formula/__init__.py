"""Family F: formulas, alone and against definitions."""
