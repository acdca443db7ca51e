"""Compiles and runs operations within limits."""
