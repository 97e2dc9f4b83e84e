"""Prepare a scanned page for OCR: find it, turn it upright, straighten and clean it."""
