"""The use cases of assessment."""
