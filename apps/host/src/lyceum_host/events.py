"""`lyceum events`: outboxes, dead letters, replay."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from math import inf
from typing import Annotated

import typer
from pydantic import ValidationError

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.events.dead_letters import EventDesk
from lyceum.runtime.events.letters import Choice
from lyceum.runtime.operations.views import ReplayRequest
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging
from lyceum_host.operations import event_operations

commands = typer.Typer(no_args_is_help=True)

Module = Annotated[str | None, typer.Option(help="Only this module.")]
EventType = Annotated[str | None, typer.Option("--type", help="Only events of this wire type.")]


@commands.command("list")
def list_outboxes(module: Module = None) -> None:
    """How many events each module has handed on, and how many wait."""

    async def show(desk: EventDesk) -> None:
        state = await desk.outbox()
        age = "" if state.oldest_seconds is None else f", the oldest for {state.oldest_seconds:.0f} s"
        typer.echo(f"{state.module}: {state.published} handed on, {state.pending} waiting{age}")

    _at_each_desk(module, show)


@commands.command()
def dead(module: Module = None, event_type: EventType = None, limit: int = 100) -> None:
    """The events that modules could not handle, with the cause; the latest first."""

    async def show(desk: EventDesk) -> None:
        for letter in await desk.dead_letters(Choice(event_type=event_type), limit=limit):
            typer.echo(
                f"{letter.died_at:%Y-%m-%d %H:%M:%S} {letter.module} {letter.event_id} {letter.type} "
                f"{letter.subject} after {letter.attempts} attempts: {letter.cause}"
            )

    _at_each_desk(module, show)


@commands.command()
def replay(
    module: Module = None,
    event_type: EventType = None,
    since: Annotated[datetime | None, typer.Option(help="Only those that died since then (UTC).")] = None,
    until: Annotated[datetime | None, typer.Option(help="Only those that died before then (UTC).")] = None,
    dry_run: Annotated[bool, typer.Option(help="Only say which ones it would be.")] = False,
) -> None:
    """Handle dead events again; none has its effect twice. The audit log has it, as done by the platform."""
    try:
        request = ReplayRequest(module=module, type=event_type, since=_utc(since), until=_utc(until), dry_run=dry_run)
    except ValidationError as error:
        raise typer.BadParameter(str(error)) from error

    async def again(platform: Platform) -> None:
        _, results = await event_operations(platform).replay_for(None, request, patience=inf)
        for result in results:
            if dry_run:
                for event_id in result.matched:
                    typer.echo(f"{result.module}: {event_id}")
                typer.echo(f"{result.module}: {len(result.matched)} would be handled again")
            else:
                typer.echo(f"{result.module}: {len(result.replayed)} handled, {len(result.dead)} died again")
            if result.stopped is not None:
                typer.echo(f"{result.module}: stopped, with the rest as it was. {result.stopped}", err=True)

    _with_platform(module, again)


def _utc(moment: datetime | None) -> datetime | None:
    """A moment as it was typed, without a time zone: the help says that it is UTC."""
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC)


def _at_each_desk(only: str | None, visit: Callable[[EventDesk], Awaitable[None]]) -> None:
    async def go_round(platform: Platform) -> None:
        for name, running in platform.modules.items():
            if only in (None, name):
                await visit(running.desk)

    _with_platform(only, go_round)


def _with_platform(only: str | None, work: Callable[[Platform], Awaitable[None]]) -> None:
    settings = PlatformSettings()
    configure_logging(readable=True, level="ERROR")

    async def run(url: str) -> None:
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            if only is not None and only not in platform.modules:
                raise typer.BadParameter(f"{only} does not run here; {', '.join(platform.modules)} do")
            await work(platform)

    with process.database(settings) as url:
        process.run(run(url))
