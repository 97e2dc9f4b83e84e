"""Family S: what a decree must have, and what its fields may hold."""
