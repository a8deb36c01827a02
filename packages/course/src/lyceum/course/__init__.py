"""Courses: authoring, publishing, enrolment, import and export."""
