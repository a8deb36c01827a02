"""Makes the seeded platform importable from the tests beside it, and starts it once for all of them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from seeded.platform import SeededPlatform, seeded_platform


@pytest.fixture(scope="session")
def seeded(databases, tmp_path_factory) -> Iterator[SeededPlatform]:
    """The platform with people in every role and objects behind every path parameter."""
    with seeded_platform(databases, tmp_path_factory.mktemp("api")) as platform:
        yield platform
