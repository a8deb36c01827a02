"""What progress hears from other modules: one file per producer."""
