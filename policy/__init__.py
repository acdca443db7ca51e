"""The rules of the house as tables, readable by people who do not program; no input or output."""
