"""The rules of auth. No I/O; time and randomness are passed in."""
