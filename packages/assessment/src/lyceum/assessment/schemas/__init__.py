"""What crosses the module's border as data: HTTP bodies and published events."""
