"""Starts commands of the platform quickly: all code is loaded once, and each start is a fork of this process.

Reads one order a line, answers with a process id a line. Ends with its standard input, and its children with it.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any, NoReturn

import uvicorn.lifespan.on
import uvicorn.protocols.http.httptools_impl  # noqa: F401 - what a server loads only when it starts

from lyceum.runtime.composition import installed_modules
from lyceum_host.cli import main


def work() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how the children ended; the system buries them
    for number in (signal.SIGTERM, signal.SIGINT):  # for the tests; the children have to end first
        signal.signal(number, signal.SIG_IGN)
    installed_modules()
    children = []
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            become(order)
        children.append(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def become(order: dict[str, Any]) -> NoReturn:
    """Turn into the command, in a group of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(order["environment"])
    code: object = 1
    try:
        main(order["arguments"])
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    work()
