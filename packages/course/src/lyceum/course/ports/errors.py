"""What can be wrong about a course."""

from lyceum.kernel.errors import Conflict, NotAuthenticated, NotFound, PermissionDenied


class CourseNotFound(NotFound):
    code = "course.not-found"
    title = "There is no such course"


class NodeNotFound(NotFound):
    code = "course.node-not-found"
    title = "There is no such part of the course"


class VersionNotFound(NotFound):
    code = "course.version-not-found"
    title = "The course has no such version"


class ImportNotFound(NotFound):
    code = "course.import-not-found"
    title = "There is no such import"


class ExportNotFound(NotFound):
    code = "course.export-not-found"
    title = "There is no such export"


class AssetNotFound(NotFound):
    code = "course.asset-not-found"
    title = "The course has no such file"


class SignInForFile(NotAuthenticated):
    """The course's image is for everybody, its other files are for those who take or teach it."""

    code = "course.sign-in-for-file"
    title = "Sign in to get this file"


class NotPublished(Conflict):
    code = "course.not-published"
    title = "The course is not published yet"


class CourseArchivedAlready(Conflict):
    code = "course.archived"
    title = "The course is archived"


class DraftNotReady(Conflict):
    """Extension `findings`: what stands in the way of publishing."""

    code = "course.draft-not-ready"
    title = "The draft cannot be published as it is"


class DraftConflict(Conflict):
    """Extensions: `expected` and `actual` (versions), `current` (what is there now)."""

    code = "course.draft-conflict"
    title = "Somebody else changed this in the meantime"


class LastOwner(Conflict):
    code = "course.last-owner"
    title = "A course keeps at least one owner"


class NotEnrolled(PermissionDenied):
    code = "course.not-enrolled"
    title = "Enrol in the course first"


class NotOpenYet(PermissionDenied):
    """Extension `available_from`: the moment from which it is open."""

    code = "course.not-open-yet"
    title = "This part of the course is not open yet"


class SlugTaken(Conflict):
    code = "course.slug-taken"
    title = "Another course has this short name"


class EnrolledAlready(Conflict):
    code = "course.enrolled-already"
    title = "This person takes the course already"
