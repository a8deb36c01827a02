"""Taking quizzes."""

from uuid import UUID

from fastapi import APIRouter

from lyceum.assessment.api.dependencies import AttemptingService
from lyceum.assessment.domain.attempt import AttemptView, Stamp
from lyceum.assessment.domain.errors import (
    AttemptClosed,
    AttemptExpired,
    AttemptNotAllowed,
    HintNotFound,
    NothingToCheck,
    PracticeOnly,
    QuizNotReady,
    SlotNotFound,
    SlotSettled,
)
from lyceum.assessment.ports import AttemptNotFound, QuizNotFound
from lyceum.assessment.schemas.internal import AnswerRequest, HintRequest, Hints, QuizStanding
from lyceum.course.ports import NotEnrolled
from lyceum.kernel.errors import NotAuthenticated, ValidationFailed, VersionConflict
from lyceum.runtime.http import CurrentPrincipal, problems

router = APIRouter(prefix="/api/v1", tags=["assessment"])

_OF_QUIZ = (NotAuthenticated, QuizNotFound, NotEnrolled, ValidationFailed)
_OF_ATTEMPT = (NotAuthenticated, AttemptNotFound, ValidationFailed, VersionConflict)
_OF_SLOT = (*_OF_ATTEMPT, SlotNotFound, AttemptClosed, AttemptExpired, SlotSettled)


@router.get("/quizzes/{quiz_id}", operation_id="get_quiz", responses=problems(*_OF_QUIZ))
async def get_quiz(quiz_id: UUID, principal: CurrentPrincipal, attempting: AttemptingService) -> QuizStanding:
    """A quiz, and whether the caller can start an attempt now."""
    standing = await attempting.standing(principal, quiz_id)
    content, decision = standing.quiz.content, standing.decision
    timing = content.settings.timing
    return QuizStanding(
        id=quiz_id,
        title=content.title,
        introduction=content.introduction,
        mode=content.settings.mode.value,
        time_limit=timing.time_limit,
        opens_at=timing.opens_at,
        closes_at=timing.closes_at,
        attempts_left=decision.left,
        refusal=None if decision.refusal is None else decision.refusal.value,
        available_at=decision.available_at,
        running=standing.running,
        latest=standing.latest,
    )


@router.post(
    "/quizzes/{quiz_id}/attempts",
    operation_id="start_attempt",
    responses=problems(*_OF_QUIZ, AttemptNotAllowed, QuizNotReady),
)
async def start_attempt(quiz_id: UUID, principal: CurrentPrincipal, attempting: AttemptingService) -> AttemptView:
    """The attempt under way, or a new one. Its questions, their order and its deadline are settled from here on."""
    return await attempting.start(principal, quiz_id)


@router.get("/attempts/{attempt_id}", operation_id="get_attempt", responses=problems(*_OF_ATTEMPT))
async def get_attempt(attempt_id: UUID, principal: CurrentPrincipal, attempting: AttemptingService) -> AttemptView:
    """An attempt as it stands; what it tells of the result is up to the quiz's review policy."""
    return await attempting.view(principal, attempt_id)


@router.put("/attempts/{attempt_id}/answers/{slot}", operation_id="save_answer", responses=problems(*_OF_SLOT))
async def save_answer(
    attempt_id: UUID,
    slot: str,
    request: AnswerRequest,
    principal: CurrentPrincipal,
    attempting: AttemptingService,
) -> AttemptView:
    """Keep an answer. Messages may come twice, late or in any order: the one with the greatest number stands."""
    stamp = Stamp(seq=request.seq, client_id=request.client_id)
    return await attempting.save_answer(principal, attempt_id, slot, stamp, request.response)


@router.post(
    "/attempts/{attempt_id}/checks/{slot}",
    operation_id="check_answer",
    responses=problems(*_OF_SLOT, PracticeOnly, NothingToCheck),
)
async def check_answer(
    attempt_id: UUID,
    slot: str,
    request: AnswerRequest,
    principal: CurrentPrincipal,
    attempting: AttemptingService,
) -> AttemptView:
    """In practice: keep an answer and tell at once how good it is. A repeated message is not counted again."""
    stamp = Stamp(seq=request.seq, client_id=request.client_id)
    return await attempting.check(principal, attempt_id, slot, stamp, request.response)


@router.post(
    "/attempts/{attempt_id}/hints/{slot}",
    operation_id="take_hint",
    responses=problems(*_OF_SLOT, PracticeOnly, HintNotFound),
)
async def take_hint(
    attempt_id: UUID,
    slot: str,
    request: HintRequest,
    principal: CurrentPrincipal,
    attempting: AttemptingService,
) -> Hints:
    """In practice: the hints up to this number. They come one after the other."""
    return Hints(hints=list(await attempting.take_hint(principal, attempt_id, slot, request.number)))


@router.post("/attempts/{attempt_id}/submission", operation_id="submit_attempt", responses=problems(*_OF_ATTEMPT))
async def submit_attempt(attempt_id: UUID, principal: CurrentPrincipal, attempting: AttemptingService) -> AttemptView:
    """Hand the attempt in with the answers saved so far. Doing it again changes nothing."""
    return await attempting.submit(principal, attempt_id)
