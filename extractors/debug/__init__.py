"""Pictures for people: what the reader saw on a page."""
