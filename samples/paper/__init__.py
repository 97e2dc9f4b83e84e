"""The samples on paper: digital PDFs in several page layouts, and scans of them."""

from samples.paper.digital import PAPERS, carried, digital
from samples.paper.looks import Look

__all__ = ["PAPERS", "Look", "carried", "digital"]
