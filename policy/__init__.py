"""The rules as tables, readable by people who do not program. No input or output."""
