"""What an external provider's redirect brings back (RFC 6749 sections 4.1.2 and 4.1.2.1, RFC 9207)."""

from dataclasses import dataclass, field

from lyceum.auth.domain.errors import ExternalSignInFailed
from lyceum.auth.domain.policies.authorization_requests import Parameters

MAX_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class ExternalCallback:
    """A code that the provider gave out, and who it says it is. `state` finds the pending sign-in."""

    state: str
    code: str = field(repr=False)
    issuer: str | None


def read_callback(parameters: Parameters) -> ExternalCallback:
    """Raises `ExternalSignInFailed` where the provider reports an error, or for anything but one code and one state."""
    values = dict(parameters)
    if len(values) != len(parameters) or any(len(value) > MAX_LENGTH for value in values.values()):
        raise ExternalSignInFailed()
    if values.get("error") == "access_denied":
        raise ExternalSignInFailed("The sign-in was cancelled at the provider")
    if "error" in values or not values.get("state") or not values.get("code"):
        raise ExternalSignInFailed()
    return ExternalCallback(values["state"], values["code"], values.get("iss"))
