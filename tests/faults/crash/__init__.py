"""Processes of the platform that are killed without a word, and what has to be true afterwards."""
