"""Makes the seeded platform importable from the tests beside it, and starts it once for all of them."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dependency_injector import providers

from lyceum.auth.adapters.argon2_hasher import Argon2Hasher
from lyceum.auth.container import AuthContainer

sys.path.insert(0, str(Path(__file__).resolve().parent))

from seeded.platform import SeededPlatform, seeded_platform


@pytest.fixture(scope="session")
def seeded(databases, tmp_path_factory) -> Iterator[SeededPlatform]:
    """The platform with people in every role and objects behind every path parameter."""
    # What a password costs is tested where it is made.
    hasher = providers.Singleton(Argon2Hasher, time_cost=1, memory_kib=8)
    with (
        AuthContainer.hasher.override(hasher),
        seeded_platform(databases, tmp_path_factory.mktemp("api")) as platform,
    ):
        yield platform
