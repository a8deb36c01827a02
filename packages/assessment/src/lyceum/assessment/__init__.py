"""Items, quizzes and attempts, scored on the server."""
