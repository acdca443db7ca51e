"""The texts and people of the demo."""
