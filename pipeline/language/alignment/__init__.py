"""Align two normal forms and say which tokens agree."""
