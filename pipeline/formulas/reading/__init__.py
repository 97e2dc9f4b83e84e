"""Read a printed formula into the linear syntax."""
