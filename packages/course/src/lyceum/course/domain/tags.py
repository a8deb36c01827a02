"""Tags of what is kept of what was shown; whoever changes it says the tag."""

from uuid import UUID

CATALOGUE_TAG = "catalogue"
"""On every public page of the catalogue."""


def structure_tag(course_id: UUID) -> str:
    """On the structures of all versions of a course."""
    return f"course.structure:{course_id}"
