"""Benchmarks: each is compared with a baseline from the same run, because machines are noisy."""
