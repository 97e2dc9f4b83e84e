"""Holders, their indicators and the activity tables."""
