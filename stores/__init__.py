"""The only code that knows MongoDB and Redis. Reads take the viewer and answer views; raw records have few doors."""
