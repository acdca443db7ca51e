"""A small community, made up for people who run the service for the first time."""
