"""The published interface of progress."""

from lyceum.progress.ports.errors import NodeLocked, NodeNotFound, NotEnrolled
from lyceum.progress.ports.reader import CourseProgressReader, CourseProgressSummary

__all__ = ["CourseProgressReader", "CourseProgressSummary", "NodeLocked", "NodeNotFound", "NotEnrolled"]
