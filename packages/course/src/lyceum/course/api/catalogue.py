"""The public side: what courses there are."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from lyceum.course.api.dependencies import PublicQueries
from lyceum.course.domain.tags import CATALOGUE_TAG
from lyceum.course.ports import CourseNotFound
from lyceum.course.schemas.internal import CatalogueEntry, CoursePage
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import PageParams, cache_publicly, problems

router = APIRouter(prefix="/api/v1/catalogue", tags=["course"])

CACHE_SECONDS = 30
NO_NUL = r"^[^\x00]*$"
SLUG = r"^[a-z0-9-]*$"


@router.get(
    "",
    operation_id="list_catalogue",
    response_model=Page[CatalogueEntry],
    responses=problems(ValidationFailed),
)
async def list_catalogue(
    request: Request,
    queries: PublicQueries,
    page: PageParams,
    q: Annotated[str | None, Query(max_length=100, pattern=NO_NUL, description="Part of a title or summary.")] = None,
    language: Annotated[
        str | None, Query(max_length=12, pattern=NO_NUL, description="Only courses in this language.")
    ] = None,
    organisation: Annotated[UUID | None, Query(description="Only courses of this organisation.")] = None,
) -> Response:
    """Published courses, newest first."""
    body = await queries.catalogue(page=page, text=q, language=language, organisation=organisation)
    cache_publicly(request, max_age=CACHE_SECONDS, tags=[CATALOGUE_TAG])
    return Response(body, media_type="application/json")


@router.get("/{slug}", operation_id="get_catalogue_course", responses=problems(CourseNotFound, ValidationFailed))
async def get_catalogue_course(
    slug: Annotated[str, Path(max_length=100, pattern=SLUG)], queries: PublicQueries
) -> CoursePage:
    """A published course by its short name, also one that is not listed."""
    found = await queries.catalogue_course(slug)
    if found is None:
        raise CourseNotFound()
    return CoursePage.model_validate(found)
