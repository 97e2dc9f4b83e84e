"""The decree around its tables: identity, body, labelled sections, signature."""
