"""Tables of a page: ruled, half ruled, borderless and nested."""
