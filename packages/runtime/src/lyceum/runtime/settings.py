"""What an operator can set for the platform as a whole; each part has settings of its own beside its code."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class PlatformSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_`; `__` goes one level down, as in `LYCEUM_REMOTE__COURSE`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_", env_nested_delimiter="__", extra="ignore")

    data_dir: Path = Path(".lyceum")
    """Where the embedded servers and the local object storage keep their data."""

    development: bool = False
    """Readable logs, e-mails shown in the log, cookies that also travel over plain HTTP."""

    environment: str = "production"
    """Tells installations apart in logs, traces and fault reports, as in `staging`."""

    public_url: str = "http://127.0.0.1:8000"
    """The address under which browsers reach the platform, without a slash at the end."""

    secret: SecretStr | None = None
    """Signs URLs and cookies, at least 32 characters. Left out, one is made and kept in the data directory."""

    database_url: SecretStr | None = None
    """A PostgreSQL (15 or newer) to use in place of the embedded one: `postgresql://user:password@host/name`."""

    database_roles: bool = True
    """Whether each module works under a database role of its own. Needs a login that may create roles."""

    pool_size: Annotated[int, Field(ge=1, le=50)] = 10
    """Database connections that each module opens at most; once opened, they are kept."""

    remote: dict[str, str] = {}
    """Modules that run in a process of their own, with the base URL of each."""

    event_peers: dict[str, str] = {}
    """Processes to hand this one's events to while there is no `LYCEUM_KAFKA_SERVERS`: names, with base URLs."""

    service_token: SecretStr | None = None
    """What processes of this platform show each other. Needed as soon as `remote` or `event_peers` is set."""

    guard_ports: bool = False
    """Raise when a port is called while a unit of work is open. For tests."""

    ports_over_http: str | None = None
    """For testing that modules can leave: the base URL of this platform's own host. Every call between modules then
    goes there over HTTP, as if all of them ran elsewhere, although they run here. Left out, calls stay in the process.
    """
