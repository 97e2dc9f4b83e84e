"""Benchmarks: each figure is compared with a floor that is measured in the same run on the same machine."""
