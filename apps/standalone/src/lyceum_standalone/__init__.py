"""The Lyceum standalone."""
