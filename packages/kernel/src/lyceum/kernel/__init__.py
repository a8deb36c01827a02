"""The few ideas that every Lyceum module shares."""
