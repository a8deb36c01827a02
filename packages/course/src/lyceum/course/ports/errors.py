"""What can be wrong about a course."""

from lyceum.kernel.errors import Conflict, NotFound


class CourseNotFound(NotFound):
    code = "course.not-found"
    title = "There is no such course"


class NotPublished(Conflict):
    code = "course.not-published"
    title = "The course is not published yet"
