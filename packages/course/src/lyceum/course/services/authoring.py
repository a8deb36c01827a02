"""Making courses, describing them, and saying who instructs."""

import contextlib
import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from lyceum.course.domain import policies
from lyceum.course.domain.entities import Course, Draft
from lyceum.course.domain.importing import HtmlSanitiser
from lyceum.course.domain.queries import CourseQueries
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import InstructorRole
from lyceum.course.ports import LastOwner, SlugTaken
from lyceum.course.schemas.internal import CourseChange, CourseRequest, CourseView, Instructor
from lyceum.course.services.authority import course_to_author, course_to_own
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal, ScopeKind

T = TypeVar("T")

SLUG_ATTEMPTS = 5


class Authoring:
    def __init__(
        self,
        *,
        units: Callable[[], CourseUnit],
        queries: CourseQueries,
        users: UserDirectory,
        sanitiser: HtmlSanitiser,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._users = users
        self._sanitiser = sanitiser
        self._clock = clock

    async def create(self, principal: Principal, request: CourseRequest) -> CourseView:
        """A course that only its author sees. Raises `NotAuthenticated`, `PermissionDenied`, `SlugTaken`."""
        caller = principal.require_user()
        principal.require(policies.CREATE, organisation=request.organisation_id)
        description = self._sanitiser.clean(request.description_html).html

        async def create() -> CourseView:
            async with self._units() as unit:
                course = Course.create(
                    course_id=new_id(),
                    title=request.title,
                    slug=request.slug or await free_slug(unit, request.title),
                    language=request.language,
                    summary=request.summary,
                    description_html=description,
                    organisation_id=request.organisation_id,
                    created_by=caller,
                    now=self._clock.now(),
                )
                unit.courses.add(course)
                unit.drafts.add(Draft.begin(course.id))
                await unit.instructors.appoint(caller, course.id, InstructorRole.OWNER)
                await unit.commit()
                return course_view(course)

        # Who names the course wants that name; who does not, any will do.
        return await (create() if request.slug else with_free_slug(create))

    async def authored(self, principal: Principal, *, page: PageRequest) -> Page[CourseView]:
        """The courses that the caller may change, newest first. Raises `NotAuthenticated`."""
        caller = principal.require_user()
        return await self._queries.authored(
            page=page,
            user_id=caller,
            everything=principal.allows(policies.EDIT),
            organisations=principal.scope_ids(policies.EDIT, ScopeKind.ORGANISATION),
            ids=principal.scope_ids(policies.EDIT, ScopeKind.COURSE),
        )

    async def get(self, principal: Principal, course_id: UUID) -> CourseView:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            return course_view(await course_to_author(unit, principal, course_id))

    async def describe(
        self, principal: Principal, course_id: UUID, change: CourseChange, *, expected: int | None
    ) -> CourseView:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `PreconditionFailed`, `ValidationFailed`."""
        html = change.description_html
        async with self._units() as unit:
            course = await course_to_author(unit, principal, course_id)
            course.expect(expected)
            course.describe(
                now=self._clock.now(),
                title=change.title,
                summary=change.summary,
                description_html=None if html is None else self._sanitiser.clean(html).html,
                language=change.language,
                image=change.image,
                licence=change.licence,
                listed=change.listed,
            )
            await unit.commit()
            return course_view(course)

    async def archive(self, principal: Principal, course_id: UUID) -> CourseView:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `CourseArchivedAlready`."""
        async with self._units() as unit:
            course = await course_to_own(unit, principal, course_id)
            course.archive(now=self._clock.now())
            await unit.commit()
            return course_view(course)

    async def instructors(self, principal: Principal, course_id: UUID) -> list[Instructor]:
        """By name. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            roles = await unit.instructors.of_course(course_id)
        people = await self._users.find_users(user_ids=list(roles))
        found = [
            Instructor(user_id=person.id, display_name=person.display_name, role=roles[person.id].value)
            for person in people
        ]
        return sorted(found, key=lambda instructor: (instructor.display_name, instructor.user_id))

    async def appoint(self, principal: Principal, course_id: UUID, user_id: UUID, role: InstructorRole) -> None:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `UserNotFound`, `LastOwner`."""
        async with self._units() as unit:
            await course_to_own(unit, principal, course_id)
        # Only now: who may not appoint does not learn who there is.
        await self._users.get_user(user_id=user_id)
        async with self._units() as unit:
            await course_to_own(unit, principal, course_id)
            if role is not InstructorRole.OWNER:
                await _keep_an_owner(unit, course_id, without=user_id)
            await unit.instructors.appoint(user_id, course_id, role)
            await unit.commit()

    async def dismiss(self, principal: Principal, course_id: UUID, user_id: UUID) -> None:
        """Everybody may leave. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `LastOwner`."""
        check = course_to_author if principal.user_id == user_id else course_to_own
        async with self._units() as unit:
            await check(unit, principal, course_id)
            await _keep_an_owner(unit, course_id, without=user_id)
            await unit.instructors.dismiss(user_id, course_id)
            await unit.commit()


async def with_free_slug(save: Callable[[], Awaitable[T]]) -> T:
    """Do `save` again when somebody else was quicker to take the name that `free_slug` found. Raises `SlugTaken` after
    that many defeats that something else must be wrong."""
    for _ in range(SLUG_ATTEMPTS - 1):
        with contextlib.suppress(SlugTaken):
            return await save()
    return await save()


async def free_slug(unit: CourseUnit, title: str) -> str:
    """A short name made of the title that no course has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "course"
    if not await unit.courses.slug_taken(base):
        return base
    return f"{base}-{new_id().hex[-10:]}"


async def _keep_an_owner(unit: CourseUnit, course_id: UUID, *, without: UUID) -> None:
    roles = await unit.instructors.of_course(course_id, to_change=True)
    others = {user_id for user_id, role in roles.items() if role is InstructorRole.OWNER} - {without}
    if roles.get(without) is InstructorRole.OWNER and not others:
        raise LastOwner()


def course_view(course: Course) -> CourseView:
    """A course as its authors see it."""
    return CourseView(
        id=course.id,
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        description_html=course.description_html,
        language=course.language,
        image=course.image,
        licence=course.licence,
        listed=course.listed,
        state=course.state.value,
        organisation_id=course.organisation_id,
        published_number=course.published_number,
        published_at=course.published_at,
        created_at=course.created_at,
        updated_at=course.updated_at,
        version=course.version,
    )
