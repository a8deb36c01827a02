"""The aggregates of course: one file each."""

from lyceum.course.domain.entities.course import Course, CourseClosed, VersionReleased
from lyceum.course.domain.entities.draft import Branch, Draft
from lyceum.course.domain.entities.enrolment import Enrolment, EnrolmentEnded, EnrolmentStarted
from lyceum.course.domain.entities.node import Node, NodeChange

__all__ = [
    "Branch",
    "Course",
    "CourseClosed",
    "Draft",
    "Enrolment",
    "EnrolmentEnded",
    "EnrolmentStarted",
    "Node",
    "NodeChange",
    "VersionReleased",
]
