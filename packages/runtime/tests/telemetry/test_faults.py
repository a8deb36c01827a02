"""Where faults go: nowhere, to a reporter, and to Sentry in its own format."""

from typing import Any
from uuid import uuid4

import pytest
from prometheus_client import REGISTRY
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from lyceum.runtime.telemetry import traced
from lyceum.runtime.telemetry.errors import report_fault, reporting_to
from lyceum.runtime.telemetry.sentry import SentryReporter, SentrySettings, sentry
from lyceum.runtime.telemetry.service import Service

SERVICE = Service("lyceum-host", "1.2.3", "staging")
DSN = "https://public@errors.example.org/1"


class Reporter:
    def __init__(self) -> None:
        self.reports: list[tuple[BaseException, dict[str, str]]] = []
        self.closed = False

    def report(self, error, facts):
        self.reports.append((error, dict(facts)))

    def close(self):
        self.closed = True


class Broken(Reporter):
    def report(self, error, facts):
        raise RuntimeError("the reporter itself")


class Mailbox(Transport):
    """Keeps what Sentry would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(envelope.get_event())


def counted(kind):
    return REGISTRY.get_sample_value("lyceum_faults_total", {"kind": kind}) or 0.0


def test_a_fault_is_counted_also_when_nobody_is_told():
    before = counted("job")
    report_fault(RuntimeError("broken"), "job")
    assert counted("job") == before + 1


def test_a_reporter_hears_what_broke_and_where():
    reporter, error = Reporter(), RuntimeError("broken")
    with reporting_to(reporter), traced(module="progress", event_id="0190") as trace:
        report_fault(error, "event", attempt=3)
    ((reported, facts),) = reporter.reports
    assert reported is error
    assert (facts["kind"], facts["module"], facts["event_id"], facts["attempt"]) == ("event", "progress", "0190", "3")
    assert facts["trace_id"] == trace.trace_id
    assert reporter.closed


def test_afterwards_it_hears_nothing():
    reporter = Reporter()
    with reporting_to(reporter):
        pass
    report_fault(RuntimeError("broken"), "job")
    assert reporter.reports == []


def test_a_reporter_that_breaks_breaks_nothing_else():
    with reporting_to(Broken()):
        report_fault(RuntimeError("broken"), "job")


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def to_sentry(mailbox):
    reporter = SentryReporter(DSN, SERVICE, mailbox)
    with reporting_to(reporter):
        yield


def test_sentry_is_told_the_release_the_environment_and_the_trace(to_sentry, mailbox):
    with traced() as trace:
        try:
            raise LookupError("no such page")
        except LookupError as error:
            report_fault(error, "request", route="/api/v1/courses")
    (event,) = mailbox.events
    assert (event["release"], event["environment"]) == ("lyceum-host@1.2.3", "staging")
    assert event["tags"]["route"] == "/api/v1/courses"
    assert event["tags"]["trace_id"] == trace.trace_id
    (raised,) = event["exception"]["values"]
    assert (raised["type"], raised["value"]) == ("LookupError", "no such page")


def test_sentry_learns_nothing_about_people_or_secrets(to_sentry, mailbox):
    def sign_in(email: str, password: str) -> None:
        raise OSError("postgresql://lyceum:" + password + "@db.test is away")

    with traced() as trace:
        trace.user_id = uuid4()
        try:
            sign_in("ada@example.org", "hunter" + "2")
        except OSError as error:
            report_fault(error, "request")
    (event,) = mailbox.events
    assert not {"user", "request"} & event.keys()
    assert not event.get("breadcrumbs", {}).get("values")
    assert all("vars" not in frame for frame in event["exception"]["values"][0]["stacktrace"]["frames"])
    assert "hunter2" not in str(event)
    assert str(trace.user_id) not in str(event)
    assert "db.test" in event["exception"]["values"][0]["value"]


def test_without_a_dsn_nothing_is_set_up(monkeypatch):
    monkeypatch.setattr("lyceum.runtime.telemetry.sentry.SentryReporter", None)
    with sentry(SentrySettings(dsn=None), SERVICE):
        report_fault(RuntimeError("broken"), "job")
