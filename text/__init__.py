"""Unicode safety of what people write: visible, bidi-safe, normalised."""
