"""Scripts for the development of the project; they are not installed."""
