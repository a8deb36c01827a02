"""Assessment asks course and identity at their ports: it consumes no events."""
