"""Readers of foreign problems."""
