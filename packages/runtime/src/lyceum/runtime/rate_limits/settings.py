"""The limits, as an operator sets them."""

import re
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_RATE = re.compile(r"([1-9][0-9]{0,6})/(second|minute|hour)")


class Rate(NamedTuple):
    """At most `limit` requests in any `seconds`."""

    limit: int
    seconds: int


def _parse(text: object) -> object:
    if not isinstance(text, str):
        return text
    match = _RATE.fullmatch(text)
    if match is None:
        raise ValueError("a rate is written like 600/minute, per second, minute or hour")
    return Rate(int(match[1]), _SECONDS[match[2]])


RateSetting = Annotated[Rate, NoDecode, BeforeValidator(_parse)]


class RateLimitSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_RATE_LIMIT_`, rates as in `600/minute`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_RATE_LIMIT_", extra="ignore")

    enabled: bool = True
    """Off where a gateway in front of the platform limits."""

    read: RateSetting = Rate(1200, 60)
    """GET and the like, of a person."""

    write: RateSetting = Rate(600, 60)
    """Everything else, of a person."""

    credentials: RateSetting = Rate(60, 60)
    """Attempts to sign in, register or reset a password, from a network; accounts have a lock-out of their own."""

    anonymous: RateSetting = Rate(2400, 60)
    """Everything of those who are not signed in, from a network: a whole school may share one."""
