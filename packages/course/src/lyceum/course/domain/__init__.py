"""The rules of courses, free of databases, frameworks and files."""
