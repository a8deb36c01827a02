"""Makes the support code of this folder and of the journeys importable from its tests, with telling assertions."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "journeys")]
pytest.register_assert_rewrite("crash.aftermath", "crash.people", "crash.installation")
