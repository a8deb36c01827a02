"""What course makes of other modules' events: one file per producer."""
