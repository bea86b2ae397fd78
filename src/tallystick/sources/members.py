"""Opens a release: the plain files inside it, on disk or ready to be unpacked as they are read."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from zipfile import ZipInfo

from tallystick.archive.store import Store
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member, Packed
from tallystick.nouns.release import Release
from tallystick.sources.archives import Caps, Wanted, everything, gunzip, inflated, listed, names_in, unzip
from tallystick.sources.flowing import opened

_CHUNK = 1 << 20
_ZIP, _GZIP = b"PK", b"\x1f\x8b"
_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")
_MARKUP = (*_PAGE, b"<!doctype", b"<?xml", b"<error")


@contextmanager
def members(
    release: Release,
    store: Store,
    *,
    text: bool = True,
    pages: bool = False,
    caps: Caps | None = None,
    wanted: Wanted = everything,
) -> Iterator[tuple[Member, ...]]:
    """The files of `release`, of a ZIP those `wanted`, in a folder that is gone afterwards.

    `text` says that they are delimited text, which holds no NUL and no markup: of a ZIP those stay packed; `pages`
    that they are web pages. Raises `ReleaseError` when the archive is truncated, damaged, dangerous, or not what its
    name says, and for a web page where none was expected; about what stays packed once it is read.
    """
    caps = caps or Caps()
    with TemporaryDirectory(prefix="tallystick-") as folder, _seekable(store, release) as packed:
        if text and _is_zip(release, packed):
            entries = listed(packed, release.name, Path(folder), caps, wanted)
            yield tuple(
                Member(info.filename, path, Packed(info.file_size, _text_of(release, store, info)))
                for info, path in entries
            )
        else:
            check = _TextCheck if text else _AnyCheck if pages else _PageCheck
            yield tuple(_unpacked(release, packed, Path(folder), caps, check, wanted))


def packed_names(release: Release, store: Store) -> tuple[str, ...]:
    """The names of the members of a release that is a ZIP; none of any other."""
    with _seekable(store, release) as packed:
        return names_in(packed) if _is_zip(release, packed) else ()


def in_utf8(member: Member, encoding: str) -> Member:
    """The member as UTF-8 text, for an engine that reads nothing else. Raises `ReleaseError` with the offset."""
    if codecs.lookup(encoding).name == "utf-8":
        return member
    path = member.path.with_name(f"{member.path.name}.utf8")
    decoder, done = codecs.getincrementaldecoder(encoding)(), 0
    with opened(member) as file, path.open("wb") as out:
        while True:
            chunk = file.read(_CHUNK)
            try:
                out.write(decoder.decode(chunk, final=not chunk).encode())
            except UnicodeDecodeError as error:
                raise ReleaseError(
                    f"this is not {encoding} text: {error.reason}",
                    where=f"{member.name}, byte {done + error.start}",
                    next_step="state the right encoding in source.yml",
                ) from error
            if not chunk:
                return Member(member.name, path)
            done += len(chunk)


def _text_of(release: Release, store: Store, info: ZipInfo) -> Callable[[], Iterator[bytes]]:
    """What unpacks a member of delimited text anew, from a handle of its own."""

    def unpack() -> Iterator[bytes]:
        check = _TextCheck(info.filename)
        with _seekable(store, release) as file:
            for chunk in inflated(file, info, f"{release.name}, member {info.filename}"):
                check(chunk)
                yield chunk

    return unpack


def _unpacked(
    release: Release, packed: BinaryIO, folder: Path, caps: Caps, check: type[_PageCheck], wanted: Wanted
) -> Iterator[Member]:
    name = Path(release.name).name
    if _is_zip(release, packed):
        yield from unzip(packed, release.name, folder, caps, check, wanted)
        return
    lead = packed.read(4)
    packed.seek(0)
    plain = folder / name.removesuffix(".gz")
    if lead.startswith(_GZIP) or name.endswith(".gz"):
        gunzip(packed, release.name, plain, caps, check(plain.name))
    else:
        with plain.open("wb") as out:
            sink = check(plain.name)
            while chunk := packed.read(_CHUNK):
                out.write(chunk)
                sink(chunk)
    yield Member(plain.name, plain)


def _is_zip(release: Release, packed: BinaryIO) -> bool:
    name, lead = Path(release.name).name.lower(), packed.read(4)
    packed.seek(0)
    return (lead.startswith(_ZIP) and not name.endswith((".xlsx", ".xlsm", ".docx"))) or name.endswith(".zip")


class _PageCheck:
    """Looks at a member's bytes as they go by: no release is a web page, unless its source reads pages."""

    def __init__(self, name: str) -> None:
        self._name, self._seen = name, 0

    def __call__(self, chunk: bytes) -> None:
        if not self._seen and self._is_page(chunk[:1000].removeprefix(codecs.BOM_UTF8).lstrip().lower()):
            raise ReleaseError(
                "this is a web page, not a table: the publisher's site answered with an error page",
                where=f"{self._name}, line 1",
                next_step="get the file again from the publisher",
            )
        self._seen += len(chunk)

    def _is_page(self, lead: bytes) -> bool:
        """XML may be what a source's own read.py asks for, unless it says that it is a page."""
        return lead.startswith(_PAGE) or (lead.startswith(b"<?xml") and any(mark in lead for mark in _PAGE[:2]))


class _AnyCheck(_PageCheck):
    """Web pages are let by: whether it is the right one is for its source's read.py to say."""

    def _is_page(self, lead: bytes) -> bool:
        del lead
        return False


class _TextCheck(_PageCheck):
    """Delimited text holds no NUL and does not begin with markup of any kind."""

    def __call__(self, chunk: bytes) -> None:
        before = self._seen
        super().__call__(chunk)
        if (at := chunk.find(b"\0")) >= 0:
            raise ReleaseError(
                "the file holds a NUL byte, which no text does",
                where=f"{self._name}, byte {before + at}",
                next_step="it is damaged, or text in UTF-16: get it again from the publisher",
            )

    def _is_page(self, lead: bytes) -> bool:
        return lead.startswith(_MARKUP)


@contextmanager
def _seekable(store: Store, release: Release) -> Iterator[BinaryIO]:
    """The release's bytes in a file that can be read from anywhere."""
    with store.open(release.sha256) as file:
        if file.seekable():
            yield file
            return
        with tempfile.TemporaryFile(prefix="tallystick-") as copy:
            shutil.copyfileobj(file, copy, _CHUNK)
            copy.seek(0)
            yield copy
