"""Alerts and dashboard: that they do what they say, and speak of what a running platform has."""

import importlib.util
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml

from lyceum.runtime.application import application
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import AccessLog
from lyceum.testing.harness import SECRET
from lyceum.testing.mail import MemoryMailer

FOLDER = Path(__file__).resolve().parents[2] / "tooling" / "deploy" / "monitoring"
RULES = yaml.safe_load((FOLDER / "rules.yml").read_text())
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text())
ALL = [rule for group in RULES["groups"] for rule in group["rules"]]
ALERTS = [rule for rule in ALL if "alert" in rule]
RECORDED = {rule["record"] for rule in ALL if "record" in rule}
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]

_NAME = re.compile(r"\b(?:lyceum|process)[_:][a-z0-9_:]+")
_QUOTED = re.compile(r'"[^"]*"')


def names(query):
    """The metrics that a query asks for."""
    return set(_NAME.findall(_QUOTED.sub("", query)))


@pytest.fixture(scope="module")
def url(databases):
    with databases.database(installed_modules()) as url:
        yield url


@pytest.fixture
async def scraped(url, tmp_path):
    """What Prometheus reads from the platform after one request, a line each."""
    settings = PlatformSettings.model_validate({"data_dir": tmp_path, "secret": SECRET, "pool_size": 2})
    platform = Platform(settings=settings, database_url=url, modules=installed_modules(), mailer=MemoryMailer())
    async with platform:
        asgi = application(platform, access_log=AccessLog(io.BytesIO()), openapi=b"{}").asgi
        async with httpx.AsyncClient(transport=httpx.ASGITransport(asgi), base_url="http://lyceum.test") as client:
            await client.get("/api/v1/courses")
            return (await client.get("/metrics")).text.splitlines()


def offered(lines):
    """The names of all series, also of those that have no value yet."""
    found = set()
    for line in lines:
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            found |= {name} if kind != "histogram" else {f"{name}{end}" for end in ("_bucket", "_count", "_sum")}
    return found


async def test_every_metric_that_alerts_and_dashboard_name_is_there(scraped):
    there = offered(scraped) | RECORDED
    for query in [*(rule["expr"] for rule in ALL), *QUERIES]:
        assert names(query) <= there, query


async def test_the_state_of_each_module_is_there(scraped):
    for module in installed_modules():
        assert f'lyceum_outbox_pending{{module="{module.name}"}} 0.0' in scraped
        assert f'lyceum_dead_letters_unresolved{{module="{module.name}"}} 0.0' in scraped
        assert f'lyceum_database_pool_size{{module="{module.name}"}} 2.0' in scraped
        assert f'lyceum_check_passing{{check="database of {module.name}",required="true"}} 1.0' in scraped
    assert 'lyceum_jobs{job="course.import",module="course",state="waiting"} 0.0' in scraped


def test_the_events_that_business_numbers_count_are_published():
    published = {event.type for module in installed_modules() for event in module.events}
    counted = re.findall(r'type="([^"]+)"', (FOLDER / "rules.yml").read_text())
    assert len(counted) > 4
    assert set(counted) <= published


def test_the_jobs_that_rules_name_exist(url, tmp_path):
    settings = PlatformSettings.model_validate({"data_dir": tmp_path, "secret": SECRET})
    platform = Platform(settings=settings, database_url=url, modules=installed_modules(), mailer=MemoryMailer())
    jobs = {job.name for module in platform.modules.values() for job in module.spec.jobs(module.container)}
    named = re.findall(r'lyceum_job\w*\{job="([^"]+)"', (FOLDER / "rules.yml").read_text())
    assert named
    assert set(named) <= jobs


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_an_alert_says_how_bad_it_is_and_what_to_do(alert):
    assert alert["labels"]["severity"] in {"critical", "warning", "info"}
    assert len(alert["annotations"]["summary"]) > 15
    assert len(alert["annotations"]["runbook"]) > 60


def test_each_alert_has_a_test_that_sets_it_off():
    text = (FOLDER / "tests.yml").read_text()
    fired = set(re.findall(r'alertname="(\w+)"', text)) | {
        case["alertname"]
        for test in yaml.safe_load(text)["tests"]
        for case in test.get("alert_rule_test", ())
        if case["exp_alerts"]
    }
    assert fired == {alert["alert"] for alert in ALERTS}


def promtool(*arguments, folder=FOLDER):
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not on PATH (Debian: apt install prometheus): the alert rules were NOT tested")
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_the_rules_do_what_their_tests_say():
    done = promtool("test", "rules", "tests.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_alerts_that_never_go_off_are_noticed(tmp_path):
    for name in ("rules.yml", "tests.yml"):
        shutil.copy(FOLDER / name, tmp_path)
    rules = json.loads(json.dumps(RULES))
    for rule in rules["groups"][1]["rules"]:
        rule["expr"] = f"({rule['expr']}) and on () vector(1) == 2"
    (tmp_path / "rules.yml").write_text(yaml.safe_dump(rules))
    done = promtool("test", "rules", "tests.yml", folder=tmp_path)
    assert all(alert["alert"] in done.stdout + done.stderr for alert in ALERTS)


def test_the_dashboard_is_what_its_program_writes():
    spec = importlib.util.spec_from_file_location("dashboard", FOLDER / "dashboard.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (FOLDER / "dashboard.json").read_text() == module.text()


def test_every_panel_has_its_place():
    places = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(places) == len(set(places))
    assert max(x for x, _ in places) < 24


def test_every_metric_of_the_reference_is_there_and_the_other_way_round():
    reference = set(re.findall(r"^\| `(lyceum_[a-z_]+)`", (FOLDER / "README.md").read_text(), re.MULTILINE))
    code = "".join(path.read_text() for path in (FOLDER.parents[2] / "packages").glob("*/src/**/*.py"))
    declared = set(re.findall(r'(?:Counter|Gauge|Histogram|HistogramMetricFamily)\(\s*"(lyceum_[a-z_]+)"', code))
    assert reference == declared


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_worker_can_be_watched_on_a_port_of_its_own(url, tmp_path):
    port = free_port()
    settings = {
        "LYCEUM_DATABASE_URL": url,
        "LYCEUM_DATA_DIR": str(tmp_path),
        "LYCEUM_MONITORING_PORT": str(port),
        "LYCEUM_SECRET": SECRET,
    }
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            [str(Path(sys.executable).with_name("lyceum-worker"))], env=os.environ | settings, stderr=log
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=httpx.HTTPTransport(retries=0)) as client:
            give_up = time.monotonic() + 60
            while time.monotonic() < give_up and worker.poll() is None:
                try:
                    client.get("/healthz")
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert client.get("/healthz").json() == {"status": "alive"}
            ready = client.get("/readyz").json()
            assert (ready["status"], ready["checks"]["worker"]["status"]) == ("ready", "passing")
            assert 'lyceum_outbox_pending{module="course"} 0.0' in client.get("/metrics").text.splitlines()
            assert client.get("/api/v1/courses").status_code == 404
    finally:
        worker.terminate()
        ended = worker.wait(timeout=40)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert ended == 0
    assert {line["service.name"] for line in lines} <= {"lyceum-worker"}
