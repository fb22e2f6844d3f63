"""Benchmarks: what each measures, in comparison with what, and the command to run it."""
