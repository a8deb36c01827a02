"""Progress on PostgreSQL."""
