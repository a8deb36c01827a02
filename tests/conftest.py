"""Which tests stay together when several processes share the work (`pytest -n 2 --dist loadscope`)."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# Each of these folders starts a platform, or servers, once for all its tests, which takes longer than most tests.
STARTING_SERVERS = {"browser", "chaos", "counterparts", "faults", "imports", "journeys", "split"}
SHARED_OUT = "tests/api/contract"  # long, and every test of it stands alone


class Together(LoadScopeScheduling):
    """Gives a process the tests of one folder that starts servers, or of one file, at a time."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        if path.startswith(SHARED_OUT):
            return nodeid
        top, _, below = path.partition("/")
        folder = below.partition("/")[0]
        return folder if top == "tests" and folder in STARTING_SERVERS else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling | None:
    return Together(config, log) if config.getvalue("dist") == "loadscope" else None
