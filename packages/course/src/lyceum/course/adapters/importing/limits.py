"""How much an archive may ask of us."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveLimits:
    """All sizes in bytes. The compression ratio is unpacked to packed, and counts from `ratio_free_bytes` on: small
    texts pack very well without meaning harm."""

    archive_bytes: int = 2048 * MIB
    unpacked_bytes: int = 4096 * MIB
    file_bytes: int = 1024 * MIB
    entries: int = 20_000
    nodes: int = 50_000
    path_characters: int = 380
    path_depth: int = 20
    compression_ratio: int = 100
    ratio_free_bytes: int = 10 * MIB
    xml_bytes: int = 16 * MIB
    json_bytes: int = 64 * MIB
