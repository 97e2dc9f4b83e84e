"""What holds for all tests."""

from hypothesis import settings

# No test is a stopwatch: a busy machine must not fail one. Times stand in the benchmarks.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
