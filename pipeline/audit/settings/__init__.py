"""What an evaluator sets for the audit: severities, exceptions, waivers."""
