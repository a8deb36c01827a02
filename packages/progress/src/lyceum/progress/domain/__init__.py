"""What a course asks of a learner, and how far the learner has come."""
