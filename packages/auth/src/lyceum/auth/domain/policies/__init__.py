"""Rules that belong to no single aggregate, one file per subject; import the subject."""
