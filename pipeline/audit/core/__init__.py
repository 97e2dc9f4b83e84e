"""What every rule works with: the audited decrees and the words of the audit."""
