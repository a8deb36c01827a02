"""Archives that mean harm, each refused for its own reason, leaving nothing behind."""

import gzip
import io
import stat
import struct
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lyceum.course.adapters.importing.archive import unpack
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, ReadCourse

Import = Callable[..., ReadCourse]
SMALL = ArchiveLimits(
    archive_bytes=5_000_000, unpacked_bytes=400_000, file_bytes=200_000, entries=50, ratio_free_bytes=50_000
)


def reason_of(run: Import, archive: Path, limits: ArchiveLimits = SMALL) -> str:
    with pytest.raises(ArchiveRefused) as refusal:
        run(archive, limits)
    assert refusal.value.status == (413 if isinstance(refusal.value, ArchiveTooLarge) else 422)
    assert refusal.value.extensions["reason"] == refusal.value.reason
    return str(refusal.value.reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.txt", "path-traversal"),
        ("course/../../outside.txt", "path-traversal"),
        ("/etc/passwd", "absolute-path"),
        ("C:/windows/file.txt", "absolute-path"),
        ("course\\..\\..\\outside.txt", "bad-name"),
        ("course/line\nbreak.txt", "bad-name"),
        ("a" * 500, "name-too-long"),
        ("/".join("abcdefghijklmnopqrstuvwxyz"), "too-deep"),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(
    name: str, reason: str, zip_of: Callable[..., Path], tar_of: Callable[..., Path], import_archive: Import
) -> None:
    assert reason_of(import_archive, tar_of({name: "x"})) == reason
    assert reason_of(import_archive, zip_of({name: "x"})) == reason


def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("caf\u00e9"))
    assert reason_of(import_archive, path) == "name-not-utf-8"


def test_a_zip_name_that_claims_to_be_utf_8_and_is_not_is_refused(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("\u00e4\u00e4", b"")
    path.write_bytes(path.read_bytes().replace("\u00e4\u00e4".encode(), b"\xff\xfe\xfd\xfc"))
    assert reason_of(import_archive, path) == "name-not-utf-8"


def test_a_zip_name_with_a_nul_is_refused(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.txt~hidden", b"")
    path.write_bytes(path.read_bytes().replace(b"good.txt~", b"good.txt\0"))
    assert reason_of(import_archive, path) == "bad-name"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "link"),
        (tarfile.LNKTYPE, "link"),
        (tarfile.CHRTYPE, "special-file"),
        (tarfile.BLKTYPE, "special-file"),
        (tarfile.FIFOTYPE, "special-file"),
    ],
)
def test_a_tar_entry_that_is_neither_file_nor_folder_is_refused(
    kind: bytes, reason: str, tmp_path: Path, import_archive: Import
) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        entry = tarfile.TarInfo("course/entry")
        entry.type = kind
        entry.linkname = "/etc/passwd"
        archive.addfile(entry)
    assert reason_of(import_archive, path) == reason


@pytest.mark.parametrize(("mode", "reason"), [(stat.S_IFLNK, "link"), (stat.S_IFIFO, "special-file")])
def test_a_zip_entry_that_is_neither_file_nor_folder_is_refused(
    mode: int, reason: str, tmp_path: Path, import_archive: Import
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("course/entry")
        entry.external_attr = (mode | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert reason_of(import_archive, path) == reason


def test_two_entries_of_one_name_are_refused(tmp_path: Path, import_archive: Import) -> None:
    tar = tmp_path / "a.tar"
    with tarfile.open(tar, "w") as archive:
        archive.addfile(tarfile.TarInfo("course/a"))
        archive.addfile(tarfile.TarInfo("./course//a"))
    assert reason_of(import_archive, tar) == "duplicate-entry"
    zipped = tmp_path / "a.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("b", "2")
    zipped.write_bytes(zipped.read_bytes().replace(b"b", b"a"))
    assert reason_of(import_archive, zipped) == "duplicate-entry"


def test_a_name_that_is_both_file_and_folder_is_refused(tar_of: Callable[..., Path], import_archive: Import) -> None:
    assert reason_of(import_archive, tar_of({"a": "1", "a/b": "2"})) == "duplicate-entry"
    assert reason_of(import_archive, tar_of({"a/b": "1", "a": "2"})) == "duplicate-entry"


def test_an_encrypted_zip_is_refused(zip_of: Callable[..., Path], import_archive: Import) -> None:
    path = zip_of({"a": "1"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert reason_of(import_archive, path) == "encrypted"


def test_a_zip_with_an_unusual_compression_is_refused(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "1")
    assert reason_of(import_archive, path) == "compression-method"


@pytest.mark.parametrize("declared", [10, 5000])
def test_a_zip_entry_that_lies_about_its_size_is_refused(
    declared: int, zip_of: Callable[..., Path], import_archive: Import
) -> None:
    path = zip_of({"a": bytes(range(200)) * 5})
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, declared)
    path.write_bytes(data)
    assert reason_of(import_archive, path) == "lying-size"


def test_a_damaged_archive_is_refused(
    zip_of: Callable[..., Path], tar_of: Callable[..., Path], tmp_path: Path, import_archive: Import
) -> None:
    whole = tar_of({"a": noise(20_000)}).read_bytes()
    for damaged in (whole[:-9], whole[: len(whole) // 2], whole[:-8] + bytes(4) + whole[-4:]):
        path = tmp_path / "damaged"
        path.write_bytes(damaged)
        assert reason_of(import_archive, path) == "damaged"
    zipped = zip_of({"a": noise(20_000)}).read_bytes()
    for damaged in (zipped[: len(zipped) // 2], zipped.replace(zipped[60:70], bytes(10), 1)):
        path.write_bytes(damaged)
        assert reason_of(import_archive, path) == "damaged"


def test_what_follows_the_end_of_a_tar_is_refused(tar_of: Callable[..., Path], import_archive: Import) -> None:
    path = tar_of({"a": "1"})
    path.write_bytes(path.read_bytes() + gzip.compress(b"and one more thing"))
    assert reason_of(import_archive, path) == "damaged"


@pytest.mark.parametrize("content", [b"", b"just text", b"\x89PNG\r\n\x1a\n" + bytes(600)])
def test_what_is_no_archive_is_refused(content: bytes, tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert reason_of(import_archive, path) == "not-an-archive"


def test_an_archive_of_something_else_is_refused(zip_of: Callable[..., Path], import_archive: Import) -> None:
    assert reason_of(import_archive, zip_of({"holiday.jpg": "x"})) == "unknown-format"


def test_an_archive_that_is_too_large_is_refused_before_it_is_opened(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.zip"
    with path.open("wb") as file:
        file.truncate(SMALL.archive_bytes + 1)
    assert reason_of(import_archive, path) == "archive-too-large"


def noise(size: int) -> bytes:
    """Bytes that do not compress much."""
    return bytes((index * 7919 + index // 251) % 256 for index in range(size))


def test_a_file_that_is_too_large_is_refused(
    zip_of: Callable[..., Path], tar_of: Callable[..., Path], import_archive: Import
) -> None:
    large = {"a": noise(SMALL.file_bytes + 1)}
    assert reason_of(import_archive, tar_of(large)) == "file-too-large"
    assert reason_of(import_archive, zip_of(large)) == "file-too-large"


def test_too_much_content_is_refused(
    zip_of: Callable[..., Path], tar_of: Callable[..., Path], import_archive: Import
) -> None:
    much = {name: noise(SMALL.file_bytes - 1) for name in "abc"}
    limits = ArchiveLimits(unpacked_bytes=SMALL.unpacked_bytes)
    assert reason_of(import_archive, tar_of(much), limits) == "content-too-large"
    assert reason_of(import_archive, zip_of(much), limits) == "content-too-large"


def test_a_bomb_is_refused_by_what_comes_out_of_it(
    zip_of: Callable[..., Path], tar_of: Callable[..., Path], import_archive: Import
) -> None:
    bomb = {"a": bytes(30_000_000)}
    started = time.monotonic()
    assert reason_of(import_archive, tar_of(bomb), ArchiveLimits()) == "compression-ratio"
    assert reason_of(import_archive, zip_of(bomb), ArchiveLimits()) == "compression-ratio"
    assert time.monotonic() - started < 20


def test_a_bomb_in_the_padding_of_a_tar_is_refused(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb") as file:
        file.write(bytes(60_000_000))
    assert reason_of(import_archive, path, ArchiveLimits()) in ("compression-ratio", "damaged")


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_bomb_in_the_headers_of_a_tar_is_refused(form: int, tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=form) as archive:
        archive.addfile(tarfile.TarInfo("a" * 20_000_000))
    assert reason_of(import_archive, path, ArchiveLimits()) == "lying-size"


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_refused_quickly(tmp_path: Path, import_archive: Import) -> None:
    zipped, tar = tmp_path / "a.zip", tmp_path / "a.tar.gz"
    zipped.write_bytes(empty_files_zipped(100_000))
    header = tarfile.TarInfo("a").tobuf()
    with gzip.open(tar, "wb", compresslevel=1) as file:
        file.write(b"".join(renamed(header, index) for index in range(100_000)))
    for path in (zipped, tar):
        started = time.process_time()
        assert reason_of(import_archive, path, ArchiveLimits()) == "too-many-entries"
        assert time.process_time() - started < 10


def empty_files_zipped(count: int) -> bytes:
    names = [b"%08d" % index for index in range(count)]
    local = [struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, 8, 0) + name for name in names]
    central = [
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0, 8, 0, 0, 0, 0, 0, 38 * index) + name
        for index, name in enumerate(names)
    ]
    body, directory = b"".join(local), b"".join(central)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count % 65536, count % 65536, len(directory), len(body), 0)
    return body + directory + end


def renamed(header: bytes, index: int) -> bytes:
    changed = b"%08d" % index + header[8:148] + b" " * 8 + header[156:]
    return changed[:148] + b"%06o\0 " % sum(changed) + changed[156:]


def test_a_directory_too_large_for_its_entries_is_refused(zip_of: Callable[..., Path], import_archive: Import) -> None:
    path = zip_of({"a": "1"})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    padding = bytes(2_000_000)
    tail = bytearray(data[end:])
    struct.pack_into("<I", tail, 12, end - start + len(padding))
    path.write_bytes(data[:end] + padding + bytes(tail))
    assert reason_of(import_archive, path) == "too-many-entries"


def test_names_that_zip_tools_write_are_understood(tmp_path: Path, import_archive: Import) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", "")
        archive.writestr("X\u00e9X.txt", "utf-8 with the flag")
        archive.writestr("YabY.txt", "utf-8 without it")
        archive.writestr("Z1Z.txt", "code page 437")
    data = path.read_bytes().replace(b"YabY", "Y\u00e9Y".encode()).replace(b"Z1Z", b"Z\x82Z")
    path.write_bytes(data)
    unpacked = unpack(path, tmp_path, ArchiveLimits())
    assert set(unpacked.files) == {"imsmanifest.xml", "X\u00e9X.txt", "Y\u00e9Y.txt", "Z\u00e9Z.txt"}


def test_what_was_unpacked_can_be_read_again_from_any_place(zip_of: Callable[..., Path], tmp_path: Path) -> None:
    unpacked = unpack(zip_of({"a": "first", "b": "0123456789", "c": "last"}), tmp_path, ArchiveLimits())
    with unpacked.files["b"].open() as stream:
        assert stream.read(4) == b"0123"
        assert stream.seek(-3, io.SEEK_END) == 7
        assert stream.read() == b"789"
        assert stream.seek(2) == 2
        assert stream.read() == b"23456789"
    assert [file.read() for file in unpacked] == [b"first", b"0123456789", b"last"]
