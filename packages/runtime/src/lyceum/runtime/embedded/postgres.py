"""A PostgreSQL server that comes with Lyceum, for machines that have none, and for tests.

    with EmbeddedPostgres(Path(".lyceum")) as server:
        connect(server.url)

**Sharing.** Every process that starts an `EmbeddedPostgres` on the same data folder uses the same server: the first one
starts it, the others attach, and it stops when the last one has left. Whoever dies without a word, `kill -9` included,
has left as well (see `lifetime`). First starts at the same moment wait for each other.

**Accounts.** As root, the server runs under an account without privileges, from a place that this account can reach
(see `account`, `binaries`, `placement`). As anybody else, everything stays in the data folder.

**Access.** TCP on the loopback interface, a random password in a file of mode 0600. The port is a free one of the first
start; later starts use it again where they can, so that clients find the server that was killed under them.

Linux and macOS: it stands on `flock`.
"""

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from lyceum.runtime.embedded import lifetime
from lyceum.runtime.embedded.account import ENVIRONMENT, Account, account_for_new_data, account_of
from lyceum.runtime.embedded.binaries import binaries_for
from lyceum.runtime.embedded.cluster import DATABASE, USER, make_cluster, read_password, read_status, server_command
from lyceum.runtime.embedded.errors import EmbeddedPostgresError, tail
from lyceum.runtime.embedded.placement import THROWAWAY, existing_cluster, remove_cluster
from lyceum.runtime.embedded.program import free_port, is_free

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError"]

HOME = "postgres"
_PORT = "port"
_START_PATIENCE = 300.0  # seconds; recovery after a crash may have much to replay
_STOP_PATIENCE = 90.0  # seconds; more than the supervisor needs for its hardest means
_PAUSE = 0.01  # seconds between looks at a server that is coming or going
_PORTS_TO_TRY = 5
_PORT_TAKEN = "could not create any TCP/IP sockets"


class EmbeddedPostgres:
    """A server on the data in `<data_dir>/postgres`.

    `durable=False` is for tests: faster, and the data may not survive a crash of the machine. It is settled when the
    data is made; opening the data the other way is refused.

    All methods block, use no signal handlers and may be called from any thread; from asyncio, call them through
    `asyncio.to_thread`.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self._home = data_dir.resolve() / HOME
        self._durable = durable
        self._user: lifetime.User | None = None
        self._url: str | None = None

    @property
    def url(self) -> str:
        """`postgresql://user:password@127.0.0.1:port/lyceum`, while started."""
        if self._url is None:
            raise EmbeddedPostgresError("The embedded PostgreSQL has not been started.")
        return self._url

    @property
    def log(self) -> Path:
        """The server's log. It is emptied when it grows beyond a few megabytes."""
        return self._home / lifetime.LOG

    @property
    def pid(self) -> int | None:
        """The server's process id, null while none runs."""
        return lifetime.server_pid(self._home)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str:
        """Start the server, or attach to the one that runs on this data. Returns the URL.

        Raises `EmbeddedPostgresError` when it cannot run here, with the reason.
        """
        if self._user is not None:
            return self.url
        try:
            return self._start()
        except OSError as error:
            raise EmbeddedPostgresError(f"The embedded PostgreSQL cannot use {self._home}: {error}") from error

    def stop(self) -> None:
        """Leave the server. The last one to leave stops it, and returns when it has ended. More calls do nothing."""
        if self._user is None:
            return
        user, self._user, self._url = self._user, None, None
        try:
            with lifetime.locked(self._home / lifetime.START_LOCK):
                lifetime.leave(user)
                if lifetime.has_users(self._home):
                    return
        except FileNotFoundError:  # somebody deleted the data folder; the supervisor sees it in the same way
            lifetime.leave(user)
        self._wait_for_end()

    def delete(self) -> None:
        """Stop the server and delete its data. Raises `EmbeddedPostgresError` while another process uses it."""
        self.stop()
        if not self._home.exists():
            return
        self._refuse_while_used()
        if lifetime.is_held(self._home / lifetime.SERVER_LOCK):  # an orphan ends only with somebody who leaves it
            self.start()
            self.stop()
        with lifetime.locked(self._home / lifetime.START_LOCK):
            self._refuse_while_used()
            remove_cluster(self._home)
            (self._home / THROWAWAY).unlink(missing_ok=True)

    def _refuse_while_used(self) -> None:
        if lifetime.has_users(self._home):
            raise EmbeddedPostgresError(f"The data in {self._home} is in use by another process.")

    def _start(self) -> str:
        if not self._home.exists():
            # Root's server account passes through this folder to its own one below, and sees nothing else in it.
            self._home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        with lifetime.locked(self._home / lifetime.START_LOCK) as lock:
            cluster = existing_cluster(self._home)
            account = account_of(cluster) if cluster else account_for_new_data()
            programs = binaries_for(account)
            if cluster is None:
                self._mark_new_data()
                cluster = make_cluster(self._home, programs, account, lock, durable=self._durable)
            elif (self._home / THROWAWAY).exists() is self._durable:
                kind = "not durable" if self._durable else "durable"
                raise EmbeddedPostgresError(
                    f"The data in {self._home} was made {kind}, and cannot be opened otherwise."
                )
            password = read_password(self._home)
            user = lifetime.join(self._home)
            try:
                port = self._bring_up(programs, cluster, account)
            except BaseException:
                lifetime.leave(user)
                raise
        self._user = user
        self._url = f"postgresql://{USER}:{quote(password)}@127.0.0.1:{port}/{DATABASE}"
        return self._url

    def _mark_new_data(self) -> None:
        if self._durable:
            (self._home / THROWAWAY).unlink(missing_ok=True)
        else:
            (self._home / THROWAWAY).touch()

    def _bring_up(self, programs: Path, cluster: Path, account: Account | None) -> int:
        """Wait for a server that answers, starting or adopting it where needed. Returns its port."""
        deadline = time.monotonic() + _START_PATIENCE
        attempts = 0
        while time.monotonic() < deadline:
            supervised = lifetime.is_held(self._home / lifetime.SUPERVISOR_LOCK)
            if lifetime.is_held(self._home / lifetime.SERVER_LOCK):
                status = read_status(cluster)
                if status is not None and not supervised:
                    self._supervise([], account, adopt=status.pid)
                elif status is not None and status.ready:
                    return status.port
            elif not supervised:
                if attempts and (attempts == _PORTS_TO_TRY or _PORT_TAKEN not in tail(self.log)):
                    break
                # No process of this server is left, so whatever process now has the id in this file is a stranger.
                (cluster / "postmaster.pid").unlink(missing_ok=True)
                command = server_command(programs, cluster, self._port(first=not attempts), durable=self._durable)
                attempts += 1
                self._supervise(command, account, adopt=None)
            time.sleep(_PAUSE)
        raise EmbeddedPostgresError(f"The embedded PostgreSQL did not start. {self.log} ends with:\n{tail(self.log)}")

    def _port(self, *, first: bool) -> int:
        """The port to try: at the first attempt that of the last start, where nobody else has it."""
        remembered = self._home / _PORT
        if first and remembered.exists() and (text := remembered.read_text()).isdigit() and is_free(int(text)):
            return int(text)
        port = free_port()
        remembered.write_text(str(port))
        return port

    def _supervise(self, command: list[str], account: Account | None, *, adopt: int | None) -> None:
        uid, gid = (account.uid, account.gid) if account else (None, None)
        try:
            lifetime.supervise(lifetime.Assignment(str(self._home), command, ENVIRONMENT, uid, gid, adopt))
        except subprocess.CalledProcessError as error:
            raise EmbeddedPostgresError(f"The server's supervisor did not start:\n{error.stdout.decode()}") from error

    def _wait_for_end(self) -> None:
        deadline = time.monotonic() + _STOP_PATIENCE
        while lifetime.is_held(self._home / lifetime.SUPERVISOR_LOCK):
            if lifetime.has_users(self._home):  # somebody came in the meantime, and keeps it
                return
            if time.monotonic() > deadline:
                raise EmbeddedPostgresError(
                    f"The embedded PostgreSQL did not stop. {self.log} ends with:\n{tail(self.log)}"
                )
            time.sleep(_PAUSE)
