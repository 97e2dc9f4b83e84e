"""The steps from a printed name to its normal form."""
