"""Is everything there that the platform needs?"""

from dataclasses import dataclass

from sqlalchemy import create_engine, text

from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.database import driver_url
from lyceum.runtime.settings import PlatformSettings


@dataclass(frozen=True)
class Finding:
    what: str
    good: bool
    detail: str


async def examine(settings: PlatformSettings, url: str) -> list[Finding]:
    """Everything that was looked at, good or bad."""
    # Loads Alembic, which the other commands need not wait for.
    from lyceum.runtime.migrations import differences

    findings = [_database(url)]
    if not findings[0].good:
        return findings
    specs = installed_modules()
    engine = create_engine(driver_url(url, "psycopg"))
    with engine.connect() as connection:
        for spec in specs:
            changes = differences(connection, spec)
            detail = "as declared" if not changes else f"{len(changes)} differences: run `lyceum migrate`"
            findings.append(Finding(f"schema of {spec.name}", not changes, detail))
    engine.dispose()
    try:
        async with Platform(settings=settings, database_url=url, modules=specs) as platform:
            findings.append(Finding("wiring", True, f"{len(platform.modules)} modules, all their ports found"))
            for name, module in platform.modules.items():
                dead = await module.desk.dead_letters(limit=1)
                findings.append(Finding(f"events of {name}", not dead, "dead letters wait" if dead else "none dead"))
    except Exception as error:  # whatever stops the start is what the reader wants to hear of
        findings.append(Finding("wiring", False, f"{type(error).__name__}: {error}"))
    return findings


def _database(url: str) -> Finding:
    engine = create_engine(driver_url(url, "psycopg"))
    try:
        with engine.connect() as connection:
            version = str(connection.execute(text("SHOW server_version")).scalar_one())
        return Finding("database", int(version.split(".")[0]) >= 15, f"PostgreSQL {version}")
    except Exception as error:  # as above
        return Finding("database", False, str(error).splitlines()[0])
    finally:
        engine.dispose()
