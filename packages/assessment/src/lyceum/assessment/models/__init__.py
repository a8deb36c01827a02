"""Tables and how aggregates map to them."""
