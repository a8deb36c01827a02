"""Gateways to what the course module does not own: archives, sanitisers, other modules over HTTP."""
