"""The use cases of course."""
