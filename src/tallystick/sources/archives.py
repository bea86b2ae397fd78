"""Unpacks ZIP and gzip files without trusting them.

An archive from outside may be cut off, damaged, or made to do harm: names that climb out of the folder, members
that unpack to more than the disk holds. Every claim in its directory is checked before and while it is unpacked.
"""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from isal import igzip, isal_zlib

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member

Sink = Callable[[bytes], None]
Wanted = Callable[[str], bool]

_CHUNK = 1 << 16
_UNPACKED = 1 << 18  # larger pieces come fresh from the system each time, and cost twice as much to fill
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_NotInflated: type[Exception] = isal_zlib.error  # type: ignore[assignment]
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst")


@dataclass(frozen=True)
class Caps:
    """How much unpacking may cost: bytes in all, bytes out for one byte in, and what must stay free on the disk."""

    total: int = 64 << 30
    ratio: int = 250
    free: int = 512 << 20


def names_in(file: BinaryIO) -> tuple[str, ...]:
    """The members that the ZIP `file` lists; none where it is no ZIP or not a whole one: reading says why."""
    start = file.tell()
    try:
        with zipfile.ZipFile(file) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError):
        return ()
    finally:
        file.seek(start)
    return tuple(name for name in names if not _ignored(name))


def everything(_name: str) -> bool:
    """Every member is wanted."""
    return True


def unzip(
    file: BinaryIO, name: str, folder: Path, caps: Caps, check: Callable[[str], Sink], wanted: Wanted = everything
) -> Iterator[Member]:
    """The `wanted` members of the ZIP `file`, each written to `folder` under a name of our own and shown to `check`.

    Raises `ReleaseError` as `listed` and `inflated` do.
    """
    for info, path in listed(file, name, folder, caps, wanted):
        sink = check(info.filename)
        with path.open("wb") as out:
            for chunk in inflated(file, info, f"{name}, member {info.filename}"):
                out.write(chunk)
                sink(chunk)
        yield Member(info.filename, path)


def listed(
    file: BinaryIO, name: str, folder: Path, caps: Caps, wanted: Wanted = everything
) -> list[tuple[zipfile.ZipInfo, Path]]:
    """The `wanted` members of the ZIP `file` as its directory tells of them, each with a path of our own in `folder`.

    Raises `ReleaseError` naming the member for an archive that is cut off, damaged, encrypted, nested, too big,
    that lacks a split part, or whose names would leave the folder.
    """
    try:
        directory = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise ReleaseError(
            f"this is not a whole ZIP archive ({_size(file):,} bytes): {error}",
            where=name,
            next_step="the download was cut off or is an error page: get it again from the publisher",
        ) from error
    entries = [info for info in directory.infolist() if not info.is_dir() and not _ignored(info.filename)]
    _directory_is_sound(entries, name, caps, folder)
    ours = [info for info in entries if wanted(info.filename)]
    return [(info, folder / f"{place:04}-{PurePosixPath(info.filename).name}") for place, info in enumerate(ours)]


def gunzip(file: BinaryIO, name: str, path: Path, caps: Caps, check: Sink) -> None:
    """Unpack the gzip `file` to `path`. Raises `ReleaseError` when it is damaged or too big."""
    written, room = 0, _room(path.parent, caps)
    limit = min(caps.total, max(_size(file) * caps.ratio, 1 << 24))
    with path.open("wb") as out:
        try:
            with igzip.IGzipFile(fileobj=file) as unpacked:
                while chunk := unpacked.read(_CHUNK):
                    written += len(chunk)
                    _still_small(written, limit, room, name)
                    out.write(chunk)
                    check(chunk)
        except (EOFError, OSError, _NotInflated) as error:
            raise ReleaseError(
                f"the gzip file is damaged: {error}", where=name, next_step="download it again"
            ) from error


def _directory_is_sound(entries: list[zipfile.ZipInfo], name: str, caps: Caps, folder: Path) -> None:
    if not entries:
        raise ReleaseError("the ZIP archive holds no file", where=name, next_step="download it again")
    for filename, count in Counter(info.filename for info in entries).items():
        if count > 1:
            raise ReleaseError(f"the ZIP archive holds {count} members of one name", where=f"{name}, {filename}")
    for info in entries:
        _member_is_sound(info, f"{name}, member {info.filename}", caps)
    total = sum(info.file_size for info in entries)
    if total > min(caps.total, _room(folder, caps)):
        raise ReleaseError(
            f"the ZIP archive unpacks to {total:,} bytes, more than may be unpacked or than the disk has room for",
            where=name,
            next_step="see whether it is what it says; free some space if it is",
        )
    _parts_are_whole([info.filename for info in entries], name)


def _member_is_sound(info: zipfile.ZipInfo, where: str, caps: Caps) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename or "\0" in info.orig_filename:
        raise ReleaseError(
            "a member's name leads out of the archive", where=where, next_step="do not trust this file"
        )
    if info.flag_bits & 0x1:
        raise ReleaseError("a member is encrypted", where=where, next_step="get the file without a password")
    if path.name.lower().endswith(_PACKED):
        raise ReleaseError("an archive lies in the archive", where=where, next_step="unpack it and add what it holds")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ReleaseError(f"a member is packed in a way not read here (method {info.compress_type})", where=where)
    if info.file_size > max(info.compress_size * caps.ratio, 1 << 24):
        raise ReleaseError(
            f"a member of {info.compress_size:,} bytes would unpack to {info.file_size:,}",
            where=where,
            next_step="do not trust this file",
        )


def _parts_are_whole(names: list[str], name: str) -> None:
    """Split files are numbered from 1 without a gap."""
    numbers: dict[str, set[int]] = {}
    for member in names:
        stem, _, number = PurePosixPath(member).stem.rpartition("_")
        if stem and number.isdecimal() and len(number) < 4:
            numbers.setdefault(stem, set()).add(int(number))
    for stem, seen in numbers.items():
        if missing := sorted(set(range(1, max(seen) + 1)) - seen):
            lacking = ", ".join(f"{stem}_{number}" for number in missing)
            raise ReleaseError(
                f"the ZIP archive lacks part(s) of a split file: {lacking}", where=name, next_step="download it again"
            )


def inflated(file: BinaryIO, info: zipfile.ZipInfo, where: str) -> Iterator[bytes]:
    """The pieces of one member; its size and CRC are held against the directory's before the last `next` returns.

    Raises `ReleaseError` when the member is damaged.
    """
    if info.header_offset < 0:
        raise _damaged("its header is not where the directory says", where)
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise _damaged("its header is not where the directory says", where)
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, 1)
    crc = written = 0
    try:
        for chunk in _plain(file, info):
            written += len(chunk)
            if written > info.file_size:
                raise _damaged(f"it unpacks to more than the {info.file_size:,} bytes it states", where)
            crc = isal_zlib.crc32(chunk, crc)
            yield chunk
    except _NotInflated as error:
        raise _damaged(str(error), where) from error
    if written != info.file_size:
        raise _damaged(f"it holds {written:,} of the {info.file_size:,} bytes it states", where)
    if crc != info.CRC:
        raise _damaged("its checksum is wrong", where)


def _plain(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    left = info.compress_size
    inflater = isal_zlib.decompressobj(wbits=-15) if info.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (packed := file.read(min(_CHUNK, left))):
        left -= len(packed)
        if inflater is None:
            yield packed
            continue
        while packed:
            yield inflater.decompress(packed, _UNPACKED)
            packed = inflater.unconsumed_tail


def _damaged(how: str, where: str) -> ReleaseError:
    return ReleaseError(f"the ZIP archive is damaged: {how}", where=where, next_step="download it again")


def _still_small(written: int, limit: int, room: int, name: str) -> None:
    if written > min(limit, room):
        raise ReleaseError(
            f"the file unpacks to more than {min(limit, room):,} bytes",
            where=name,
            next_step="see whether it is what it says; free some space if it is",
        )


def _room(folder: Path, caps: Caps) -> int:
    return max(0, shutil.disk_usage(folder).free - caps.free)


def _size(file: BinaryIO) -> int:
    here = file.tell()
    size = file.seek(0, 2)
    file.seek(here)
    return size


def _ignored(name: str) -> bool:
    return name.startswith(_IGNORED[0]) or PurePosixPath(name).name in _IGNORED
