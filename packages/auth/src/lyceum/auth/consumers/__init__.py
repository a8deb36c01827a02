"""What auth hears of: events of other modules."""
