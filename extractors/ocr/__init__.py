"""Scans and images: what is printed on them, read by OCR; nothing is fetched, nothing is guessed."""

from extractors.ocr.coordinates import PageWarp
from extractors.ocr.image_input import DPI, open_images, render_page
from extractors.ocr.page_ocr import ScannedPage, read_image

__all__ = ["DPI", "PageWarp", "ScannedPage", "open_images", "read_image", "render_page"]
