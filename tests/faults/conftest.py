"""Makes the support code of this folder importable from its tests, and its assertions as telling as theirs."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
pytest.register_assert_rewrite("crash.aftermath", "crash.people", "crash.installation")
