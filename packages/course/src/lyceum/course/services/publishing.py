"""Draft to version: one transaction, so that learners see the old one or the whole new one."""

from collections.abc import Callable, Mapping
from uuid import UUID

from lyceum.course.domain.checks import Finding, check_draft
from lyceum.course.domain.entities import Course, Draft, Node
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.versions import CourseVersion, NodeDifference, differences, snapshot
from lyceum.course.ports import DraftNotReady
from lyceum.course.services.authority import course_to_author
from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Principal


class Publishing:
    """Learners in flight are on the newest version at once: their progress follows the ids of nodes, which stay."""

    def __init__(self, *, units: Callable[[], CourseUnit], clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def publish(
        self, principal: Principal, course_id: UUID, *, note: str = "", expected: int | None = None
    ) -> CourseVersion:
        """Publish the draft as the next version. `expected`: the version of the outline that the author looked at.

        Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `PreconditionFailed`, `DraftNotReady`.
        """
        caller = principal.require_user()
        async with self._units() as unit:
            course = await course_to_author(unit, principal, course_id)
            draft = await unit.drafts.get(course_id)
            draft.expect(expected)
            nodes = await unit.nodes.of_course(course_id)
            version = await self.release(unit, course, draft, nodes, by=caller, note=note)
            await unit.commit()
        return version

    async def release(
        self,
        unit: CourseUnit,
        course: Course,
        draft: Draft,
        nodes: Mapping[UUID, Node],
        *,
        by: UUID,
        note: str = "",
    ) -> CourseVersion:
        """The part of `publish` inside an open unit, for imports that publish at once. Raises `DraftNotReady`."""
        assets = {asset.path for asset in await unit.assets.of_course(course.id)}
        errors = [finding for finding in check_draft(draft, nodes, assets) if finding.severity == "error"]
        if errors:
            raise DraftNotReady(findings=[finding.model_dump(mode="json") for finding in errors])
        now = self._clock.now()
        version = snapshot(
            course_id=course.id,
            title=course.title,
            number=course.latest_number + 1,
            tree=draft.tree,
            nodes=nodes,
            note=note,
            now=now,
            by=by,
        )
        course.release(content_hash=version.content_hash, now=now)
        await unit.versions.add(version)
        return version

    async def restore(self, principal: Principal, course_id: UUID, number: int) -> CourseVersion:
        """Publish the content of an earlier version again, as the next one; the draft stays as it is.

        Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `VersionNotFound`.
        """
        caller = principal.require_user()
        async with self._units() as unit:
            course = await course_to_author(unit, principal, course_id)
            earlier = await unit.versions.get(course_id, number)
            now = self._clock.now()
            version = earlier.restored(number=course.latest_number + 1, note="", now=now, by=caller)
            course.release(content_hash=version.content_hash, now=now)
            await unit.versions.add(version)
            await unit.commit()
        return version

    async def checks(self, principal: Principal, course_id: UUID) -> list[Finding]:
        """What stands in the way of publishing, and what is odd. Raises as `publish` does."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            draft = await unit.drafts.get(course_id)
            nodes = await unit.nodes.of_course(course_id)
            assets = {asset.path for asset in await unit.assets.of_course(course_id)}
        return check_draft(draft, nodes, assets)

    async def draft_differences(self, principal: Principal, course_id: UUID) -> list[NodeDifference]:
        """What publishing would change for learners."""
        async with self._units() as unit:
            course = await course_to_author(unit, principal, course_id)
            draft = await unit.drafts.get(course_id)
            nodes = await unit.nodes.of_course(course_id)
            old = None
            if course.published_number is not None:
                old = await unit.versions.get(course_id, course.published_number)
        new = snapshot(
            course_id=course_id,
            title=course.title,
            number=course.latest_number + 1,
            tree=draft.tree,
            nodes=nodes,
            note="",
            now=self._clock.now(),
            by=principal.require_user(),
        )
        return differences(old, new)

    async def version_differences(
        self, principal: Principal, course_id: UUID, *, old: int, new: int
    ) -> list[NodeDifference]:
        """What changed from one version to another. Raises `VersionNotFound` beside the usual."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            before = await unit.versions.get(course_id, old)
            after = await unit.versions.get(course_id, new)
        return differences(before, after)
