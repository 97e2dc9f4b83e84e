"""The statements of a cell: its clauses, the codes that they define, and the system that they make."""
