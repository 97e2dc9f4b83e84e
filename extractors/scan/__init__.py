"""Scans and images: what is printed on them, read by OCR; nothing is fetched, nothing is guessed."""

from extractors.scan.images import DPI, open_images, render
from extractors.scan.reading import Scanned, read_image
from extractors.scan.warp import Warp

__all__ = ["DPI", "Scanned", "Warp", "open_images", "read_image", "render"]
