"""Registering, codes, passwords, sessions, and how members stand to each other."""
