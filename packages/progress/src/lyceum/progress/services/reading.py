"""What learners see of their own progress, and teachers of their learners'."""

from uuid import UUID

from lyceum.course.ports import CourseAccess
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal
from lyceum.progress.domain.evaluation import Evaluation, evaluate
from lyceum.progress.domain.explaining import next_due
from lyceum.progress.domain.queries import ProgressQueries
from lyceum.progress.domain.values import Standing
from lyceum.progress.ports import NotEnrolled
from lyceum.progress.schemas.internal import CourseOverview, CourseProgressView, Explanation, LearnerOverview
from lyceum.progress.services import explanations, summaries
from lyceum.progress.services.catching_up import CatchingUp
from lyceum.progress.services.completing import Completing
from lyceum.progress.services.outline_pages import OutlinePage, OutlinePages
from lyceum.progress.services.outlines import Outlines


class Reading:
    """A learner reads what is the learner's own; whoever never took a course is told that, whether it exists or not."""

    def __init__(
        self,
        *,
        queries: ProgressQueries,
        outlines: Outlines,
        pages: OutlinePages,
        catching_up: CatchingUp,
        completing: Completing,
        access: CourseAccess,
        people: UserDirectory,
        clock: Clock,
    ) -> None:
        self._queries = queries
        self._outlines = outlines
        self._pages = pages
        self._catching_up = catching_up
        self._completing = completing
        self._access = access
        self._people = people
        self._clock = clock

    async def courses(self, principal: Principal, *, page: PageRequest) -> Page[CourseOverview]:
        """The caller's courses, the latest enrolment first. Raises `NotAuthenticated`."""
        standings = await self._queries.courses_of(principal.require_user(), page=page)
        outlines = await self._outlines.many([(row.course_id, row.revision or 0) for row in standings.items])
        now = self._clock.now()
        items = [_overview(row, evaluate(outlines[row.course_id], row.facts, now)) for row in standings.items]
        return Page(items=items, next_cursor=standings.next_cursor)

    async def course(self, principal: Principal, course_id: UUID) -> CourseProgressView:
        """Raises `NotAuthenticated`, `NotEnrolled`."""
        standing, evaluation = await self._standing(principal.require_user(), course_id)
        return summaries.course_progress(standing, evaluation)

    async def outline(self, principal: Principal, course_id: UUID) -> OutlinePage:
        """The course with the caller's progress, as JSON. Raises `NotAuthenticated`, `NotEnrolled`."""
        standing, evaluation = await self._standing(principal.require_user(), course_id)
        return self._pages.page(standing, evaluation)

    async def explain(self, principal: Principal, course_id: UUID) -> Explanation:
        """Raises `NotAuthenticated`. Somebody who never took the course is told just that."""
        try:
            standing, evaluation = await self._standing(principal.require_user(), course_id)
        except NotEnrolled:
            return explanations.not_enrolled(course_id)
        return explanations.explanation(standing, evaluation, self._clock.now())

    async def watch(self, principal: Principal, course_id: UUID) -> None:
        """Whether the caller may watch the caller's own progress. Raises `NotAuthenticated`, `NotEnrolled`."""
        if await self._catching_up.standing(principal.require_user(), course_id) is None:
            raise NotEnrolled()

    async def learners(self, principal: Principal, course_id: UUID, *, page: PageRequest) -> Page[LearnerOverview]:
        """The learners of a course, the earliest enrolment first. Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require_user()
        if not await self._access.may_instruct(actor=principal, course_id=course_id):
            raise PermissionDenied("Only those who teach the course see its learners")
        standings = await self._queries.learners_of(course_id, page=page)
        rows = standings.items
        if not rows:
            return Page(items=[], next_cursor=None)
        people = await self._people.find_users(user_ids=[row.user_id for row in rows])
        names = {person.id: person.display_name for person in people}
        outline = await self._outlines.at(course_id, revision=rows[0].revision or 0)
        now = self._clock.now()
        items = [
            LearnerOverview(
                user_id=row.user_id,
                display_name=names.get(row.user_id, ""),
                state=row.state.value,
                percentage=evaluate(outline, row.facts, now).percentage if outline else 0,
                enrolled_at=row.enrolled_at,
                active_at=row.active_at,
                completed_at=row.completed_at,
            )
            for row in rows
        ]
        return Page(items=items, next_cursor=standings.next_cursor)

    async def _standing(self, user_id: UUID, course_id: UUID) -> tuple[Standing, Evaluation]:
        standing = await self._catching_up.standing(user_id, course_id)
        if standing is None:
            raise NotEnrolled()
        if standing.revision is None:
            outline = await self._catching_up.outline(course_id)
        else:
            outline = await self._outlines.at(course_id, revision=standing.revision)
        if outline is None:
            raise NotEnrolled()
        if await self._completing.notice(standing, outline):
            standing = await self._queries.standing(user_id, course_id) or standing
        return standing, evaluate(outline, standing.facts, self._clock.now())


def _overview(standing: Standing, evaluation: Evaluation) -> CourseOverview:
    return CourseOverview(
        course_id=standing.course_id,
        title=evaluation.outline.title,
        state=standing.state.value,
        percentage=evaluation.percentage,
        next_due_at=next_due(evaluation),
        enrolled_at=standing.enrolled_at,
        active_at=standing.active_at,
        completed_at=standing.completed_at,
    )
