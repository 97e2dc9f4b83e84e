"""Summary: what a build found, on one page that a person likes to read."""

from pipeline.summary.text import markdown, place_of, show

__all__ = ["markdown", "place_of", "show"]
