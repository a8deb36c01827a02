"""Identity stands at the bottom: it consumes no events."""
