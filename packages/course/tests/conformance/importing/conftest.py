"""Builders of archives, good and hostile, and the real material beside the repository."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.domain.importing import ImportedBlock, ReadCourse

REPOSITORY = Path(__file__).resolve().parents[5]

Files = Mapping[str, str | bytes]
Import = Callable[..., ReadCourse]


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.fixture
def shared_data() -> Path:
    """Course material that nobody here wrote, where the workplace has it."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the real course material is not there: {folder}")
    return folder


@pytest.fixture
def zip_of(tmp_path: Path) -> Callable[[Files], Path]:
    def build(files: Files) -> Path:
        path = tmp_path / "archive.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, as_bytes(content))
        return path

    return build


@pytest.fixture
def tar_of(tmp_path: Path) -> Callable[[Files], Path]:
    def build(files: Files) -> Path:
        path = tmp_path / "archive.tar.gz"
        with tarfile.open(path, "w:gz") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(as_bytes(content))
                archive.addfile(entry, io.BytesIO(as_bytes(content)))
        return path

    return build


@pytest.fixture
def working_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def import_archive(working_folder: Path) -> Import:
    """Imports an archive; checks on the way that a refusal leaves nothing behind."""

    def run(archive: Path, limits: ArchiveLimits | None = None, **arguments: object) -> ReadCourse:
        reader = ArchiveCourseReader(Nh3Sanitiser(), limits)
        before = set(working_folder.iterdir())
        try:
            return reader.read(archive, folder=working_folder, **arguments)  # type: ignore[arg-type]  # passed through
        except BaseException:
            assert set(working_folder.iterdir()) == before
            raise

    return run


@pytest.fixture
def import_olx(tar_of: Callable[[Files], Path], import_archive: Import) -> Callable[..., ReadCourse]:
    """Imports an OLX course from the files given, with a course of one page around them where they leave that out."""

    def run(files: Files, **arguments: object) -> ReadCourse:
        around = {
            "course/course.xml": '<course url_name="run" org="Org" course="C1"/>',
            "course/course/run.xml": '<course display_name="A course"><chapter url_name="ch"/></course>',
            "course/chapter/ch.xml": '<chapter display_name="Chapter"><sequential url_name="seq"/></chapter>',
            "course/sequential/seq.xml": '<sequential display_name="Lesson"><vertical url_name="vert"/></sequential>',
            "course/vertical/vert.xml": '<vertical display_name="Page"/>',
        }
        return import_archive(
            tar_of({**around, **{f"course/{name}": text for name, text in files.items()}}), **arguments
        )

    return run


@pytest.fixture
def fate() -> Callable[[ReadCourse, str, str], tuple[str, str]]:
    """Outcome and reason of the one item of a kind and source."""

    def find(read: ReadCourse, kind: str, source: str) -> tuple[str, str]:
        found = [item for item in read.report.items if (item.kind, item.source) == (kind, source)]
        assert len(found) == 1, [(item.kind, item.source) for item in read.report.items]
        return str(found[0].outcome), found[0].reason

    return find


@pytest.fixture
def blocks_of() -> Callable[[ReadCourse], list[ImportedBlock]]:
    """All blocks of a course, in its order."""

    def blocks(read: ReadCourse) -> list[ImportedBlock]:
        return list(read.course.blocks())

    return blocks


def _page(*components: str) -> dict[str, str]:
    return {"vertical/vert.xml": f'<vertical display_name="Page">{"".join(components)}</vertical>'}


@pytest.fixture
def page_of() -> Callable[..., dict[str, str]]:
    """The files of an Open edX page with these components."""
    return _page


@pytest.fixture
def text_page() -> Callable[..., dict[str, str]]:
    """The files of an Open edX page with this text."""

    def text(html: str, **more: str) -> dict[str, str]:
        return {
            **_page('<html url_name="t"/>'),
            "html/t.xml": '<html filename="t" display_name="Text"/>',
            "html/t.html": html,
            **more,
        }

    return text
