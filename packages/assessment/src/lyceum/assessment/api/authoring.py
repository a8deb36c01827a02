"""Making banks, items and quizzes."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from lyceum.assessment.api.dependencies import AuthoringService
from lyceum.assessment.domain.bank import BankItem, ItemFilter
from lyceum.assessment.domain.items import ITEMS, ItemType
from lyceum.assessment.domain.items import ItemView as LearnersItemView
from lyceum.assessment.domain.quiz import Quiz
from lyceum.assessment.ports import BankNotFound, ItemNotFound, QuizNotFound
from lyceum.assessment.schemas.internal import (
    BankRequest,
    BankView,
    ItemPreviewRequest,
    ItemRequest,
    ItemView,
    QuizChange,
    QuizRequest,
    QuizView,
)
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IfMatch, PageParams, problems, set_etag

router = APIRouter(prefix="/api/v1", tags=["assessment"])

_NEW = (NotAuthenticated, PermissionDenied, ValidationFailed)
_OF_BANK = (NotAuthenticated, BankNotFound, ValidationFailed)
_OF_ITEM = (*_OF_BANK, ItemNotFound, VersionConflict)
_VERSIONED = (PreconditionFailed, PreconditionRequired)


def _text(description: str) -> Any:
    return Query(max_length=100, pattern=r"^[^\x00]*$", description=description)


@router.get("/banks", operation_id="list_banks", responses=problems(*_NEW))
async def list_banks(
    course_id: UUID,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    page: PageParams,
    q: Annotated[str | None, _text("Part of a title.")] = None,
) -> Page[BankView]:
    """The question banks of a course, by title."""
    found = await authoring.banks(principal, course_id=course_id, page=page, text=q)
    banks = [BankView(id=one.id, course_id=one.course_id, title=one.title, items=one.items) for one in found.items]
    return Page(items=banks, next_cursor=found.next_cursor)


@router.post("/banks", status_code=201, operation_id="create_bank", responses=problems(*_NEW))
async def create_bank(request: BankRequest, principal: CurrentPrincipal, authoring: AuthoringService) -> BankView:
    """A new question bank of a course."""
    bank = await authoring.create_bank(principal, course_id=request.course_id, title=request.title)
    return BankView(id=bank.id, course_id=bank.course_id, title=bank.title, items=0)


@router.get("/banks/{bank_id}/items", operation_id="list_bank_items", responses=problems(*_OF_BANK))
async def list_bank_items(
    bank_id: UUID,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    page: PageParams,
    q: Annotated[str | None, _text("Part of a name or of a prompt.")] = None,
    type: Annotated[ItemType | None, Query(description="Only items of this type.")] = None,
) -> Page[ItemView]:
    """The items of a bank that are in use, the oldest first."""
    found = await authoring.items(principal, bank_id, page=page, wanted=ItemFilter(text=q, type=type))
    return Page(items=[_item(item) for item in found.items], next_cursor=found.next_cursor)


@router.post("/banks/{bank_id}/items", status_code=201, operation_id="add_item", responses=problems(*_OF_BANK))
async def add_item(
    bank_id: UUID,
    request: ItemRequest,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    response: Response,
) -> ItemView:
    """A new item."""
    item = await authoring.add_item(principal, bank_id, request.content)
    set_etag(response, item.version)
    return _item(item)


@router.get(
    "/items/{item_id}",
    operation_id="get_item",
    responses=problems(NotAuthenticated, ItemNotFound, BankNotFound, ValidationFailed),
)
async def get_item(
    item_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService, response: Response
) -> ItemView:
    """An item as its authors see it. Its entity tag is for revising it."""
    item = await authoring.item(principal, item_id)
    set_etag(response, item.version)
    return _item(item)


@router.put("/items/{item_id}", operation_id="revise_item", responses=problems(*_OF_ITEM, *_VERSIONED))
async def revise_item(
    item_id: UUID,
    request: ItemRequest,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    precondition: IfMatch,
    response: Response,
) -> ItemView:
    """New content for an item. Attempts under way keep the content that they began with."""
    item = await authoring.revise_item(principal, item_id, request.content, expected=precondition.version)
    set_etag(response, item.version)
    return _item(item)


@router.post("/items/{item_id}/retirement", status_code=204, operation_id="retire_item", responses=problems(*_OF_ITEM))
async def retire_item(item_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService) -> None:
    """Take an item out of new attempts."""
    await authoring.retire_item(principal, item_id)


@router.post("/item-previews", operation_id="preview_item", responses=problems(*_NEW))
async def preview_item(
    request: ItemPreviewRequest, principal: CurrentPrincipal, authoring: AuthoringService
) -> LearnersItemView:
    """An item as learners would meet it, with the whole review of a trial answer. Nothing is kept."""
    return await authoring.preview_item(
        principal,
        course_id=request.course_id,
        content=request.content,
        response=request.response,
        hints_taken=request.hints,
    )


@router.post("/quizzes", status_code=201, operation_id="create_quiz", responses=problems(*_NEW))
async def create_quiz(
    request: QuizRequest, principal: CurrentPrincipal, authoring: AuthoringService, response: Response
) -> QuizView:
    """A new quiz of a course."""
    quiz = await authoring.create_quiz(principal, course_id=request.course_id, content=request.content)
    set_etag(response, quiz.version)
    return _quiz(quiz)


@router.get(
    "/quizzes/{quiz_id}/content",
    operation_id="get_quiz_content",
    responses=problems(NotAuthenticated, QuizNotFound, ValidationFailed),
)
async def get_quiz_content(
    quiz_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService, response: Response
) -> QuizView:
    """A quiz as its authors see it."""
    quiz = await authoring.quiz(principal, quiz_id)
    set_etag(response, quiz.version)
    return _quiz(quiz)


@router.put(
    "/quizzes/{quiz_id}/content",
    operation_id="change_quiz",
    responses=problems(NotAuthenticated, QuizNotFound, ValidationFailed, VersionConflict, *_VERSIONED),
)
async def change_quiz(
    quiz_id: UUID,
    request: QuizChange,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    precondition: IfMatch,
    response: Response,
) -> QuizView:
    """Another content. It applies to attempts that start from now on."""
    quiz = await authoring.change_quiz(principal, quiz_id, request.content, expected=precondition.version)
    set_etag(response, quiz.version)
    return _quiz(quiz)


def _item(item: BankItem) -> ItemView:
    return ItemView(
        id=item.id,
        bank_id=item.bank_id,
        latest=item.latest,
        retired=item.retired,
        content=ITEMS.dump_python(item.content, mode="json"),
        version=item.version,
    )


def _quiz(quiz: Quiz) -> QuizView:
    content = quiz.content.model_dump(mode="json")
    return QuizView(id=quiz.id, course_id=quiz.course_id, content=content, version=quiz.version)
