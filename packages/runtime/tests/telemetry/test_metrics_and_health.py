"""What Prometheus reads, and what an orchestrator asks."""

import asyncio

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter
from structlog.testing import capture_logs

from lyceum.runtime.telemetry import Check, Health, HttpMetrics, MetricsEndpoint


def client(app):
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://lyceum.test")


class TestMetrics:
    def test_durations_fall_into_buckets(self):
        registry = CollectorRegistry()
        metrics = HttpMetrics(registry)
        for seconds in (0.0005, 0.003, 0.003, 100):
            metrics.observe("GET", "/r", 200, seconds)
        labels = {"method": "GET", "route": "/r", "status": "200"}
        name = "lyceum_http_request_duration_seconds"
        assert registry.get_sample_value(f"{name}_count", labels) == 4
        assert registry.get_sample_value(f"{name}_bucket", labels | {"le": "0.001"}) == 1
        assert registry.get_sample_value(f"{name}_bucket", labels | {"le": "0.005"}) == 3
        assert registry.get_sample_value(f"{name}_bucket", labels | {"le": "+Inf"}) == 4

    def test_seconds_are_summed_up(self):
        registry = CollectorRegistry()
        for seconds in (0.25, 0.5):
            HttpMetrics(registry).observe("GET", "/r", 200, seconds)
        labels = {"method": "GET", "route": "/r", "status": "200"}
        assert registry.get_sample_value("lyceum_http_request_duration_seconds_sum", labels) == 0.75

    def test_applications_of_one_process_are_counted_together(self):
        registry = CollectorRegistry()
        for _ in range(2):
            HttpMetrics(registry).observe("GET", "/r", 200, 0.1)
        labels = {"method": "GET", "route": "/r", "status": "200"}
        assert registry.get_sample_value("lyceum_http_request_duration_seconds_count", labels) == 2

    def test_a_bound_belongs_to_its_bucket(self):
        registry = CollectorRegistry()
        HttpMetrics(registry).observe("GET", "/r", 200, 0.005)
        labels = {"method": "GET", "route": "/r", "status": "200", "le": "0.005"}
        assert registry.get_sample_value("lyceum_http_request_duration_seconds_bucket", labels) == 1

    async def test_the_histogram_is_exposed_as_prometheus_expects(self):
        registry = CollectorRegistry()
        HttpMetrics(registry).observe("GET", "/r", 200, 3)
        text = (await client(MetricsEndpoint(registry)).get("/metrics")).text
        assert "# TYPE lyceum_http_request_duration_seconds histogram" in text
        name = "lyceum_http_request_duration_seconds_bucket"
        assert f'{name}{{le="+Inf",method="GET",route="/r",status="200"}} 1.0' in text
        assert f'{name}{{le="2.5",method="GET",route="/r",status="200"}} 0.0' in text

    async def test_the_endpoint_shows_the_registry(self):
        registry = CollectorRegistry()
        Counter("lyceum_things", "Things.", registry=registry).inc()
        response = await client(MetricsEndpoint(registry)).get("/metrics")
        assert response.headers["content-type"].startswith("text/plain")
        assert response.headers["cache-control"] == "no-store"
        assert "lyceum_things_total 1.0" in response.text

    async def test_openmetrics_is_spoken_on_request(self):
        registry = CollectorRegistry()
        accept = "application/openmetrics-text; version=1.0.0"
        response = await client(MetricsEndpoint(registry)).get("/metrics", headers={"accept": accept})
        assert response.headers["content-type"].startswith("application/openmetrics-text")
        assert response.text.endswith("# EOF\n")


async def passes() -> None: ...


async def fails() -> None:
    raise ConnectionError("db.internal:5432 refused the password of lyceum")


async def hangs() -> None:
    await asyncio.sleep(10)


class TestHealth:
    async def test_a_process_that_answers_is_alive_whatever_else_is_wrong(self):
        response = await client(Health([Check(name="database", run=fails)])).get("/healthz")
        assert (response.status_code, response.json()) == (200, {"status": "alive"})

    async def test_a_process_whose_checks_pass_is_ready(self):
        response = await client(Health([Check(name="database", run=passes)])).get("/readyz")
        assert (response.status_code, response.json()["status"]) == (200, "ready")
        assert response.json()["checks"]["database"]["status"] == "passing"
        assert response.headers["cache-control"] == "no-store"

    async def test_a_process_that_lacks_what_it_needs_is_not_ready(self):
        checks = [Check(name="database", run=fails), Check(name="storage", run=passes)]
        response = await client(Health(checks)).get("/readyz")
        assert (response.status_code, response.json()["status"]) == (503, "not ready")
        assert response.json()["checks"]["database"] == {
            "status": "failing",
            "required": True,
            "reason": "ConnectionError",
        }
        assert response.json()["checks"]["storage"]["status"] == "passing"

    async def test_what_can_be_done_without_only_degrades(self):
        checks = [Check(name="database", run=passes), Check(name="search", run=fails, required=False)]
        response = await client(Health(checks)).get("/readyz")
        assert (response.status_code, response.json()["status"]) == (200, "degraded")

    async def test_an_outsider_does_not_learn_why(self):
        response = await client(Health([Check(name="database", run=fails)])).get("/readyz")
        assert "5432" not in response.text

    async def test_checks_that_hang_are_cut_off_all_at_once(self):
        checks = [Check(name=f"check {number}", run=hangs, timeout=0.5) for number in range(5)]
        with capture_logs():  # what is logged takes its time to be shown
            async with asyncio.timeout(2):
                document = await Health(checks).readiness()
        assert {state["reason"] for state in document["checks"].values()} == {"timed out"}

    async def test_without_checks_a_process_is_ready(self):
        assert (await client(Health()).get("/readyz")).json() == {"status": "ready", "checks": {}}

    def test_two_checks_cannot_have_one_name(self):
        with pytest.raises(ValueError, match="names of their own"):
            Health([Check(name="a", run=passes), Check(name="a", run=passes)])
