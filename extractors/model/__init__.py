"""The values that readers and parser hand on: passages, pages and the record."""
