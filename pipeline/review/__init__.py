"""Review: questions that only a person can decide, with their answers; drafts of definitions."""
