"""Scores of indicators and documents by the questions of the SAKIP evaluation."""
