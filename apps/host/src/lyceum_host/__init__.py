"""The Lyceum host."""
