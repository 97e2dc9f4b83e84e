"""Family I: numbers, dates, regions and signatories."""
