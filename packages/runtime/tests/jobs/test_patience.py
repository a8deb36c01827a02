"""What the end of a run meets when the database fails in the middle of writing it down."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from procrastinate import exceptions
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status

from lyceum.runtime.jobs import job_store
from lyceum.runtime.jobs.job_store import PatientJobManager

LOST = psycopg.OperationalError("gone")
WRONG = psycopg.ProgrammingError("wrong")

JOB = Job(id=7, queue="shop", lock=None, queueing_lock=None, task_name="shop.pack", worker_id=3)


class FailingConnector(BaseConnector):
    """Fails with the given errors, one after the other, then succeeds."""

    def __init__(self, *errors: psycopg.Error) -> None:
        self.errors = list(errors)
        self.calls = 0

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        self.calls += 1
        if self.errors:
            raise exceptions.ConnectorException from self.errors.pop(0)
        return [{"id": None}]

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:
        return (await self.execute_query_all_async(query, **arguments))[0]

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        await self.execute_query_all_async(query, **arguments)


def manager_on(*errors: psycopg.Error) -> PatientJobManager:
    return PatientJobManager(FailingConnector(*errors), knows=lambda name: True)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []

    async def pause(seconds: float) -> None:
        taken.append(seconds)

    # Only for this module: a server that another test left in this loop would never let go of it without real sleep.
    monkeypatch.setattr(job_store, "asyncio", SimpleNamespace(sleep=pause))
    return taken


class TestTheEndOfARun:
    async def test_a_lost_connection_is_borne_with_growing_pauses(self, pauses):
        patient = manager_on(*[LOST] * 7)
        await patient.finish_job(JOB, Status.SUCCEEDED, delete_job=False)
        assert patient.connector.calls == 8
        assert pauses == [0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]

    async def test_in_the_end_it_gives_up(self, pauses):
        patient = manager_on(*[LOST] * 10)
        with pytest.raises(exceptions.ConnectorException):
            await patient.finish_job(JOB, Status.SUCCEEDED, delete_job=False)
        assert patient.connector.calls == 10

    async def test_an_error_that_will_not_pass_is_not_repeated(self, pauses):
        patient = manager_on(WRONG)
        with pytest.raises(exceptions.ConnectorException):
            await patient.retry_job(JOB)
        assert (patient.connector.calls, pauses) == (1, [])


class TestTheWorkersOwnQueries:
    async def test_while_the_database_is_away_there_are_no_new_jobs(self):
        assert await manager_on(LOST).fetch_job(["shop"], worker_id=3) is None

    async def test_a_worker_that_was_struck_off_learns_it(self):
        with pytest.raises(exceptions.ConnectorException):
            await manager_on(psycopg.errors.ForeignKeyViolation("no such worker")).fetch_job(["shop"], worker_id=3)

    async def test_a_heartbeat_that_fails_stops_nothing(self):
        patient = manager_on(LOST)
        await patient.update_heartbeat(3)
        assert patient.connector.calls == 1

    async def test_a_scheduled_job_is_enqueued_when_the_database_is_back(self):
        patient = manager_on(LOST, LOST)
        scheduled = Job(
            queue="shop", lock=None, queueing_lock=None, task_name="shop.sweep", task_kwargs={"timestamp": 60}
        )
        await patient.defer_periodic_job(scheduled, periodic_id="", defer_timestamp=60)
        assert patient.connector.calls == 3
