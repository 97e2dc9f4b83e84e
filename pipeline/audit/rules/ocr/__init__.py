"""Family O: suspected OCR damage, kept apart from faults of the decree."""
