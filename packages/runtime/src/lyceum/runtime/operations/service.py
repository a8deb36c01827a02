"""Looking at the events of all modules, and replaying dead ones: the same for HTTP and for the command line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import merge
from itertools import islice
from time import monotonic
from typing import Protocol
from uuid import UUID

from lyceum.kernel.errors import NotFound
from lyceum.kernel.pagination import PageRequest, decode_cursor, encode_cursor
from lyceum.kernel.principal import Principal
from lyceum.runtime.events.dead_letters import EventDesk
from lyceum.runtime.events.letters import Choice, DeadLetter, DeadLetterDetail, ReplayResult
from lyceum.runtime.operations.permissions import READ_EVENTS, REPLAY_EVENTS
from lyceum.runtime.operations.views import (
    DeadLetterPage,
    EventsOverview,
    ModuleBacklog,
    ModuleReplay,
    OutboxPage,
    ReplayReport,
    ReplayRequest,
)

PATIENCE_SECONDS = 20.0
"""How long a request goes on with a replay; proxies wait for half a minute or more."""

_LARGEST_POSITION = 2**63 - 1


class ModuleNotFound(NotFound):
    code = "platform.module-not-found"
    title = "There is no such module"


class DeadLetterNotFound(NotFound):
    """There is none with this id, or the module runs in another process."""

    code = "platform.dead-letter-not-found"
    title = "There is no such dead letter here"


class AuditTrail(Protocol):
    """As much as is needed here of the port of auth by which modules write to the audit log."""

    async def record(
        self, *, actor: UUID | None, action: str, target: str, details: dict[str, str | int | bool | list[str] | None]
    ) -> None: ...


class EventOperations:
    """`modules` are all that are installed; those without a desk run in another process."""

    def __init__(
        self,
        *,
        modules: Iterable[str],
        desks: Mapping[str, EventDesk],
        audit: AuditTrail,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._modules = tuple(sorted(modules))
        self._desks = desks
        self._audit = audit
        self._patience = patience

    async def overview(self, principal: Principal) -> EventsOverview:
        """How far each module is behind. Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require(READ_EVENTS)
        shown = []
        for name in self._modules:
            desk = self._desks.get(name)
            backlog = {} if desk is None else (await desk.backlog()).model_dump()
            shown.append(ModuleBacklog(module=name, here=desk is not None, **backlog))
        return EventsOverview(modules=tuple(shown))

    async def outbox(
        self,
        principal: Principal,
        module: str,
        *,
        event_type: str | None,
        since: datetime | None,
        until: datetime | None,
        waiting: bool,
        page: PageRequest,
    ) -> OutboxPage:
        """What a module recorded, the latest first. Raises `NotAuthenticated`, `PermissionDenied`, `ModuleNotFound`."""
        principal.require(READ_EVENTS)
        [(_, desk)] = self._asked(module)
        if desk is None:
            return OutboxPage(items=[], elsewhere=(module,))
        before = None
        if page.cursor:
            before = min(max(decode_cursor(page.cursor, int)[0], 0), _LARGEST_POSITION)
        found = await desk.outbox_events(
            event_type=event_type, since=since, until=until, waiting=waiting, before=before, limit=page.limit + 1
        )
        items = found[: page.limit]
        return OutboxPage(
            items=items, next_cursor=encode_cursor(items[-1].position) if len(found) > len(items) else None
        )

    async def dead_letters(
        self, principal: Principal, choice: Choice, *, module: str | None, page: PageRequest
    ) -> DeadLetterPage:
        """What modules could not handle, the latest first. Raises `NotAuthenticated`, `PermissionDenied`,
        `ModuleNotFound`."""
        principal.require(READ_EVENTS)
        asked = self._asked(module)
        before = decode_cursor(page.cursor, datetime, UUID) if page.cursor else None
        lists = [
            await desk.dead_letters(choice, before=before, limit=page.limit + 1)
            for _, desk in asked
            if desk is not None
        ]
        found = list(islice(merge(*lists, key=_place, reverse=True), page.limit + 1))
        items = found[: page.limit]
        return DeadLetterPage(
            items=items,
            next_cursor=encode_cursor(*_place(items[-1])) if len(found) > len(items) else None,
            elsewhere=tuple(name for name, desk in asked if desk is None),
        )

    async def dead_letter(self, principal: Principal, module: str, event_id: UUID) -> DeadLetterDetail:
        """One dead letter, with the event. Raises `NotAuthenticated`, `PermissionDenied`, `ModuleNotFound`,
        `DeadLetterNotFound`."""
        principal.require(READ_EVENTS)
        [(_, desk)] = self._asked(module)
        letter = None if desk is None else await desk.dead_letter(event_id)
        if letter is None:
            raise DeadLetterNotFound()
        return letter

    async def replay(self, principal: Principal, request: ReplayRequest) -> ReplayReport:
        """Have dead letters handled again. Raises `NotAuthenticated`, `PermissionDenied`, `ModuleNotFound`."""
        principal.require(REPLAY_EVENTS)
        report, _ = await self.replay_for(principal.require_user(), request, patience=self._patience)
        return report

    async def replay_for(
        self, actor: UUID | None, request: ReplayRequest, *, patience: float
    ) -> tuple[ReplayReport, list[ReplayResult]]:
        """As `replay`, for whoever may: a person, or null for an operator at the machine itself.

        The audit log has it before anything happens, and what came of it afterwards. `patience`: seconds after which
        what is left is left. Raises `ModuleNotFound`.
        """
        choice = Choice(event_type=request.type, since=request.since, until=request.until, ids=_ids(request))
        asked = self._asked(request.module)
        desks = [desk for _, desk in asked if desk is not None]
        target = f"module:{request.module or '*'}"
        if not request.dry_run:
            chosen = request.model_dump(mode="json", include={"type", "since", "until", "ids"})
            await self._audit.record(actor=actor, action="platform.replay.started", target=target, details=chosen)
        deadline = monotonic() + patience
        results = [
            await desk.replay(choice, dry_run=request.dry_run, enough=lambda: monotonic() > deadline) for desk in desks
        ]
        report = ReplayReport(
            dry_run=request.dry_run,
            matched=sum(len(result.matched) for result in results),
            modules=tuple(_counted(result) for result in results),
            elsewhere=tuple(name for name, desk in asked if desk is None),
        )
        if not request.dry_run:
            counts: dict[str, str | int | bool | list[str] | None] = {
                name: sum(getattr(each, name) for each in report.modules) for name in ("handled", "dead", "left")
            }
            await self._audit.record(actor=actor, action="platform.replay.finished", target=target, details=counts)
        return report, results

    def _asked(self, module: str | None) -> list[tuple[str, EventDesk | None]]:
        if module is not None and module not in self._modules:
            raise ModuleNotFound()
        return [(name, self._desks.get(name)) for name in self._modules if module in (None, name)]


def _ids(request: ReplayRequest) -> tuple[UUID, ...] | None:
    return None if request.ids is None else tuple(request.ids)


def _place(letter: DeadLetter) -> tuple[datetime, UUID]:
    """Where it stands in the list of all modules. One event can die in two of them, hardly in one microsecond."""
    return letter.died_at, letter.event_id


def _counted(result: ReplayResult) -> ModuleReplay:
    handled, dead = len(result.replayed), len(result.dead)
    return ModuleReplay(
        module=result.module,
        matched=len(result.matched),
        handled=handled,
        dead=dead,
        left=len(result.matched) - handled - dead,
        stopped=result.stopped,
    )
