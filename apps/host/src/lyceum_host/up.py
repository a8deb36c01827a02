"""`lyceum up`: everything in one process, on a machine where nothing is prepared."""

import asyncio
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum_host.app import create_app
from lyceum_host.check import Walk
from lyceum_host.front_ends import front_ends
from lyceum_host.samples import PEOPLE, load_samples


def command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    check: Annotated[
        bool, typer.Option(help="Do it on a free port with throw-away data, walk through every module, and end.")
    ] = False,
) -> None:
    """Start the whole platform: database, API, worker, with sample courses and people."""
    if check:
        with tempfile.TemporaryDirectory(prefix="lyceum-check-") as folder:
            _start(Path(folder), "127.0.0.1", _free_port(), check=True)
    else:
        _start(PlatformSettings().data_dir, host, port, check=False)


def _start(data_dir: Path, host: str, port: int, *, check: bool) -> None:
    began = time.monotonic()
    address = f"http://{host}:{port}"
    settings = PlatformSettings(data_dir=data_dir, development=True, public_url=address)
    specs = installed_modules()
    _say("starting the database" if settings.database_url is None else "using the database that is set")
    with (
        process.observed(settings, "lyceum-host", level="WARNING" if check else "INFO"),
        process.database(settings) as url,
        process.redis(settings) as redis_url,
    ):
        _say("migrating")
        process.migrated(url, specs, settings)
        failed = False

        async def run() -> None:
            nonlocal failed
            async with (
                Platform(settings=settings, database_url=url, redis_url=redis_url, modules=specs) as platform,
                process.working(platform),
            ):
                await load_samples(platform, say=_say)
                started = asyncio.Event()
                server = asyncio.create_task(
                    process.serve(create_app(platform).asgi, host=host, port=port, started=started)
                )
                await _either(server, started)
                _say(f"serving after {time.monotonic() - began:.1f} s")
                if check:
                    failed = not await Walk(address, platform).go()
                    server.cancel()
                    await asyncio.gather(server, return_exceptions=True)
                else:
                    _greet(address)
                    await server

        process.run(run())
    if failed:
        raise typer.Exit(1)


async def _either(server: asyncio.Task[None], started: asyncio.Event) -> None:
    """Wait until the server accepts requests; raise what kept it from doing so."""
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait((server, waiting), return_when=asyncio.FIRST_COMPLETED)
    if not started.is_set():
        waiting.cancel()
        server.result()
        raise typer.Exit(1)


def _greet(address: str) -> None:
    _say("")
    built = front_ends()
    for name in ("Web App", "Admin Portal"):
        where = address + built[name].prefix if name in built else "not built: tooling/run builds it where Node.js is"
        _say(f"  {name:<16}{where}")
    _say(f"  API and docs    {address}/api/docs")
    _say("")
    for person in PEOPLE:
        _say(f"  {person.email:<28} {person.password:<28} {', '.join(person.roles) or 'learner'}")
    _say("")
    _say("  Ctrl-C stops everything.")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
