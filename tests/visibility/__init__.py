"""The proof that what a viewer may not see changes not one byte of any answer to that viewer."""
