"""Reading courses out of archives from elsewhere, which may be broken or hostile."""
