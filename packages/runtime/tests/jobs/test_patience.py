"""What the end of a run meets when the database fails in the middle of writing it down."""

from typing import Any

import psycopg
import pytest
from procrastinate import exceptions
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status

from lyceum.runtime.jobs import manager
from lyceum.runtime.jobs.manager import PatientJobManager

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
        return [{"ok": True}]


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []

    async def pause(seconds: float) -> None:
        taken.append(seconds)

    monkeypatch.setattr(manager.asyncio, "sleep", pause)
    return taken


async def test_a_lost_connection_is_borne_with_growing_pauses(pauses):
    connector = FailingConnector(*[psycopg.OperationalError("gone")] * 7)
    await PatientJobManager(connector, knows=lambda name: True).finish_job(JOB, Status.SUCCEEDED, delete_job=False)
    assert connector.calls == 8
    assert pauses == [0.4, 0.8, 1.6, 3.2, 6.4, 10, 10]


async def test_in_the_end_it_gives_up(pauses):
    connector = FailingConnector(*[psycopg.OperationalError("gone")] * 10)
    with pytest.raises(exceptions.ConnectorException):
        await PatientJobManager(connector, knows=lambda name: True).finish_job(JOB, Status.SUCCEEDED, delete_job=False)
    assert connector.calls == 10


async def test_an_error_that_will_not_pass_is_not_repeated(pauses):
    connector = FailingConnector(psycopg.ProgrammingError("wrong"))
    with pytest.raises(exceptions.ConnectorException):
        await PatientJobManager(connector, knows=lambda name: True).retry_job(JOB)
    assert (connector.calls, pauses) == (1, [])
