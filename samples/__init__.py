"""Sample decrees of an invented regency: records, printed as OCR'd text in several layouts."""
