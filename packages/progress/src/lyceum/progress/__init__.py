"""What a learner has done and what is left, derived on the server."""
