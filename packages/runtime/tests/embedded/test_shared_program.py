import os
import signal
import subprocess

from lyceum.runtime.embedded import lifetime
from lyceum.runtime.embedded.valkey import EmbeddedValkey


def test_the_next_start_goes_on_with_a_server_whose_supervisor_was_killed(tmp_path):
    with EmbeddedValkey(tmp_path) as first:
        found = subprocess.run(["pgrep", "-f", f"lifetime.py.*{tmp_path}"], capture_output=True, text=True, check=True)
        for supervisor in found.stdout.split():
            os.kill(int(supervisor), signal.SIGKILL)
        while lifetime.is_held(tmp_path / "valkey" / lifetime.SUPERVISOR_LOCK):
            pass
        with EmbeddedValkey(tmp_path) as second:
            assert second.address == first.address
    assert not lifetime.is_held(tmp_path / "valkey" / lifetime.SERVER_LOCK)
