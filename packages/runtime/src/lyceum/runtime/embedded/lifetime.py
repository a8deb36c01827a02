"""How long the server lives: as long as a process uses it.

Every process that uses the server holds a lock on a file of its own below `users/`. A supervisor, one small process
beside the server and in a session of its own, waits for these locks; when the last one is released, it stops the
server. The kernel releases the locks of a process that ends in any way, `kill -9` included, so nothing has to be
guessed from process ids, which containers reuse. Ctrl-C in a terminal reaches neither the supervisor nor the server.

The files below the server's home:

- `start.lock`: held while somebody starts, joins, leaves or stops the server. Makes these steps happen one by one.
- `server.lock`: inherited by every PostgreSQL process, so it is held exactly as long as one of them lives.
- `server.pid`: the server's process id, for those who look after it. It says nothing while `server.lock` is free.
- `supervisor.lock`: held by the supervisor. With `server.lock` held and this one free, the server is an orphan, and the
  next start gives it a new supervisor.

This file runs as a script, too (the supervisor), without site-packages: it imports the standard library only.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn

START_LOCK = "start.lock"
SERVER_LOCK = "server.lock"
SUPERVISOR_LOCK = "supervisor.lock"
USERS = "users"
PID = "server.pid"
LOG = "server.log"

_LOG_LIMIT = 8 * 1024 * 1024  # bytes
_TICK = 5.0  # seconds between looks at the log's size and the server's health
_PAUSE = 0.01  # seconds between looks at a server that is about to end
# Fast shutdown first; immediate shutdown and kill only for a server that does not answer. Seconds of patience for each.
_STOPPING = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))


def take(path: Path) -> int:
    """Wait for the exclusive lock on a file, made if need be. Returns its descriptor; closing it releases the lock."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def release(descriptor: int) -> None:
    """Release the lock even where a fork of this process still has the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold the lock on a file. Gives its descriptor, which a child that must not outlive the lock can inherit."""
    descriptor = take(path)
    try:
        yield descriptor
    finally:
        release(descriptor)


def is_held(path: Path) -> bool:
    """Whether a process holds the exclusive lock on the file."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        return _is_held(descriptor)
    finally:
        os.close(descriptor)


def server_pid(home: Path) -> int | None:
    """The process id of the server, null while there is none."""
    if not is_held(home / SERVER_LOCK):
        return None
    try:
        return int((home / PID).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _is_held(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return False


class User(NamedTuple):
    """This process's claim on the server."""

    descriptor: int
    slot: Path


def join(home: Path) -> User:
    """Claim the server for this process, and clear up what dead ones left. The caller holds `start.lock`."""
    users = home / USERS
    users.mkdir(mode=0o755, exist_ok=True)
    for slot in _slots(home):
        if not is_held(slot):
            slot.unlink(missing_ok=True)
    slot = users / f"{os.getpid()}-{time.monotonic_ns()}"
    descriptor = take(slot)
    os.fchmod(descriptor, 0o644)  # empty, and a supervisor under another account has to wait for it
    return User(descriptor, slot)


def leave(user: User) -> None:
    """Give up the claim."""
    user.slot.unlink(missing_ok=True)
    release(user.descriptor)


def has_users(home: Path) -> bool:
    """Whether any process uses the server. The answer holds on only while the caller holds `start.lock`."""
    return any(is_held(slot) for slot in _slots(home))


def _slots(home: Path) -> list[Path]:
    try:
        return sorted((home / USERS).iterdir())
    except FileNotFoundError:  # the data folder was deleted: nobody can use it any more
        return []


class Assignment(NamedTuple):
    """What a supervisor is told to do: start `command` as the given account, or adopt a server that runs already."""

    home: str
    command: list[str]
    environment: dict[str, str]
    uid: int | None
    gid: int | None
    adopt: int | None  # process id of the running server


def supervise(assignment: Assignment) -> None:
    """Start a supervisor. Returns when it is on duty; the caller holds `start.lock`."""
    # -I and -S: no site-packages, no variables of the user. It starts in a few hundredths of a second and stays small.
    subprocess.run(  # noqa: S603  our own interpreter with our own file
        [sys.executable, "-I", "-S", __file__, json.dumps(assignment)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
    )


class _ServerGoneError(Exception):
    """The server ended, or somebody asked the supervisor to end it."""


def main(argument: str) -> NoReturn:
    """The supervisor: starts or adopts the server, waits until nobody uses it, stops it."""
    assignment = Assignment(*json.loads(argument))
    home = Path(assignment.home)
    duty = take(home / SUPERVISOR_LOCK)
    watched = os.open(home / SERVER_LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    lifeline = take(home / SERVER_LOCK) if assignment.adopt is None else None
    log = os.open(home / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    if os.fork():
        os._exit(0)  # the starter waits for this; the locks stay with the child
    os.setsid()
    signal.pthread_sigmask(signal.SIG_SETMASK, [])  # whatever the thread that started us had blocked
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _pass_over)
    server: subprocess.Popen[bytes] | None = None
    if lifeline is not None:
        _shorten(log)
        server = subprocess.Popen(  # noqa: S603  the command that `supervise` was given
            assignment.command,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=assignment.environment,
            pass_fds=[lifeline],
            user=assignment.uid,
            group=assignment.gid,
            extra_groups=[] if assignment.uid is not None else None,
        )
        (home / PID).write_text(str(server.pid))
        os.close(lifeline)  # from here on only PostgreSQL's own processes hold it
    pid = server.pid if server else assignment.adopt
    try:
        _watch(server, watched, log)
        _wait_until_unused(home)
    except _ServerGoneError:
        pass
    _look_away()
    if pid is not None:
        _stop(pid, watched)
    if server is not None:
        server.wait()
    os.close(duty)
    os._exit(0)


def _watch(server: subprocess.Popen[bytes] | None, watched: int, log: int) -> None:
    """Have `_ServerGoneError` raised, once, wherever the supervisor waits, when there is no reason to wait on."""

    def give_up(number: int, frame: FrameType | None) -> None:
        _look_away()
        raise _ServerGoneError

    def tick(number: int, frame: FrameType | None) -> None:
        _shorten(log)
        if not _is_held(watched):
            give_up(number, frame)

    signal.signal(signal.SIGTERM, give_up)
    signal.signal(signal.SIGALRM, tick)
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    if server is not None:
        signal.signal(signal.SIGCHLD, give_up)
        if server.poll() is not None:  # it ended before the handler was there
            give_up(signal.SIGCHLD, None)


def _pass_over(number: int, frame: FrameType | None) -> None:
    """Not SIG_IGN: the server would inherit that, and some servers keep ignoring what they were told to ignore."""


def _look_away() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _shorten(log: int) -> None:
    """Empty a log that has grown too long. Its writers append, so they go on at the new end."""
    if os.fstat(log).st_size > _LOG_LIMIT:
        os.ftruncate(log, 0)


def _wait_until_unused(home: Path) -> None:
    """Returns, with `start.lock` held until the process ends, when nobody uses the server."""
    while True:
        for slot in _slots(home):
            with suppress(FileNotFoundError):
                descriptor = os.open(slot, os.O_RDONLY)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_SH)  # granted when its user is gone
                finally:
                    os.close(descriptor)
        try:
            start = take(home / START_LOCK)
        except FileNotFoundError:
            return
        if not has_users(home):
            return
        release(start)


def _stop(pid: int, watched: int) -> None:
    for number, patience in _STOPPING:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not _is_held(watched):
                return
            with suppress(ProcessLookupError):
                os.kill(pid, number)  # again and again: a server that is only starting misses the first ones
            _wait(0.5, watched)


def _wait(seconds: float, watched: int) -> None:
    deadline = time.monotonic() + seconds
    while _is_held(watched) and time.monotonic() < deadline:
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main(sys.argv[1])
