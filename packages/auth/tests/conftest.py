"""Builders for the tests of auth."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from lyceum.auth.domain.entities import AuthMethod, Client, GrantType, Session, SessionLifetime
from lyceum.auth.domain.values import AuthorizationRequest, challenge_of, fingerprint
from lyceum.kernel.ids import new_id

VERIFIER = "v" * 43


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def verifier() -> str:
    return VERIFIER


@pytest.fixture
def make_client(now: datetime) -> Callable[..., Client]:
    def make(**changes: Any) -> Client:
        secret = changes.pop("secret", None)
        defaults: dict[str, Any] = {
            "id": new_id(),
            "client_id": "reader",
            "name": "Reader",
            "auth_method": AuthMethod.NONE if secret is None else AuthMethod.SECRET_BASIC,
            "secret_hash": None if secret is None else fingerprint(secret),
            "redirect_uris": ("https://reader.example/callback",),
            "post_logout_redirect_uris": ("https://reader.example/bye",),
            "scopes": frozenset({"openid", "profile", "offline_access"}),
            "grant_types": frozenset(GrantType),
            "created_at": now,
        }
        return Client(**(defaults | changes))

    return make


@pytest.fixture
def make_session(now: datetime) -> Callable[..., Session]:
    def make(*, started_at: datetime = now, user_id: UUID | None = None, token: str = "t" * 43) -> Session:
        return Session.start(
            user_id=user_id or new_id(),
            token=token,
            user_agent="Firefox",
            network="192.0.2.0/24",
            familiar=True,
            lifetime=SessionLifetime(),
            now=started_at,
        )

    return make


@pytest.fixture
def make_request() -> Callable[..., AuthorizationRequest]:
    def make(**changes: Any) -> AuthorizationRequest:
        defaults: dict[str, Any] = {
            "client_id": "reader",
            "redirect_uri": "https://reader.example/callback",
            "scopes": frozenset({"openid", "profile"}),
            "code_challenge": challenge_of(VERIFIER),
            "state": "s",
            "nonce": "n",
        }
        return AuthorizationRequest(**(defaults | changes))

    return make
