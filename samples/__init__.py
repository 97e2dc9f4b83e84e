"""Decrees to try: an invented regency as records, printed as OCR'd text in several layouts."""
