"""Pipeline: Decrees become a checked catalogue."""
