"""Passwords by argon2id, with argon2-cffi."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lyceum.auth.domain.gateways import PasswordVerdict
from lyceum.kernel.errors import Unavailable

T = TypeVar("T")

TIME_COST = 2
MEMORY_KIB = 19 * 1024
PARALLELISM = 1


class Argon2Hasher:
    """argon2id (RFC 9106) with OWASP's parameters t=2, m=19 MiB, p=1: about 20 ms of a core for each password.

    The work is done in `threads` threads (argon2 lets go of the interpreter lock), so the event loop stays free and
    memory stays within `threads` × 19 MiB; at most `waiting` more requests wait for one. Only tests ask for a cheaper
    hash, where what it costs is not the point: `time_cost` passes over `memory_kib` KiB.
    """

    def __init__(
        self, *, threads: int = 2, waiting: int = 64, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB
    ) -> None:
        self._argon2 = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=PARALLELISM)
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="argon2")
        self._places = threads + waiting
        self._decoy = self._argon2.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """See `gateways.PasswordHasher`."""
        return await self._run(lambda: self._argon2.hash(password))

    async def verify(self, password: str, encoded: str | None) -> PasswordVerdict:
        """See `gateways.PasswordHasher`."""
        matches = await self._run(lambda: self._matches(password, encoded or self._decoy))
        if encoded is None or not matches:
            return PasswordVerdict(matches=False)
        return PasswordVerdict(matches=True, outdated=self._argon2.check_needs_rehash(encoded))

    def close(self) -> None:
        """Let the threads end after what they are doing."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _matches(self, password: str, encoded: str) -> bool:
        try:
            return self._argon2.verify(encoded, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._places == 0:
            raise Unavailable("Too many sign-ins at this moment; try again in a few seconds")
        self._places -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._places += 1
