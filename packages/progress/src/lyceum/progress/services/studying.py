"""What a learner's client tells: which blocks were looked at, and where the learner is."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Principal
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.policies import Look, closed, closed_by, depends_on_facts
from lyceum.progress.domain.repositories import StudyLog
from lyceum.progress.domain.values import EnrolmentState, Facts, Position, Standing
from lyceum.progress.ports import NodeLocked, NodeNotFound, NotEnrolled
from lyceum.progress.schemas.internal import Heartbeat, PositionRequest, Refusal, Viewed
from lyceum.progress.services.catching_up import CatchingUp
from lyceum.progress.services.completing import Completing
from lyceum.progress.services.outlines import Outlines

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


class Studying:
    """Only what is open counts, for people who take the course. What is done is never a client's to say."""

    def __init__(
        self, *, log: StudyLog, catching_up: CatchingUp, outlines: Outlines, completing: Completing, clock: Clock
    ) -> None:
        self._log = log
        self._catching_up = catching_up
        self._outlines = outlines
        self._completing = completing
        self._clock = clock

    async def note(self, principal: Principal, heartbeats: Sequence[Heartbeat]) -> list[Refusal | None]:
        """Take heartbeats in: the reason for each that is refused, in their order. Raises `NotAuthenticated`.

        Those about one course are one write, however many they are.
        """
        user_id = principal.require_user()
        refusals: list[Refusal | None] = [None] * len(heartbeats)
        courses: dict[UUID, list[int]] = {}
        for index, heartbeat in enumerate(heartbeats):
            courses.setdefault(heartbeat.course_id, []).append(index)
        for course_id, indexes in courses.items():
            reasons = await self._note(user_id, course_id, [heartbeats[index] for index in indexes])
            for index, reason in zip(indexes, reasons, strict=True):
                refusals[index] = reason
        return refusals

    async def move(self, principal: Principal, course_id: UUID, request: PositionRequest) -> None:
        """Say where to go on. Raises `NotAuthenticated`, `NotEnrolled`, `NodeNotFound`, `NodeLocked`."""
        user_id = principal.require_user()
        outline, standing = await self._studied(user_id, course_id)
        if outline is None or standing is None:
            raise NotEnrolled()
        place = outline.place_of(request.node_id)
        if place is None:
            raise NodeNotFound()
        now = self._clock.now()
        evaluation = evaluate(outline, standing.facts, now)
        reason = closed_by(evaluation, place, now)
        if reason is not None:
            moments = [gate.available_from for gate in evaluation.locks(place) if gate.available_from is not None]
            raise NodeLocked(available_from=max(moments) if reason == "not-yet-available" else None)
        position = Position(request.node_id, request.seconds, now)
        if await self._log.note(user_id=user_id, course_id=course_id, viewed=0, position=position, now=now) is None:
            raise NotEnrolled()

    async def _note(self, user_id: UUID, course_id: UUID, heartbeats: Sequence[Heartbeat]) -> list[Refusal | None]:
        outline = await self._outlines.known(course_id)
        facts: Facts | None = None
        if outline is None or _needs_facts(outline, heartbeats):
            outline, standing = await self._studied(user_id, course_id)
            if outline is None or standing is None:
                return ["not-enrolled"] * len(heartbeats)
            facts = standing.facts
        now = self._clock.now()
        reasons = _reasons(outline, heartbeats, facts or Facts(), now)
        accepted = [beat for beat, reason in zip(heartbeats, reasons, strict=True) if reason is None]
        if accepted:
            if not await self._write(user_id, outline, accepted, now):
                return ["not-enrolled"] * len(heartbeats)
        elif facts is None and (await self._studied(user_id, course_id))[1] is None:
            # Whether there is such a block, and whether it is open, is only for learners to know.
            return ["not-enrolled"] * len(heartbeats)
        return reasons

    async def _write(self, user_id: UUID, outline: Outline, accepted: Sequence[Heartbeat], now: datetime) -> bool:
        viewed = 0
        position: Position | None = None
        for beat in accepted:
            if isinstance(beat, Viewed):
                viewed |= outline.nodes[outline.places[beat.block_id]].blocks
            else:
                # A clock that runs ahead must not outdo every later heartbeat; one that was never set is just early.
                at = max(min(beat.at, now), EARLIEST)
                if position is None or at >= position.at:
                    position = Position(beat.block_id, beat.seconds, at)
        noted = await self._log.note(
            user_id=user_id, course_id=outline.course_id, viewed=viewed, position=position, now=now
        )
        if noted is None and _takes_it(await self._catching_up.standing(user_id, outline.course_id)):
            noted = await self._log.note(
                user_id=user_id, course_id=outline.course_id, viewed=viewed, position=position, now=now
            )
        if noted is None:
            return False
        newest = await self._outlines.at(outline.course_id, revision=noted.standing.revision or 0)
        if viewed and noted.may_have_grown:
            await self._completing.moved(noted.standing, newest or outline)
        elif viewed:
            # Nothing to tell; but whoever wrote it first may have died before completing the course.
            await self._completing.notice(noted.standing, newest or outline)
        return True

    async def _studied(self, user_id: UUID, course_id: UUID) -> tuple[Outline | None, Standing | None]:
        """The present outline and where the learner stands; nothing for somebody who does not take the course now."""
        standing = await self._catching_up.standing(user_id, course_id)
        if standing is None or not _takes_it(standing):
            return None, None
        if standing.revision is None:
            return await self._catching_up.outline(course_id), standing
        return await self._outlines.at(course_id, revision=standing.revision), standing


def _takes_it(standing: Standing | None) -> bool:
    return standing is not None and standing.state is EnrolmentState.ACTIVE


def _needs_facts(outline: Outline, heartbeats: Sequence[Heartbeat]) -> bool:
    """Whether the learner's row has to be read first: to see what is open, or whether there is a newer outline."""
    for beat in heartbeats:
        place = outline.place_of(beat.block_id)
        if place is None or depends_on_facts(outline, place):
            return True
    return False


def _reasons(outline: Outline, heartbeats: Sequence[Heartbeat], facts: Facts, now: datetime) -> list[Refusal | None]:
    reasons: list[Refusal | None] = ["unknown-block"] * len(heartbeats)
    looks: dict[int, Look] = {}
    for index, beat in enumerate(heartbeats):
        place = outline.place_of(beat.block_id)
        if place is not None and outline.nodes[place].kind == "block":
            looks[index] = Look(place, counts=isinstance(beat, Viewed))
    for index, reason in zip(looks, closed(outline, list(looks.values()), facts, now), strict=True):
        reasons[index] = reason
    return reasons
