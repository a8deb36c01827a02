"""Working on the jobs of modules."""

import asyncio
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import structlog
from procrastinate import App
from procrastinate.worker import Worker

from lyceum.runtime.jobs import metrics
from lyceum.runtime.jobs.reports import recover_stalled
from lyceum.runtime.jobs.runner import module_app
from lyceum.runtime.jobs.schema import newest_migration
from lyceum.runtime.jobs.settings import JobSettings
from lyceum.runtime.jobs.spec import JobSpec

log = structlog.get_logger(__name__)

_CLEANING_INTERVAL = 3600.0
_LONGEST_PAUSE = 30.0

_VERSION = "SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class') AS version"


class JobTablesOutdated(Exception):
    """The job tables of a module are older than the queue library: its migrations have to run."""


class JobWorker:
    """Runs the jobs of some modules in the present event loop: `async with JobWorker(...):`.

    Each module with jobs gets `settings.concurrency` places, up to `settings.connections` database connections and one
    that listens. Leaving waits `settings.shutdown_grace` seconds for running jobs and gives the rest back to the queue.
    While the database is away, it keeps trying. `jobs` maps the name of each module, which is also its schema's, to its
    jobs.
    """

    def __init__(
        self, url: str, jobs: Mapping[str, Sequence[JobSpec]], settings: JobSettings, *, roles: bool = True
    ) -> None:
        self._settings = settings
        self._apps = {
            module: module_app(url, module, specs, settings, roles=roles) for module, specs in jobs.items() if specs
        }
        self._supervisors: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self._supervisors = [
            asyncio.create_task(self._supervise(module, app), name=f"jobs of {module}")
            for module, app in self._apps.items()
        ]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        for supervisor in self._supervisors:
            supervisor.cancel()
        await asyncio.gather(*self._supervisors, return_exceptions=True)
        self._supervisors = []

    async def drain(self) -> None:
        """Run the jobs that are due, and those that they enqueue, until none is left. For commands and tests."""
        for module, app in self._apps.items():
            async with app.open_async():
                await self._check_tables(module, app)
                await self._worker(module, app, wait=False).run()  # type: ignore[no-untyped-call]  # lacks its "-> None"

    async def _supervise(self, module: str, app: App) -> None:
        pause = 1.0
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await self._work(module, app)
                log.warning("job worker stopped by itself, starting it again", module=module)
            except Exception as failure:  # whatever it was: without a worker, the module's jobs would stand still
                log.exception("job worker failed, starting it again", module=module, error=str(failure))
            if asyncio.get_running_loop().time() - started > 2 * _LONGEST_PAUSE:
                pause = 1.0
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _work(self, module: str, app: App) -> None:
        async with app.open_async():
            await self._check_tables(module, app)
            worker = self._worker(module, app, wait=True)
            care = [
                asyncio.create_task(self._show_life(module, app, worker)),
                asyncio.create_task(self._clean(module, app)),
            ]
            try:
                await worker.run()  # type: ignore[no-untyped-call]  # lacks its "-> None"
            finally:
                for task in care:
                    task.cancel()
                await asyncio.gather(*care, return_exceptions=True)

    async def _check_tables(self, module: str, app: App) -> None:
        found = await app.connector.execute_query_one_async(_VERSION)
        if (found["version"] or "") < newest_migration():
            raise JobTablesOutdated(f"Migrate {module}: its job tables are older than the installed procrastinate")

    def _worker(self, module: str, app: App, *, wait: bool) -> Worker:
        settings = self._settings
        return Worker(
            app,
            queues=[module],
            name=module,
            wait=wait,
            listen_notify=wait,
            concurrency=settings.concurrency,
            fetch_job_polling_interval=settings.poll_interval,
            abort_job_polling_interval=settings.poll_interval,
            shutdown_graceful_timeout=settings.shutdown_grace,
            update_heartbeat_interval=settings.heartbeat_interval,
            stalled_worker_timeout=settings.stalled_after,
            install_signal_handlers=False,
        )

    async def _show_life(self, module: str, app: App, worker: Worker) -> None:
        """Heartbeats, also while the last jobs of a stopping worker end, and a look for workers without any."""
        while True:
            try:
                if worker.worker_id is not None:
                    await app.job_manager.update_heartbeat(worker.worker_id)
                await self._recover(module, app, worker)
            except Exception as failure:  # the next round may have more luck
                log.warning("looking for stalled jobs failed", module=module, error=str(failure.__cause__ or failure))
            await asyncio.sleep(self._settings.heartbeat_interval)

    async def _recover(self, module: str, app: App, worker: Worker) -> None:
        # If the event loop was held up, this worker must not take itself for dead.
        stalled_after = self._settings.stalled_after
        for job in await recover_stalled(app.connector, stalled_after=stalled_after, asking=worker.worker_id):
            metrics.STALLED.labels(module).inc()
            log.warning(
                "job of a dead worker starts again",
                module=module,
                job=job["task_name"],
                job_id=job["id"],
                interruptions=job["interruptions"],
            )

    async def _clean(self, module: str, app: App) -> None:
        """Forget old jobs, for as long as this worker lives."""
        while True:
            try:
                await app.job_manager.delete_old_jobs(
                    nb_hours=self._settings.keep_finished_days * 24, include_cancelled=True, include_aborted=True
                )
                await app.job_manager.delete_old_jobs(
                    nb_hours=self._settings.keep_failed_days * 24,
                    include_failed=True,
                    include_cancelled=True,
                    include_aborted=True,
                )
            except Exception as failure:  # the next round may have more luck
                log.warning("forgetting old jobs failed", module=module, error=str(failure.__cause__ or failure))
            await asyncio.sleep(_CLEANING_INTERVAL)
