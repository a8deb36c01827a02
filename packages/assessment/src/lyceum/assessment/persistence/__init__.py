"""Assessment on PostgreSQL."""
