"""Writes `dashboard.json` for Grafana: `python tooling/deploy/monitoring/dashboard.py`."""

import json
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("dashboard.json")

_DURATIONS = "sum by (le) (rate(lyceum_http_request_duration_seconds_bucket[5m]))"

# Rows of panels: title, unit (Grafana's names), and queries with what their lines are called.
ROWS: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "Requests": [
        ("Rate by route", "reqps", {"topk(10, lyceum:requests:rate5m)": "{{route}}"}),
        ("Server errors by route", "reqps", {"topk(10, lyceum:errors:rate5m > 0)": "{{route}}"}),
        (
            "Latency",
            "s",
            {
                f"histogram_quantile({share}, {_DURATIONS})": name
                for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
            },
        ),
        ("Slowest routes, p95", "s", {"topk(10, lyceum:latency:p95_5m)": "{{route}}"}),
        ("Refused by limits", "reqps", {"sum by (class) (rate(lyceum_rate_limited_total[5m]))": "{{class}}"}),
        ("Faults", "cps", {"sum by (kind) (rate(lyceum_faults_total[5m]))": "{{kind}}"}),
    ],
    "What people do": [
        (
            "Per hour",
            "short",
            {
                f"3600 * lyceum:{name}:rate1h": name.replace("_", " ")
                for name in ("registrations", "sign_ins", "enrolments", "publishes", "attempts_graded", "completions")
            },
        ),
        ("Imports per hour", "short", {"3600 * lyceum:imports:rate1h": "{{outcome}}"}),
    ],
    "Events": [
        ("Waiting in outboxes", "short", {"max by (module) (lyceum_outbox_pending)": "{{module}}"}),
        ("Oldest event in the outbox", "s", {"max by (module) (lyceum_outbox_oldest_seconds)": "{{module}}"}),
        (
            "Lag of consumers",
            "short",
            {"sum by (module) (max by (module, topic, partition) (lyceum_consumer_lag))": "{{module}}"},
        ),
        ("Dead letters", "short", {"max by (module) (lyceum_dead_letters_unresolved)": "{{module}}"}),
        (
            "Handed on and handled",
            "cps",
            {
                "sum(rate(lyceum_events_relayed_total[5m]))": "handed on",
                "sum by (module) (rate(lyceum_events_handled_total[5m]))": "handled by {{module}}",
                "sum by (module) (rate(lyceum_events_dead_lettered_total[5m]))": "died in {{module}}",
            },
        ),
        ("Consumers that pause", "short", {"min by (module) (lyceum_consumer_paused)": "{{module}}"}),
    ],
    "Jobs": [
        (
            "Jobs by state",
            "short",
            {'sum by (state) (max by (module, job, state) (lyceum_jobs{state!="scheduled"}))': "{{state}}"},
        ),
        ("Runs by outcome", "cps", {"sum by (outcome) (rate(lyceum_job_runs_total[5m]))": "{{outcome}}"}),
        (
            "How long runs take, p95",
            "s",
            {"histogram_quantile(0.95, sum by (job, le) (rate(lyceum_job_run_seconds_bucket[30m])))": "{{job}}"},
        ),
    ],
    "Engines": [
        (
            "Readiness",
            "short",
            {
                "min by (check) (lyceum_check_passing)": "{{check}}",
                "min(lyceum_redis_up)": "Redis",
                "max(lyceum_kafka_up)": "Kafka",
            },
        ),
        (
            "Connections in use",
            "percentunit",
            {"lyceum_database_pool_in_use / lyceum_database_pool_size": "{{module}} in {{instance}}"},
        ),
        ("Cache hits", "percentunit", {"lyceum:cache_hits:ratio5m": "{{cache}}"}),
        (
            "Memory and CPU",
            "short",
            {
                'rate(process_cpu_seconds_total{job=~"lyceum.*"}[5m])': "CPU of {{instance}}",
                'process_resident_memory_bytes{job=~"lyceum.*"} / 1e9': "GB of {{instance}}",
            },
        ),
    ],
}
_WIDTH, _HEIGHT, _IN_A_ROW = 8, 7, 3


def dashboard() -> dict[str, Any]:
    """The document that Grafana imports."""
    panels: list[dict[str, Any]] = []
    y = 0
    for row, entries in ROWS.items():
        panels.append({"type": "row", "title": row, "gridPos": {"x": 0, "y": y, "w": 24, "h": 1}, "panels": []})
        y += 1
        for number, (title, unit, queries) in enumerate(entries):
            place = {
                "x": number % _IN_A_ROW * _WIDTH,
                "y": y + number // _IN_A_ROW * _HEIGHT,
                "w": _WIDTH,
                "h": _HEIGHT,
            }
            panels.append(_panel(title, unit, queries, place))
        y += -(-len(entries) // _IN_A_ROW) * _HEIGHT
    for number, panel in enumerate(panels, 1):
        panel["id"] = number
    return {
        "uid": "lyceum",
        "title": "Lyceum",
        "schemaVersion": 39,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "templating": {
            "list": [{"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}],
        },
        "panels": panels,
    }


def _panel(title: str, unit: str, queries: dict[str, str], place: dict[str, int]) -> dict[str, Any]:
    source = {"type": "prometheus", "uid": "${source}"}
    return {
        "type": "timeseries",
        "title": title,
        "datasource": source,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + number), "datasource": source, "expr": query, "legendFormat": legend}
            for number, (query, legend) in enumerate(queries.items())
        ],
    }


def text() -> str:
    """The file's content."""
    return json.dumps(dashboard(), indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text())
