"""What can be wrong about somebody's progress."""

from lyceum.kernel.errors import Conflict, NotFound, PermissionDenied


class NotEnrolled(PermissionDenied):
    """The person does not take the course; or there is no such course, which is not told apart."""

    code = "progress.not-enrolled"
    title = "You do not take this course"


class NodeNotFound(NotFound):
    code = "progress.node-not-found"
    title = "The course has no such part"


class NodeLocked(Conflict):
    """Extension `available_from`: the moment it opens, null where something else has to be done first."""

    code = "progress.locked"
    title = "This part of the course is not open yet"
