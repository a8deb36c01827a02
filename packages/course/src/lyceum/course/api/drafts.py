"""The draft of a course: its outline and its nodes."""

from uuid import UUID

from fastapi import APIRouter, Response

from lyceum.course.api.dependencies import DraftingService, PublishingService
from lyceum.course.ports import CourseNotFound, DraftConflict, NodeNotFound
from lyceum.course.schemas.internal import (
    Change,
    CheckResult,
    CheckResults,
    Differences,
    DraftView,
    MoveRequest,
    NodeEdit,
    NodeRequest,
    NodeView,
)
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.runtime.http import CurrentPrincipal, IfMatch, problems, set_etag

router = APIRouter(prefix="/api/v1/courses/{course_id}/draft", tags=["course"])

_REFUSALS = (NotAuthenticated, PermissionDenied, CourseNotFound, ValidationFailed)
_OF_NODE = (*_REFUSALS, NodeNotFound)
_VERSIONED = (DraftConflict, VersionConflict, PreconditionRequired)


@router.get("", operation_id="get_draft", responses=problems(*_REFUSALS))
async def get_draft(
    course_id: UUID, principal: CurrentPrincipal, drafting: DraftingService, response: Response
) -> DraftView:
    """The outline that authors work on. Its entity tag is for adding, moving and removing nodes."""
    draft = await drafting.outline(principal, course_id)
    set_etag(response, draft.version)
    return draft


@router.post("/nodes", status_code=201, operation_id="add_node", responses=problems(*_OF_NODE, *_VERSIONED))
async def add_node(
    course_id: UUID,
    request: NodeRequest,
    principal: CurrentPrincipal,
    drafting: DraftingService,
    precondition: IfMatch,
    response: Response,
) -> NodeView:
    """A new section, lesson, page or block; `If-Match` has the outline's version."""
    node = await drafting.add(principal, course_id, request, expected=precondition.version)
    set_etag(response, node.version)
    return node


@router.get("/nodes/{node_id}", operation_id="get_node", responses=problems(*_OF_NODE))
async def get_node(
    course_id: UUID, node_id: UUID, principal: CurrentPrincipal, drafting: DraftingService, response: Response
) -> NodeView:
    """A node with what it holds. Its entity tag is for editing it."""
    node = await drafting.node(principal, course_id, node_id)
    set_etag(response, node.version)
    return node


@router.patch("/nodes/{node_id}", operation_id="edit_node", responses=problems(*_OF_NODE, *_VERSIONED))
async def edit_node(
    course_id: UUID,
    node_id: UUID,
    edit: NodeEdit,
    principal: CurrentPrincipal,
    drafting: DraftingService,
    precondition: IfMatch,
    response: Response,
) -> NodeView:
    """Change a node. Where somebody else was first, the answer (409) has the node as it is now as `current`."""
    node = await drafting.edit(principal, course_id, node_id, edit, expected=precondition.version)
    set_etag(response, node.version)
    return node


@router.delete(
    "/nodes/{node_id}",
    status_code=204,
    operation_id="remove_node",
    responses=problems(*_OF_NODE, *_VERSIONED),
)
async def remove_node(
    course_id: UUID,
    node_id: UUID,
    principal: CurrentPrincipal,
    drafting: DraftingService,
    precondition: IfMatch,
) -> None:
    """Remove a node with all below it; `If-Match` has the outline's version. Published versions keep theirs."""
    await drafting.remove(principal, course_id, node_id, expected=precondition.version)


@router.post("/moves", operation_id="move_node", responses=problems(*_OF_NODE, *_VERSIONED))
async def move_node(
    course_id: UUID,
    request: MoveRequest,
    principal: CurrentPrincipal,
    drafting: DraftingService,
    precondition: IfMatch,
    response: Response,
) -> DraftView:
    """Put a node elsewhere in the outline; `If-Match` has the outline's version."""
    draft = await drafting.move(principal, course_id, request, expected=precondition.version)
    set_etag(response, draft.version)
    return draft


@router.get("/checks", operation_id="check_draft", responses=problems(*_REFUSALS))
async def check_draft(course_id: UUID, principal: CurrentPrincipal, publishing: PublishingService) -> CheckResults:
    """What stands in the way of publishing, and what is odd."""
    findings = await publishing.checks(principal, course_id)
    return CheckResults(findings=[CheckResult.model_validate(finding.model_dump()) for finding in findings])


@router.get("/diff", operation_id="diff_draft", responses=problems(*_REFUSALS))
async def diff_draft(course_id: UUID, principal: CurrentPrincipal, publishing: PublishingService) -> Differences:
    """What publishing would change for learners."""
    changes = await publishing.draft_differences(principal, course_id)
    return Differences(changes=[Change.model_validate(change.model_dump()) for change in changes])
