"""Benchmarks: each compares with a yardstick in the same run, because machines are noisy."""
