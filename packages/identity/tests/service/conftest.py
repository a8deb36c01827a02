"""The services on memory, with auth and the mail played by the tests."""

from types import SimpleNamespace
from typing import Any

import pytest

from lyceum.identity.adapters.verification_tokens import HmacVerificationTokens
from lyceum.identity.services.accounts import Accounts
from lyceum.identity.services.organising import Organising
from lyceum.identity.services.profiles import Profiles
from lyceum.identity.services.registering import Registering
from lyceum.identity.services.service import Directory


class MailsInMemory:
    """Keeps what would be sent: the address and the token, null where the address has an account already."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str | None]] = []

    async def send_verification(self, *, to: str, display_name: str, token: str) -> None:
        self.sent.append((to, token))

    async def send_already_registered(self, *, to: str, display_name: str) -> None:
        self.sent.append((to, None))


@pytest.fixture
def build_services():
    """Makes the services on some persistence."""

    def make(memory: Any, credentials: Any, clock: Any) -> SimpleNamespace:
        mails = MailsInMemory()
        tokens = HmacVerificationTokens(b"a key for tests")
        on_memory = {"units": memory.units, "clock": clock}
        with_queries = {**on_memory, "queries": memory}
        return SimpleNamespace(
            store=memory.store,
            mails=mails,
            tokens=tokens,
            registering=Registering(credentials=credentials, tokens=tokens, mails=mails, **on_memory),
            profiles=Profiles(**on_memory),
            accounts=Accounts(**with_queries),
            organising=Organising(**with_queries),
            directory=Directory(**with_queries),
        )

    return make


@pytest.fixture
def services(build_services, memory, credentials, clock):
    return build_services(memory, credentials, clock)


@pytest.fixture
def new_memory(memory):
    """Makes further persistence, for tests that start over many times."""
    return type(memory)


@pytest.fixture
def new_credentials(credentials):
    return type(credentials)
