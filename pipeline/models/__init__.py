"""The models of the catalogue, its findings and mentions."""
