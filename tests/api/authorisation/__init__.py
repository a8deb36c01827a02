"""Who may do what: a reviewed table, and a walk through every route as every role."""
