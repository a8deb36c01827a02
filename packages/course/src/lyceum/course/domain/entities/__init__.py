"""The aggregates of course: one file each."""

from lyceum.course.domain.entities.course import Course, CourseClosed, VersionReleased
from lyceum.course.domain.entities.draft import Branch, Draft
from lyceum.course.domain.entities.enrolment import Enrolment, EnrolmentEnded, EnrolmentStarted
from lyceum.course.domain.entities.node import Node, NodeChange
from lyceum.course.domain.entities.transfer import CourseExport, CourseImport, TransferState

__all__ = [
    "Branch",
    "Course",
    "CourseClosed",
    "CourseExport",
    "CourseImport",
    "Draft",
    "Enrolment",
    "EnrolmentEnded",
    "EnrolmentStarted",
    "Node",
    "NodeChange",
    "TransferState",
    "VersionReleased",
]
