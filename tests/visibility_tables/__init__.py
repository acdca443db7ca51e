"""Who sees what, written down as people would agree on it before reading any code, and how it is looked at."""
