"""Recognise the text of detected lines, with a box for each word."""
