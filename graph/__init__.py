"""What the API says: types, inputs, connections, errors, and how each field is filled."""
