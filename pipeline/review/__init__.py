"""Reviewing: what only a person can decide, asked once, written down at once; drafts of definitions."""
