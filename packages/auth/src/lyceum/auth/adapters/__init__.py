"""Cryptography and other people's servers."""
