"""The stages of a build, from bytes to the finished catalogue."""
