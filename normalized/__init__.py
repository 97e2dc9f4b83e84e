"""Reviewed data, not code: canonical definitions, glossary, decisions and the published catalogue."""
