"""The rules of the audit, a folder for each family with code, texts and pages."""
