"""Outbox, dead letters, jobs and pools of the modules, read when somebody asks and not for every request.

While a module's database does not answer, its numbers are NaN: the last ones known would be wrong and look right.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from math import nan
from time import monotonic

import structlog
from sqlalchemy import text
from sqlalchemy.pool import QueuePool

from lyceum.runtime.database import Database
from lyceum.runtime.events.backlog import read_backlog
from lyceum.runtime.monitoring import metrics

log = structlog.get_logger(__name__)

EVENTS_EVERY_SECONDS = 5.0
JOBS_EVERY_SECONDS = 30.0
_PATIENCE_SECONDS = 2.0
_STATES = ("waiting", "scheduled", "running", "failed")

_JOBS = text("""
SELECT task_name, CASE CAST(status AS text)
           WHEN 'doing' THEN 'running' WHEN 'failed' THEN 'failed'
           ELSE CASE WHEN scheduled_at > now() THEN 'scheduled' ELSE 'waiting' END
       END AS state, count(*)
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
""")


class ModuleState:
    """What there is to know about one module. `jobs` gives the names of its jobs; it is asked when it is needed."""

    def __init__(self, database: Database, jobs: Callable[[], Iterable[str]]) -> None:
        self._database = database
        self._module = database.module
        self._job_names = jobs
        self._jobs: set[str] | None = None
        self._jobs_read_at = float("-inf")

    def read_pool(self) -> None:
        """How busy the pool is: before our own question makes it busier."""
        pool = self._database.engine.pool
        if isinstance(pool, QueuePool):
            metrics.POOL_SIZE.labels(self._module).set(pool.size())
            metrics.POOL_IN_USE.labels(self._module).set(pool.checkedout())

    async def read(self) -> None:
        """Ask the database. Never raises."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS), self._database.reading() as connection:
                backlog = await read_backlog(connection)
                self._set_events(backlog.waiting, backlog.oldest_seconds or 0.0, backlog.dead)
                if self._jobs is None:
                    self._jobs = set(self._job_names())
                if self._jobs and monotonic() - self._jobs_read_at > JOBS_EVERY_SECONDS:
                    self._jobs_read_at = monotonic()
                    self._set_jobs([(row[0], row[1], row[2]) for row in await connection.execute(_JOBS)])
        except Exception as error:  # an engine that is away must not keep the other numbers from being read
            log.warning("state of a module not read", module=self._module, error=repr(error))
            metrics.UNREAD.labels(self._module).inc()
            self._set_events(nan, nan, nan)
            self._jobs_read_at = float("-inf")
            for job in self._jobs or ():
                for state in _STATES:
                    metrics.JOBS.labels(self._module, job, state).set(nan)

    def _set_events(self, pending: float, oldest: float, dead: float) -> None:
        metrics.OUTBOX_PENDING.labels(self._module).set(pending)
        metrics.OUTBOX_AGE.labels(self._module).set(oldest)
        metrics.DEAD_LETTERS.labels(self._module).set(dead)

    def _set_jobs(self, rows: Sequence[tuple[str, str, int]]) -> None:
        found = {(job, state): count for job, state, count in rows}
        self._jobs = (self._jobs or set()) | {job for job, _ in found}
        for job in self._jobs:
            for state in _STATES:
                metrics.JOBS.labels(self._module, job, state).set(found.get((job, state), 0))


class PlatformState:
    """The modules of a process, read at most every few seconds, however many ask."""

    def __init__(self, modules: Iterable[ModuleState]) -> None:
        self._modules = tuple(modules)
        self._turn = asyncio.Lock()
        self._read_at = float("-inf")

    async def refresh(self) -> None:
        """Bring the numbers up to date. Never raises."""
        async with self._turn:
            for module in self._modules:
                module.read_pool()
            if monotonic() - self._read_at > EVENTS_EVERY_SECONDS:
                await asyncio.gather(*(module.read() for module in self._modules))
                self._read_at = monotonic()
