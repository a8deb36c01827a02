"""What every part of the cartridge reader works with."""

from dataclasses import dataclass

from lyceum.course.adapters.importing.common_cartridge.links import CartridgeLinks
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.texts import TextReader
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import MalformedXml, parse_xml
from lyceum.course.adapters.xml_elements import Element
from lyceum.course.domain.importing import RefusalReason


@dataclass(frozen=True, slots=True)
class CartridgeContext:
    archive: UnpackedArchive
    ledger: Ledger
    links: CartridgeLinks
    texts: TextReader
    limits: ArchiveLimits

    def bytes_of(self, path: str | None) -> bytes | None:
        """What a file holds, which is accounted for then; null where there is none."""
        file = self.archive.get(path or "")
        if file is None:
            return None
        self.ledger.account_for(file.path)
        return file.read()

    def xml_of(self, path: str | None) -> Element:
        """The root of a document. Raises `MalformedXml`, also where the document is not there."""
        data = self.bytes_of(path)
        if data is None:
            raise MalformedXml(RefusalReason.XML_MALFORMED, f"{path or 'the file'} is not in the archive")
        return parse_xml(data, path or "", self.limits)
