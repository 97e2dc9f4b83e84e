"""Search in a catalogue: indicators by name, formula and quantity, by meaning as well as by letter."""
