"""Which tests stay together when several processes share the work."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Each of these folders starts a platform, or servers, once for all its tests, which takes longer than most tests.
STARTING_SERVERS = {"chaos", "counterparts", "faults", "imports", "journeys", "split"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and (folder := item.path.relative_to(HERE).parts[0]) in STARTING_SERVERS:
            item.add_marker(pytest.mark.xdist_group(folder))
