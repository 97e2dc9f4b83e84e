"""Printing a record: what a layout carries of it, and the text that it becomes."""

from samples.printing.layouts import LAYOUTS, Layout, carried, printed

__all__ = ["LAYOUTS", "Layout", "carried", "printed"]
