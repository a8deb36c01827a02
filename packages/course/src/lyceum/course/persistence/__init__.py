"""Course on PostgreSQL."""
