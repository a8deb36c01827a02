"""What the tests of imports need: the imports themselves, readers of archives that know nothing of the importer, and
archives of our own."""
