"""The names of entries in an archive: what is allowed, and what they are called from then on."""

import re
import unicodedata

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, RefusalReason

_DRIVE = re.compile(r"[A-Za-z]:")


def entry_path(name: str, limits: ArchiveLimits) -> str:
    """The path of an entry relative to the archive's root, in NFC, without `.` and empty parts; empty for the root.

    Raises `ArchiveRefused` for a name that could reach outside, or that not everybody would read the same way.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise ArchiveRefused(
            RefusalReason.NAME_NOT_UTF_8, f"The name {name!a} is not UTF-8", entry=ascii(name)
        ) from None
    if len(name) > limits.path_characters:
        raise ArchiveTooLarge(
            RefusalReason.NAME_TOO_LONG,
            f"A name in the archive has more than {limits.path_characters} characters",
            entry=_shown(name),
            limit=limits.path_characters,
        )
    if "\\" in name or any(unicodedata.category(character) == "Cc" for character in name):
        raise _refused(RefusalReason.BAD_NAME, name, "holds a backslash or a control character")
    if name.startswith("/") or _DRIVE.match(name):
        raise _refused(RefusalReason.ABSOLUTE_PATH, name, "is an absolute path")
    parts = [part for part in unicodedata.normalize("NFC", name).split("/") if part not in ("", ".")]
    if ".." in parts:
        raise _refused(RefusalReason.PATH_TRAVERSAL, name, "leads out of the archive")
    if len(parts) > limits.path_depth:
        raise ArchiveTooLarge(
            RefusalReason.TOO_DEEP,
            f"The archive nests folders deeper than {limits.path_depth}",
            entry=_shown(name),
            limit=limits.path_depth,
        )
    return "/".join(parts)


def _refused(reason: RefusalReason, name: str, fault: str) -> ArchiveRefused:
    return ArchiveRefused(reason, f"The name {_shown(name)} in the archive {fault}", entry=_shown(name))


def _shown(name: str) -> str:
    """Printable and short, for a message."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return shown if len(shown) <= 120 else shown[:117] + "..."
