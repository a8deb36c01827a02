"""People and the groups they form."""
