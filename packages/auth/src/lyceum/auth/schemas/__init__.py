"""The published language of auth."""
