"""Both kinds of persistence, and what is kept in them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from lyceum.auth.domain.entities import (
    Role,
    RoleAssignment,
    Session,
    SessionLifetime,
    TokenFamily,
)
from lyceum.auth.domain.values import fingerprint
from lyceum.auth.domain.values.reach import PLATFORM
from lyceum.kernel.ids import new_id

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Persistence:
    units: Any
    queries: Any

    async def add(self, name, *things):
        """Add to the repository of that name, and commit."""
        async with self.units() as unit:
            for thing in things:
                getattr(unit, name).add(thing)
            await unit.commit()
        return things[0]


@pytest.fixture(params=["memory", "sql"])
def persistence(request):
    if request.param == "memory":
        memory = request.getfixturevalue("memory")
        return Persistence(memory.units, memory)
    container = request.getfixturevalue("harness").container
    return Persistence(container.units, container.queries())


def _session(user_id=None, token="t" * 43, now=NOW):
    return Session.start(
        user_id=user_id or new_id(),
        token=token,
        user_agent="Firefox",
        network="192.0.2.0/24",
        familiar=False,
        lifetime=SessionLifetime(),
        now=now,
    )


def _family(session_id=None, **changes):
    fields = {
        "id": new_id(),
        "handle_hash": fingerprint("handle"),
        "secret_hash": fingerprint("secret"),
        "client_id": "reader",
        "user_id": new_id(),
        "session_id": session_id or new_id(),
        "scopes": frozenset({"openid", "offline_access"}),
        "authenticated_at": NOW,
        "last_used_at": NOW,
        "expires_at": NOW + 180 * DAY,
    }
    return TokenFamily(**fields | changes)


def _role(name="tutor", permissions=("course.course.read",)):
    return Role.define(name=name, title="A title", permissions=frozenset(permissions), now=NOW)


def _holding(user_id, role="tutor", reach=PLATFORM):
    return RoleAssignment.make(user_id=user_id, role=role, reach=reach, assigned_by=None, now=NOW)


@pytest.fixture
def build():
    return SimpleNamespace(session=_session, family=_family, role=_role, holding=_holding)
