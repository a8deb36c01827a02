"""What can be wrong about a course."""

from lyceum.kernel.errors import Conflict, NotFound, PermissionDenied


class CourseNotFound(NotFound):
    code = "course.not-found"
    title = "There is no such course"


class NodeNotFound(NotFound):
    code = "course.node-not-found"
    title = "There is no such part of the course"


class VersionNotFound(NotFound):
    code = "course.version-not-found"
    title = "The course has no such version"


class NotPublished(Conflict):
    code = "course.not-published"
    title = "The course is not published yet"


class CourseArchivedAlready(Conflict):
    code = "course.archived"
    title = "The course is archived"


class NotEnrolled(PermissionDenied):
    code = "course.not-enrolled"
    title = "Enrol in the course first"


class NotOpenYet(PermissionDenied):
    """Extension `available_from`: the moment from which it is open."""

    code = "course.not-open-yet"
    title = "This part of the course is not open yet"
