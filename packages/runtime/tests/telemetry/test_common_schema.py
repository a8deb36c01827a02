"""Every line in the fields of the Elastic Common Schema: their names are written down here from the standard."""

import io
import json
import logging
from datetime import datetime

import pytest
import structlog

from lyceum.runtime.telemetry import AccessLog, configure_logging, start_trace, traced
from lyceum.runtime.telemetry.service import Service, run_as, this_service

# https://www.elastic.co/docs/reference/ecs/ecs-field-reference, version 8.17: fields with their types.
TEXT, NUMBER, DATE = str, int, datetime
ECS = {
    "@timestamp": DATE, "message": TEXT, "ecs.version": TEXT,
    "client.address": TEXT, "client.bytes": NUMBER, "client.domain": TEXT, "client.ip": TEXT, "client.port": NUMBER,
    "error.code": TEXT, "error.id": TEXT, "error.message": TEXT, "error.stack_trace": TEXT, "error.type": TEXT,
    "event.action": TEXT, "event.code": TEXT, "event.created": DATE, "event.dataset": TEXT, "event.duration": NUMBER,
    "event.end": DATE, "event.id": TEXT, "event.kind": TEXT, "event.module": TEXT, "event.outcome": TEXT,
    "event.provider": TEXT, "event.reason": TEXT, "event.severity": NUMBER, "event.start": DATE,
    "http.request.body.bytes": NUMBER, "http.request.bytes": NUMBER, "http.request.id": TEXT,
    "http.request.method": TEXT, "http.request.mime_type": TEXT, "http.request.referrer": TEXT,
    "http.response.body.bytes": NUMBER, "http.response.bytes": NUMBER, "http.response.mime_type": TEXT,
    "http.response.status_code": NUMBER, "http.version": TEXT,
    "log.file.path": TEXT, "log.level": TEXT, "log.logger": TEXT, "log.origin.file.line": NUMBER,
    "log.origin.file.name": TEXT, "log.origin.function": TEXT,
    "process.name": TEXT, "process.pid": NUMBER, "process.thread.id": NUMBER, "process.thread.name": TEXT,
    "service.address": TEXT, "service.environment": TEXT, "service.id": TEXT, "service.name": TEXT,
    "service.node.name": TEXT, "service.state": TEXT, "service.type": TEXT, "service.version": TEXT,
    "span.id": TEXT, "trace.id": TEXT, "transaction.id": TEXT,
    "url.domain": TEXT, "url.full": TEXT, "url.original": TEXT, "url.path": TEXT, "url.port": NUMBER,
    "url.query": TEXT, "url.scheme": TEXT,
    "user.domain": TEXT, "user.email": TEXT, "user.full_name": TEXT, "user.hash": TEXT, "user.id": TEXT,
    "user.name": TEXT, "user.roles": TEXT,
}  # fmt: skip
# What the specification of ECS loggers asks of each line, and what tells our lines from those of others.
ALWAYS = {"@timestamp", "log.level", "message", "ecs.version", "service.name", "service.version",
          "service.environment", "event.dataset"}  # fmt: skip


@pytest.fixture
def output():
    """Where logs go; afterwards logging is as it was."""
    root, before = logging.getLogger(), this_service()
    handlers, level = list(root.handlers), root.level
    run_as(Service("lyceum-host", "1.2.3", "staging"))
    yield io.StringIO()
    run_as(before)
    root.handlers[:], _ = handlers, root.setLevel(level)
    structlog.reset_defaults()


def check(text):
    """The entry, found to be as the schema wants it."""
    entry = json.loads(text)
    assert entry.keys() >= ALWAYS
    for name, value in entry.items():
        if name.startswith("lyceum."):
            continue
        assert name in ECS, f"{name} is no field of the schema"
        if ECS[name] is DATE:
            assert datetime.fromisoformat(value).utcoffset() is not None
        else:
            assert type(value) is ECS[name], name
    return entry


def test_a_line_of_a_request_fits_the_schema(output):
    configure_logging(stream=output)
    with traced(request_id="request-4711"):
        structlog.get_logger("lyceum.course").info("course published", course="algebra")
    entry = check(output.getvalue())
    assert (entry["service.name"], entry["service.version"]) == ("lyceum-host", "1.2.3")
    assert (entry["service.environment"], entry["event.dataset"]) == ("staging", "lyceum.log")
    assert entry["http.request.id"] == "request-4711"
    assert entry["trace.id"] != entry["transaction.id"] == entry["span.id"]


@pytest.mark.parametrize("logger", ["structlog", "logging"])
def test_a_fault_has_its_type_its_message_and_its_stack_each_in_a_field(output, logger):
    configure_logging(stream=output)
    try:
        raise KeyError("the missing page")
    except KeyError:
        (structlog.get_logger if logger == "structlog" else logging.getLogger)("a").exception("failed")
    entry = check(output.getvalue())
    assert (entry["error.type"], entry["error.message"]) == ("KeyError", "'the missing page'")
    assert entry["error.stack_trace"].startswith("Traceback")


def test_a_fault_that_is_handed_over_has_them_too(output):
    configure_logging(stream=output)
    structlog.get_logger("a").warning("failed", exc_info=TimeoutError("too late"))
    entry = check(output.getvalue())
    assert (entry["error.type"], entry["error.message"]) == ("TimeoutError", "too late")


def test_the_message_of_a_fault_keeps_no_password(output):
    configure_logging(stream=output)
    structlog.get_logger("a").warning("failed", exc_info=OSError("postgresql://lyceum:hunter2@db is away"))
    assert "hunter2" not in output.getvalue()


def test_a_line_of_background_work_says_which_work_it_is(output):
    configure_logging(stream=output)
    with traced(module="progress", event_id="0190", event_type="lyceum.course.enrolment.started.v1"):
        structlog.get_logger("a").info("seen")
    with traced(module="course", job="course.import", job_id=7):
        logging.getLogger("b").warning("seen")
    handled, ran = map(check, output.getvalue().splitlines())
    assert (handled["lyceum.module"], handled["lyceum.event_id"]) == ("progress", "0190")
    assert handled["lyceum.event_type"] == "lyceum.course.enrolment.started.v1"
    assert (ran["lyceum.module"], ran["lyceum.job"], ran["lyceum.job_id"]) == ("course", "course.import", 7)
    assert "http.request.id" not in ran


@pytest.mark.parametrize(("status", "outcome"), [(200, "success"), (404, "success"), (500, "failure")])
def test_a_line_of_the_access_log_fits_the_schema(output, status, outcome):
    stream = io.BytesIO()
    trace = start_trace()
    AccessLog(stream).write(trace, "GET", "/api/v1/courses", "/api/v1/courses", status, 1_500_000, "203.0.113.9")
    entry = check(stream.getvalue())
    assert (entry["http.response.status_code"], entry["event.outcome"]) == (status, outcome)
    assert (entry["event.dataset"], entry["lyceum.route"]) == ("lyceum.access", "/api/v1/courses")
    assert (entry["trace.id"], entry["transaction.id"]) == (trace.trace_id, trace.span_id)
