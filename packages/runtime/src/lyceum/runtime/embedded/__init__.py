"""Servers that Lyceum brings along, so that a bare machine needs none."""
