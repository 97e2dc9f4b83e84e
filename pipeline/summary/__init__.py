"""Summary: what a build found, on one page that a person likes to read."""

from pipeline.summary.text import Piece, markdown, page, piece, place_of, show

__all__ = ["Piece", "markdown", "page", "piece", "place_of", "show"]
