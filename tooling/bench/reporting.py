"""Results as a table for people and as JSON for everything else."""

import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tooling.bench.arithmetic import Result, Sample, spread
from tooling.bench.rows import Subject

_HEAD = ("row", "figure", "median", "low–high", "floor", "target", "verdict", "of")


def table(results: Iterable[Result]) -> str:
    """One line for each figure of each row."""
    lines = [_HEAD]
    for result in results:
        limit = "≤ " if result.at_most else "≥ "
        for index, (name, figure) in enumerate(result.figures.items()):
            first = index == 0
            lines.append(
                (
                    result.name if first else "",
                    name,
                    f"{figure.median:.2f}",
                    f"{figure.low:.2f}–{figure.high:.2f}",
                    f"{limit}{result.floor:g}" if first else "",
                    f"{limit}{result.target:g}" if first else "",
                    result.verdict if first else "",
                    result.detail if first else "",
                )
            )
    return _aligned(lines)


def measured(samples: Mapping[Subject, Sequence[Sample]]) -> str:
    """What the ratios come from: medians over the rounds."""
    lines = [("server", "request", "requests/s", "CPU µs/request", "p50 ms", "p99 ms")]
    for subject, rounds in sorted(samples.items(), key=lambda item: (item[0].request, item[0].server)):
        lines.append(
            (
                subject.server,
                subject.request,
                f"{spread([each.rate / each.events for each in rounds]).median:.0f}",
                f"{spread([each.cpu * each.events for each in rounds]).median * 1e6:.0f}",
                f"{spread([each.p50 for each in rounds]).median * 1e3:.1f}",
                f"{spread([each.p99 for each in rounds]).median * 1e3:.1f}",
            )
        )
    return _aligned(lines)


def document(
    results: Iterable[Result], samples: Mapping[Subject, Sequence[Sample]], load: Sequence[float]
) -> dict[str, Any]:
    """Everything that was measured. `load`: the machine's load averages before and after."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cpus": os.cpu_count(),
            "kind": platform.machine(),
            "system": platform.system(),
            "python": sys.version.split()[0],
            "load_average_before": load[0],
            "load_average_after": load[-1],
        },
        "results": [{**asdict(result), "verdict": result.verdict} for result in results],
        "samples": {str(subject): [asdict(each) for each in rounds] for subject, rounds in samples.items()},
    }


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
