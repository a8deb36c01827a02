"""What every part of the OLX reader works with."""

from dataclasses import dataclass

from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.olx.links import OlxLinks
from lyceum.course.adapters.importing.olx.tree import OlxFiles
from lyceum.course.adapters.importing.texts import TextReader


@dataclass(frozen=True, slots=True)
class OlxContext:
    files: OlxFiles
    ledger: Ledger
    links: OlxLinks
    texts: TextReader
    limits: ArchiveLimits
