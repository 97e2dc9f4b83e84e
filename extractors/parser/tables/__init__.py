"""Tables of a decree: columns, rows, cells and lists."""
