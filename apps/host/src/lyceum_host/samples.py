"""Sample people and sample courses, so that there is something to see from the first minute."""

import asyncio
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID

from lyceum.course.ports import ImportNotFound
from lyceum.kernel.ids import new_id
from lyceum.runtime.composition import Platform
from lyceum.runtime.storage import ObjectNotFound
from lyceum_host.accounts import ensure_account
from lyceum_host.imports import begin_file, wait_for_import

COURSES = files("lyceum_host") / "sample_courses"


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to sign in as. The passwords are public: `lyceum up` is for trying things out."""

    email: str
    name: str
    password: str
    roles: tuple[str, ...] = ()


PEOPLE = (
    SamplePerson("admin@lyceum.example", "Ada Admin", "quiet-harbour-lantern", ("administrator",)),
    SamplePerson("author@lyceum.example", "Omar Author", "copper-meadow-thistle", ("author",)),
    SamplePerson("instructor@lyceum.example", "Ines Instructor", "velvet-compass-orchard", ("instructor",)),
    SamplePerson("learner@lyceum.example", "Lena Learner", "amber-window-sparrow"),
)


async def load_samples(platform: Platform, *, say: Callable[[str], None]) -> None:
    """Make what is not there yet. Needs a running worker."""
    for person in PEOPLE:
        await ensure_account(
            platform, email=person.email, display_name=person.name, password=person.password, roles=person.roles
        )
    for folder in sorted(COURSES.iterdir(), key=lambda each: each.name):
        if folder.is_dir():
            with as_file(folder) as place:
                await _load(platform, place, say)


async def _load(platform: Platform, course: Path, say: Callable[[str], None]) -> None:
    """Import the course, or go on with the import that was begun when the process was stopped, wherever that was."""
    import_id = await _kept_import_id(platform, course.name)
    if import_id is not None:
        try:
            if (await wait_for_import(platform, import_id)).state == "succeeded":
                return
            import_id = None
        except ImportNotFound:
            pass
    say(f"loading the sample course {course.name}")
    if import_id is None:
        import_id = new_id()
        await platform.storage.objects.put(key=_marker(course.name), content=str(import_id).encode())
    with tempfile.TemporaryDirectory(prefix="lyceum-sample-") as folder:
        archive = Path(folder) / f"{course.name}.tar.gz"
        await asyncio.to_thread(_pack, course, archive)
        await begin_file(platform, archive, publish=True, owner="author@lyceum.example", import_id=import_id)
    status = await wait_for_import(platform, import_id)
    if status.state == "failed":
        raise RuntimeError(f"The sample course {course.name} was refused: {status.problem}")


async def _kept_import_id(platform: Platform, name: str) -> UUID | None:
    try:
        stored = await platform.storage.objects.get(key=_marker(name))
    except ObjectNotFound:
        return None
    return UUID((await stored.read()).decode())


def _pack(course: Path, archive: Path) -> None:
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(course, arcname="course")


def _marker(name: str) -> str:
    return f"samples/{name}"
