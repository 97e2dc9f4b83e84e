"""Commands that print rules and schemas."""
