"""The evidence of a claim as one file: its bundle, zipped to the same bytes each time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from tallystick.views.visit import Document, Visit

_MADE = (1980, 1, 1, 0, 0, 0)  # the first instant that a ZIP can name: none is told
_PLAIN_FILE = 0o644 << 16


def evidence(visit: Visit, claim: str) -> Document:
    """The bundle of what a claim asks. Raises `UnknownName`, and `UsageError` where it asks nothing that is held."""
    with tempfile.TemporaryDirectory() as folder:
        made = visit.bench.freeze([claim], Path(folder) / claim)
        return Document(zipped(made), "application/zip")


def zipped(folder: Path) -> bytes:
    """A folder as a ZIP: its files by name, without days or owners."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            told = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _MADE)
            told.compress_type, told.external_attr, told.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, 3
            file.writestr(told, path.read_bytes())
    return out.getvalue()
