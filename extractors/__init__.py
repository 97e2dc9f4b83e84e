"""Extractors: a file becomes a ``Decree``, what is printed in it and where."""
