"""Decrees as Word drafts and workbooks, written without a library so that any fault can be put in."""
