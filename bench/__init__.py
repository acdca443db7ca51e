"""Benchmarks that anyone can run: each is a module, started as ``python -m bench.NAME``."""
