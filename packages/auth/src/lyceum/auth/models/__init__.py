"""How the aggregates are stored."""
