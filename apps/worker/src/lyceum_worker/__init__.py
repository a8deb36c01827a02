"""The Lyceum worker."""
