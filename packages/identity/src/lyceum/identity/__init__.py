"""People: accounts, profiles, preferences, organisations, groups and accommodations."""
