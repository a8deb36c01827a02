"""The bodies of the platform's own requests and answers."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lyceum.kernel.pagination import Page
from lyceum.runtime.events.letters import DeadLetter, OutboxEvent
from lyceum.runtime.http.moments import Moment

MOST_IDS = 500


ModuleName = Annotated[str, Field(max_length=50, pattern=r"^[a-z][a-z0-9_]*$", examples=["course"])]
EventType = Annotated[
    str, Field(max_length=200, pattern=r"^[a-z][a-z0-9._-]*$", examples=["lyceum.course.course.published.v1"])
]


class ModuleBacklog(BaseModel):
    """How a module is behind. `waiting` events are not handed on yet, the first of them for `oldest_seconds`; `dead`
    ones it could not handle. All are null where the module does not run `here`: its own process knows them."""

    model_config = ConfigDict(frozen=True)

    module: str
    here: bool
    waiting: int | None = None
    oldest_seconds: float | None = None
    dead: int | None = None


class EventsOverview(BaseModel):
    """All modules, by name."""

    model_config = ConfigDict(frozen=True)

    modules: tuple[ModuleBacklog, ...]


class OutboxPage(Page[OutboxEvent]):
    """`elsewhere` are modules that were asked for and whose events are not here, as they run in another process."""

    elsewhere: tuple[str, ...] = ()


class DeadLetterPage(Page[DeadLetter]):
    """`elsewhere` are modules that were asked for and whose dead letters are not here, as they run in another
    process."""

    elsewhere: tuple[str, ...] = ()


class ReplayRequest(BaseModel):
    """Which dead letters: everything given has to fit. `since` and `until` are about when they died.

    A dry run, which it is when nothing else is said, only counts.
    """

    model_config = ConfigDict(extra="forbid")

    module: ModuleName | None = None
    type: EventType | None = None
    since: Moment | None = None
    until: Moment | None = None
    ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_IDS)] | None = None
    dry_run: bool = True


class ModuleReplay(BaseModel):
    """What became of the dead letters of one module: of those that `matched`, `handled` had their effect now, `dead`
    failed again, and `left` were not tried; `stopped` says why, where it was no dry run."""

    model_config = ConfigDict(frozen=True)

    module: str
    matched: int
    handled: int
    dead: int
    left: int
    stopped: str | None = None


class ReplayReport(BaseModel):
    """What a replay did, or would do. `elsewhere` are modules that were asked for and run in another process: their
    dead letters are as they were."""

    model_config = ConfigDict(frozen=True)

    dry_run: bool
    matched: int
    modules: tuple[ModuleReplay, ...]
    elsewhere: tuple[str, ...] = ()
