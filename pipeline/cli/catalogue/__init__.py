"""Commands that make and maintain a catalogue."""
