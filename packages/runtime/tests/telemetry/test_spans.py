"""Which spans are recorded, how they hang together, and that a collector gets them."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import SecretStr

from lyceum.runtime.telemetry import start_trace, traced
from lyceum.runtime.telemetry.sentry import SentrySettings, sentry
from lyceum.runtime.telemetry.service import Service
from lyceum.runtime.telemetry.spans import SpanKind, record_span, recording, recording_to, span
from lyceum.runtime.telemetry.trace import record_share
from lyceum.runtime.telemetry.tracing import OpenTelemetryRecorder, TracingSettings, tracing

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SERVICE = Service("lyceum-host", "1.2.3", "staging")


@pytest.fixture
def share() -> Iterator[None]:
    yield
    record_share(0)


@pytest.fixture
def exporter():
    return InMemorySpanExporter()


@pytest.fixture
def recorder(exporter):
    recorder = OpenTelemetryRecorder(SERVICE, exporter)
    with recording_to(recorder):
        yield recorder


def finished(recorder, exporter):
    recorder.flush()
    return exporter.get_finished_spans()


class TestSampling:
    def test_nothing_is_recorded_unless_asked_for(self):
        assert not any(start_trace().sampled for _ in range(100))

    @pytest.mark.usefixtures("share")
    def test_a_share_of_the_traces_is_recorded(self):
        record_share(0.25)
        assert 700 < sum(start_trace().sampled for _ in range(4000)) < 1300

    @pytest.mark.usefixtures("share")
    def test_all_can_be_recorded(self):
        record_share(1)
        assert all(start_trace().sampled for _ in range(1000))

    @pytest.mark.usefixtures("share")
    @pytest.mark.parametrize(("flags", "sampled"), [("01", True), ("00", False), ("03", True), ("fe", False)])
    def test_the_caller_decides_for_its_own_trace(self, flags, sampled):
        for ratio in (0, 1):
            record_share(ratio)
            assert start_trace(f"00-{TRACE}-{SPAN}-{flags}").sampled is sampled


class TestRecording:
    def test_a_span_has_its_place_in_the_trace(self, recorder, exporter):
        trace = start_trace(f"00-{TRACE}-{SPAN}-01")
        record_span(trace, "GET /a", SpanKind.SERVER, 5_000_000, {"http.response.status_code": 200})
        (found,) = finished(recorder, exporter)
        assert f"{found.context.trace_id:032x}" == TRACE
        assert f"{found.context.span_id:016x}" == trace.span_id
        assert f"{found.parent.span_id:016x}" == SPAN
        assert found.end_time - found.start_time == 5_000_000
        assert dict(found.attributes) == {"http.response.status_code": 200}
        assert found.resource.attributes["service.name"] == "lyceum-host"
        assert found.resource.attributes["deployment.environment.name"] == "staging"
        assert found.status.is_unset

    def test_a_trace_that_nobody_wants_recorded_is_not(self, recorder, exporter):
        record_span(start_trace(f"00-{TRACE}-{SPAN}-00"), "GET /a", SpanKind.SERVER, 1, {})
        assert finished(recorder, exporter) == ()

    def test_a_block_that_fails_is_an_error(self, recorder, exporter):
        with (
            pytest.raises(LookupError),
            traced(f"00-{TRACE}-{SPAN}-01") as trace,
            span(trace, "handle", SpanKind.CONSUMER, {}),
        ):
            raise LookupError
        (found,) = finished(recorder, exporter)
        assert (found.status.is_ok, found.attributes["error.type"]) == (False, "LookupError")

    def test_links_lead_to_other_traces(self, recorder, exporter):
        with traced(f"00-{TRACE}-{SPAN}-01") as trace, span(trace, "b", SpanKind.CONSUMER, {}, links=[
            f"00-{'a' * 32}-{'b' * 16}-01", "nonsense",
        ]):  # fmt: skip
            pass
        (found,) = finished(recorder, exporter)
        (link,) = found.links
        assert f"{link.context.trace_id:032x}" == "a" * 32

    def test_afterwards_nothing_is_recorded(self, exporter):
        with recording_to(OpenTelemetryRecorder(SERVICE, exporter)):
            assert recording()
        assert not recording()


class TestCollector:
    @pytest.mark.usefixtures("share")
    def test_a_collector_gets_the_spans_by_otlp(self):
        received: list[tuple[str, bytes]] = []

        class Collector(BaseHTTPRequestHandler):
            def do_POST(self):
                received.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Collector)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_port}/v1/traces"
        with tracing(TracingSettings(endpoint=endpoint, ratio=1), SERVICE), traced() as trace:
            record_span(trace, "work", SpanKind.INTERNAL, 1, {})
        server.shutdown()
        server.server_close()
        ((path, body),) = received
        assert path == "/v1/traces"
        (resource,) = ExportTraceServiceRequest.FromString(body).resource_spans
        (sent,) = resource.scope_spans[0].spans
        assert (sent.name, sent.trace_id.hex(), sent.span_id.hex()) == ("work", trace.trace_id, trace.span_id)

    def test_without_an_endpoint_nothing_is_needed_or_recorded(self):
        code = (
            "import sys\n"
            "absent = ['opentelemetry.sdk', 'opentelemetry.exporter', 'sentry_sdk']\n"
            "sys.modules.update(dict.fromkeys(absent))  # as if they were not installed\n"
            "import lyceum.runtime.process\n"
            "from lyceum.runtime.telemetry.tracing import TracingSettings, tracing\n"
            "from lyceum.runtime.telemetry.sentry import SentrySettings, sentry\n"
            "from lyceum.runtime.telemetry.spans import recording\n"
            "from lyceum.runtime.telemetry.service import Service\n"
            "with tracing(TracingSettings(endpoint=None), Service()), sentry(SentrySettings(dsn=None), Service()):\n"
            "    print(recording())\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.stdout.strip() == "False", done.stderr

    @pytest.mark.parametrize("package", ["opentelemetry.exporter", "sentry_sdk"])
    def test_what_is_set_and_not_installed_stops_the_start(self, package, monkeypatch):
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, package, None)
        traces = TracingSettings(endpoint="http://127.0.0.1:9/v1/traces" if "exporter" in package else None)
        faults = SentrySettings(dsn=SecretStr("https://key@errors.example.org/1"))
        with (
            pytest.raises(RuntimeError, match=r"needs lyceum-runtime\["),
            tracing(traces, SERVICE),
            sentry(faults, SERVICE),
        ):
            pass
