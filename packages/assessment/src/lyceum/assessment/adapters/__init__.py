"""What connects assessment with formats and libraries from outside."""
