"""Log lines: their fields, and what never gets into them."""

import asyncio
import io
import json
import logging
from uuid import uuid4

import pytest
import structlog

from lyceum.runtime.telemetry import AccessLog, configure_logging, start_trace, traced


@pytest.fixture
def output():
    """Where logs go; afterwards logging is as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield io.StringIO()
    root.handlers[:], _ = handlers, root.setLevel(level)
    structlog.reset_defaults()


def entries(output):
    return [json.loads(line) for line in output.getvalue().splitlines()]


class TestFields:
    def test_a_line_has_the_fields_of_the_common_schema(self, output):
        configure_logging(stream=output)
        structlog.get_logger("lyceum.course").info("course published", course="algebra", **{"event.action": "publish"})
        (entry,) = entries(output)
        assert entry["message"] == "course published"
        assert entry["log.level"] == "info"
        assert entry["log.logger"] == "lyceum.course"
        assert entry["@timestamp"].endswith("Z")
        assert entry["event.action"] == "publish"
        assert entry["lyceum.course"] == "algebra"

    def test_lines_of_libraries_have_the_same_fields(self, output):
        configure_logging(stream=output)
        logging.getLogger("some.library").warning("took %d s", 3, extra={"attempt": 2})
        (entry,) = entries(output)
        assert (entry["message"], entry["log.level"], entry["log.logger"]) == ("took 3 s", "warning", "some.library")
        assert entry["lyceum.attempt"] == 2

    def test_a_line_names_the_request_it_belongs_to(self, output):
        configure_logging(stream=output)
        user = uuid4()
        with traced(request_id="request-4711") as trace:
            trace.user_id = user
            structlog.get_logger("a").info("inside")
            logging.getLogger("b").warning("inside too")
        for entry in entries(output):
            assert entry["trace.id"] == trace.trace_id
            assert entry["span.id"] == entry["transaction.id"] == trace.span_id
            assert entry["http.request.id"] == "request-4711"
            assert entry["user.id"] == str(user)

    def test_a_fault_comes_with_its_stack_in_one_line(self, output):
        configure_logging(stream=output)
        try:
            raise RuntimeError("broken")
        except RuntimeError:
            structlog.get_logger("a").exception("failed")
        (entry,) = entries(output)
        assert "RuntimeError: broken" in entry["error.stack_trace"]
        assert entry["log.level"] == "error"

    def test_values_of_any_type_are_written(self, output):
        configure_logging(stream=output)
        identity = uuid4()
        structlog.get_logger("a").info("x", id=identity, kinds={1: "a"}, thing=object)
        (entry,) = entries(output)
        assert entry["lyceum.id"] == str(identity)
        assert entry["lyceum.kinds"] == {"1": "a"}

    def test_what_is_below_the_level_is_left_out(self, output):
        configure_logging(stream=output, level="WARNING")
        structlog.get_logger("a").info("x")
        logging.getLogger("b").info("y")
        assert output.getvalue() == ""

    def test_configuring_again_does_not_double_the_lines(self, output):
        configure_logging(stream=output)
        configure_logging(stream=output)
        logging.getLogger("b").warning("once")
        assert len(entries(output)) == 1

    def test_development_gets_readable_lines(self, output):
        configure_logging(stream=output, readable=True)
        structlog.get_logger("a").info("course published", course="algebra")
        assert "course published" in output.getvalue()
        assert "course=algebra" in output.getvalue()

    def test_readable_stacks_do_not_show_variables(self, output):
        configure_logging(stream=output, readable=True)
        innocent = "hunter" + "2"
        try:
            raise RuntimeError(len(innocent))
        except RuntimeError:
            structlog.get_logger("a").exception("failed")
        assert "RuntimeError" in output.getvalue()
        assert "hunter2" not in output.getvalue()


class TestSecrets:
    @pytest.mark.parametrize(
        "name",
        ["password", "new_password", "passwd", "client_secret", "access_token", "Authorization", "cookie", "csrf",
         "api_key", "apikey", "private_key", "http.request.headers.set-cookie", "credentials"],
    )  # fmt: skip
    def test_values_with_a_secret_name_are_hidden(self, output, name):
        configure_logging(stream=output)
        structlog.get_logger("a").info(
            "x", **{name: "hunter2"}, nested={name: {"deep": "hunter2"}}, rows=[{name: "hunter2"}]
        )
        logging.getLogger("b").warning("y", extra={name: "hunter2"})
        assert "hunter2" not in output.getvalue()
        assert len(entries(output)) == 2

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("cannot reach postgresql://lyceum:hunter2@db.test/x", "db.test/x"),
            ("cannot reach redis://:hunter2@cache.test", "cache.test"),
            ("sent Authorization: Bearer hunter2hunter2 to the bank", "to the bank"),
            ("sent basic hunter2hunter2==", "sent"),
        ],
    )
    def test_secrets_inside_texts_are_hidden(self, output, text, kept):
        configure_logging(stream=output)
        structlog.get_logger("a").info(text, detail=text)
        logging.getLogger("b").warning(text)
        assert "hunter2" not in output.getvalue()
        assert all(kept in entry["message"] for entry in entries(output))

    def test_secrets_inside_stacks_are_hidden(self, output):
        configure_logging(stream=output)
        try:
            raise RuntimeError("cannot reach postgresql://lyceum:hunter2@db.test/x")
        except RuntimeError:
            structlog.get_logger("a").exception("failed")
            logging.getLogger("b").exception("failed")
        assert "hunter2" not in output.getvalue()
        assert "db.test/x" in output.getvalue()

    def test_how_many_there_are_is_no_secret(self, output):
        configure_logging(stream=output)
        structlog.get_logger("a").info("x", tokens=3, password_set=True)
        (entry,) = entries(output)
        assert (entry["lyceum.tokens"], entry["lyceum.password_set"]) == (3, True)


class TestAccessLog:
    def line(self, path, status=200, **options):
        stream = io.BytesIO()
        AccessLog(stream, **options).write(start_trace(), "GET", path, "/r", status, 1_500_000, "203.0.113.9")
        return stream.getvalue()

    def test_a_line_is_json(self):
        entry = json.loads(self.line("/a"))
        assert (entry["url.path"], entry["event.duration"], entry["client.ip"]) == ("/a", 1_500_000, "203.0.113.9")

    def test_development_gets_a_short_line(self):
        assert self.line("/a", readable=True).startswith(b"GET /a 200 1.5 ms ")

    def test_probes_are_left_out_while_they_succeed(self):
        assert self.line("/healthz") == b""
        assert self.line("/readyz", 503) != b""

    @pytest.mark.parametrize("readable", [True, False])
    def test_a_path_cannot_pretend_to_be_another_line(self, readable):
        line = self.line("/a\nGET /b 200\x1b[31m\r", readable=readable)
        assert line.count(b"\n") == 1
        assert b"\x1b" not in line
        assert b"\r" not in line

    @pytest.mark.parametrize("readable", [True, False])
    def test_a_path_that_is_no_text_is_written_as_well_as_can_be(self, readable):
        assert b"/a" in self.line("/a\udcff", readable=readable)

    async def test_requests_that_end_together_share_one_write(self):
        class Counting(io.BytesIO):
            writes = 0

            def write(self, data):
                self.writes += 1
                return super().write(data)

        stream = Counting()
        log = AccessLog(stream)
        for _ in range(3):
            log.write(start_trace(), "GET", "/a", "/a", 200, 1, None)
        assert stream.writes == 0
        await asyncio.sleep(0)
        assert (stream.writes, stream.getvalue().count(b"\n")) == (1, 3)
        log.write(start_trace(), "GET", "/a", "/a", 200, 1, None)
        await asyncio.sleep(0)
        assert stream.writes == 2
