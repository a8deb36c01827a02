"""Faults to Sentry, or to what speaks its protocol: the extra `lyceum-runtime[sentry]`.

Personal data stays here: no variables of stack frames, no bodies, no users, no integrations that would look for them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.runtime.telemetry.errors import reporting_to
from lyceum.runtime.telemetry.logging import without_secrets
from lyceum.runtime.telemetry.service import Service

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event

_PATIENCE_SECONDS = 2.0


class SentrySettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_SENTRY_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_SENTRY_", extra="ignore")

    dsn: SecretStr | None = None
    """Where faults are reported to. Left out, they are in the log alone."""


class SentryNotInstalled(RuntimeError):
    """A DSN is set, and Sentry's SDK is not there."""


class SentryReporter:
    """An `ErrorReporter` on Sentry's SDK. Nothing of it is global: other code in the process does not report here."""

    def __init__(self, dsn: str, service: Service, transport: "type[Transport] | Transport | None" = None) -> None:
        from sentry_sdk import Client
        from sentry_sdk.utils import event_from_exception

        self._event = event_from_exception
        self._client = Client(
            dsn=dsn,
            transport=transport,
            release=f"{service.name}@{service.version}",
            environment=service.environment,
            data_collection={"user_info": False, "http_bodies": [], "stack_frame_variables": False},
            include_local_variables=False,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            before_send=_without_secrets,
        )

    def report(self, error: BaseException, facts: Mapping[str, str]) -> None:
        event, hint = self._event(error, client_options=self._client.options)
        event["tags"] = dict(facts)
        self._client.capture_event(event, hint)

    def close(self) -> None:
        self._client.close(timeout=_PATIENCE_SECONDS)


def _without_secrets(event: "Event", hint: dict[str, Any]) -> "Event":
    """Messages of errors may quote addresses with passwords in them."""
    for raised in event.get("exception", {}).get("values", ()):
        raised["value"] = without_secrets("", raised.get("value"))
    return event


@contextmanager
def sentry(settings: SentrySettings, service: Service) -> Iterator[None]:
    """Report faults while the block runs, if a DSN is set. Raises `SentryNotInstalled`."""
    if settings.dsn is None:
        yield
        return
    try:
        reporter = SentryReporter(settings.dsn.get_secret_value(), service)
    except ImportError as error:
        raise SentryNotInstalled("LYCEUM_SENTRY_DSN needs lyceum-runtime[sentry]") from error
    with reporting_to(reporter):
        yield
