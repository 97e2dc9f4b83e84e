"""Grouping of findings: one fact is reported once, with its echoes and its recurrences under it."""
