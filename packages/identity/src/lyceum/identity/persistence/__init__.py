"""Identity on PostgreSQL."""
