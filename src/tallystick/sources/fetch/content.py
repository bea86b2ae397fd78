"""Judges bytes before they are archived: are they what their name says, whole, and safe to unpack?"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path, PurePosixPath

import msgspec

from tallystick.errors import FetchError
from tallystick.nouns.refresh import Interface

_RATIO = 200
_UNPACKED = 60_000_000_000
_CHUNK = 1 << 20
_SPLIT = re.compile(r"(?P<stem>.+)_(?P<part>\d+)\.csv", re.IGNORECASE)


def check(path: Path, name: str, interface: Interface) -> None:
    """Raises `FetchError` when the file at `path` cannot be the one called `name`."""
    size = path.stat().st_size
    if size < interface.min_bytes:
        raise _refused(f"it has {size} bytes; the smallest that it could have is {interface.min_bytes}", name)
    with path.open("rb") as file:
        start = file.read(512)
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise _refused(f"it is a page, not the file: {_shown(start)}", name)
    match PurePosixPath(name).suffix.lower():
        case ".zip":
            _check_zip(path, name)
        case ".csv":
            _check_csv(start, name)
        case ".json":
            _check_json(path, name)
        case ".gz" if not start.startswith(b"\x1f\x8b"):
            raise _refused(f"it is not a gzip file: {_shown(start)}", name)
        case _:
            pass  # other forms are judged by whoever reads them


def _check_csv(start: bytes, name: str) -> None:
    first = start.split(b"\n", 1)[0]
    if start.lstrip().startswith((b"{", b"[")) or b"," not in first:
        raise _refused(f"its first line is not a header: {_shown(first)}", name)


def _check_json(path: Path, name: str) -> None:
    try:
        msgspec.json.decode(path.read_bytes())
    except msgspec.MsgspecError as error:
        raise _refused(f"it is not JSON: {error}", name) from error


def _check_zip(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_names(entries, name)
            _check_bombs(entries, name)
            _check_parts(entries, name)
            for entry in entries:
                _check_bytes(archive, entry, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _refused(f"it is no whole ZIP file: {error}", name) from error


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if not names:
        raise _refused("the ZIP file is empty", name)
    for entry in entries:
        inside = PurePosixPath(entry.filename)
        if inside.is_absolute() or ".." in inside.parts or "\\" in entry.filename or ":" in entry.filename:
            raise _refused(f"its member '{entry.filename}' would be unpacked outside its folder", name)
        if entry.flag_bits & 1:
            raise _refused(f"its member '{entry.filename}' is encrypted", name)
    if len(set(names)) < len(names):
        raise _refused("two of its members have one name", name)


def _check_bombs(entries: list[zipfile.ZipInfo], name: str) -> None:
    for entry in entries:
        if entry.file_size > _RATIO * max(entry.compress_size, 1_000):
            raise _refused(
                f"its member '{entry.filename}' says it unpacks to {entry.file_size:,} bytes from "
                f"{entry.compress_size:,}, more than {_RATIO} times",
                name,
            )
    if (unpacked := sum(entry.file_size for entry in entries)) > _UNPACKED:
        raise _refused(f"it says it unpacks to {unpacked:,} bytes", name)


def _check_parts(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Split files are numbered from one without a gap, and each holds something."""
    parts: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if found := _SPLIT.fullmatch(entry.filename):
            parts[found["stem"]].add(int(found["part"]))
    for stem, numbers in parts.items():
        missing = sorted(set(range(1, max(numbers) + 1)) - numbers)
        if missing:
            listed = ", ".join(f"{stem}_{number}.csv" for number in missing)
            raise _refused(f"a part of it is missing: {listed}", name)
    if hollow := [entry.filename for entry in entries if entry.file_size == 0]:
        raise _refused(f"its member '{hollow[0]}' is empty", name)


def _check_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Unpack to nowhere: the checksum must hold, and no more may come out than was said."""
    came = 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            came += len(chunk)
            if came > entry.file_size:
                raise _refused(f"its member '{entry.filename}' unpacks to more than it says", name)


def _shown(start: bytes) -> str:
    return repr(" ".join(start.decode("utf-8", "replace").split())[:80])


def _refused(what: str, name: str) -> FetchError:
    return FetchError(
        f"what came as {name} was refused: {what}",
        where=name,
        next_step="nothing was archived; try again later, or look at the address with a browser",
    )
