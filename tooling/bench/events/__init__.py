"""What events cost: the outbox beside the bare write, the relay beside the producer alone, the inbox in batches."""
