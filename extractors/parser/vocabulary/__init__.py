"""The words by which the parts of a decree are recognised."""
