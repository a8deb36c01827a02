"""The Web App and the Admin Portal, where they were built: which address each has, and what their pages may do."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.runtime.http import FrontEnd, StaticSite

# In a checkout this file is apps/host/src/lyceum_host/front_ends.py, and the builds are below apps.
_APPS = Path(__file__).resolve().parents[3]

# Scripts, styles and requests of our own only. Courses show pictures and films of other places, and embed pages of
# them, which run in their own frames. hls.js works in a worker that it makes of a blob.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob: https:; media-src 'self' blob: https:; frame-src https:; worker-src 'self' blob:; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)


class FrontEndSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_", extra="ignore")

    web_build: Path = _APPS / "web" / "dist"
    """Folder of the built Web App."""

    admin_build: Path = _APPS / "admin" / "dist"
    """Folder of the built Admin Portal."""


def front_ends(settings: FrontEndSettings | None = None) -> dict[str, FrontEnd]:
    """The front ends that are built, by their names for people."""
    settings = settings or FrontEndSettings()
    known = {
        "Web App": FrontEnd("/", settings.web_build),
        "Admin Portal": FrontEnd("/admin/", settings.admin_build),
    }
    return {name: one for name, one in known.items() if (one.folder / "index.html").is_file()}


def site() -> StaticSite | None:
    """What answers at their addresses; null where none is built."""
    found = front_ends()
    return StaticSite(found.values(), policy=_POLICY) if found else None
