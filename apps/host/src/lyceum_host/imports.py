"""`lyceum import-course`: an archive from the command line, with its progress and its loss report."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import orjson
import typer

from lyceum.course.ports import CourseImports, ImportFormat, ImportStatus
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging


class ReportForm(StrEnum):
    JSON = "json"


async def begin_file(
    platform: Platform,
    path: Path,
    *,
    format: ImportFormat | None = None,
    publish: bool = False,
    owner: str | None = None,
    import_id: UUID | None = None,
) -> UUID:
    """The id of an import of this archive; `owner` is the e-mail address of the course's author. An import that was
    begun under the `import_id` goes on as it is."""
    archive_key = f"incoming/{new_id()}"
    await platform.storage.objects.put(key=archive_key, content=path)
    try:
        return await platform.port(CourseImports).begin_import(
            actor=await _actor(platform, owner),
            file_name=path.name,
            archive_key=archive_key,
            format=format,
            publish=publish,
            import_id=import_id,
        )
    finally:
        await platform.storage.objects.delete(key=archive_key)


async def wait_for_import(
    platform: Platform, import_id: UUID, progress: Callable[[ImportStatus], None] = lambda status: None
) -> ImportStatus:
    """The import when it has ended. A worker must be running. Raises `ImportNotFound`."""
    while True:
        status = await platform.port(CourseImports).import_status(import_id=import_id)
        progress(status)
        if status.state in ("succeeded", "failed"):
            return status
        await asyncio.sleep(0.1)


async def _actor(platform: Platform, owner: str | None) -> Principal:
    """Whoever starts the command may do what an administrator may; the course belongs to `owner`."""
    everything = frozenset(permission.name for spec in platform.specs for permission in spec.permissions)
    grant = Grant(scope=ScopeKind.PLATFORM, permissions=everything)
    if owner is None:
        return Principal(user_id=new_id(), grants=(grant,))
    person = await platform.port(UserDirectory).find_user_by_email(email=owner)
    if person is None:
        raise typer.BadParameter(f"nobody has the address {owner}")
    return Principal(user_id=person.id, grants=(grant,))


def command(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    format: Annotated[
        str | None, typer.Option(help="olx, common-cartridge or lyceum; left out, the content says.")
    ] = None,
    publish: Annotated[bool, typer.Option(help="Publish the course when it is there.")] = False,
    report: Annotated[ReportForm | None, typer.Option(help="Print the loss report in full.")] = None,
    owner: Annotated[str | None, typer.Option(help="The e-mail address of the course's owner.")] = None,
) -> None:
    """Make a course of an archive, and tell what was lost on the way."""
    settings = PlatformSettings()
    configure_logging(readable=True, level="ERROR")
    if format not in (None, "olx", "common-cartridge", "lyceum"):
        raise typer.BadParameter("use olx, common-cartridge or lyceum", param_hint="--format")

    async def run(url: str) -> None:
        async with (
            Platform(settings=settings, database_url=url, modules=installed_modules()) as platform,
            process.working(platform),
        ):
            try:
                import_id = await begin_file(
                    platform,
                    file,
                    format=format,  # type: ignore[arg-type] # one of the three, as checked above
                    publish=publish,
                    owner=owner,
                )
                status = await wait_for_import(platform, import_id, _Progress())
            except LyceumError as error:
                typer.echo(f"{error.code}: {error.detail}", err=True)
                raise typer.Exit(1) from error
            _tell(status, report)
            await platform.settle()

    with process.database(settings) as url:
        process.migrated(url, installed_modules(), settings)
        process.run(run(url))


class _Progress:
    """Tells each step once, on standard error, so that the report alone is on standard output."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, status: ImportStatus) -> None:
        text = status.state if status.stage is None else f"{status.stage} {status.done}/{status.total}"
        if text != self._last:
            self._last = text
            typer.echo(text, err=True)


def _tell(status: ImportStatus, form: ReportForm | None) -> None:
    if status.state == "failed":
        typer.echo(orjson.dumps(status.problem, option=orjson.OPT_INDENT_2).decode(), err=True)
        raise typer.Exit(1)
    if form is ReportForm.JSON:
        document = {"course_id": str(status.course_id), **(status.report or {})}
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        return
    typer.echo(f"course {status.course_id}")
    for kind, counts in (status.report or {}).get("counts", {}).items():
        lost = ", ".join(f"{counts[fate]} {fate}" for fate in ("changed", "dropped") if counts[fate])
        typer.echo(f"  {kind}: {counts['total']}" + (f" ({lost})" if lost else ""))
    typer.echo("  everything in detail: --report json")
