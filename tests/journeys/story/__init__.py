"""Who and what the stories of `tests/journeys` and `tests/split` are about: installations, people, courses."""
