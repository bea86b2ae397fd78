"""What a published site is: its files by their sha256, and the Edition that it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.views.formats import as_json

SUMS = "SHA256SUMS"
EDITION = "edition.json"


def sha256(body: bytes) -> str:
    """The digest that stands in the list."""
    return hashlib.sha256(body).hexdigest()


def sums(digests: Mapping[str, str]) -> bytes:
    """The digests by file, as `sha256sum -c` reads them."""
    return "".join(f"{digest}  {file}\n" for file, digest in sorted(digests.items())).encode()


def about(bench: Bench, on: date, site: str) -> bytes:
    """The Edition, its releases, and the day and address that the site speaks of."""
    held = {part.release for part in bench.edition.parts}
    releases: list[dict[str, Any]] = [
        {"id": one.id, "source": one.source, "name": one.name, "sha256": one.sha256}
        for one in sorted(bench.pipeline.ledger.releases(), key=lambda one: (one.source, one.name, one.id))
        if one.id in held
    ]
    return as_json(
        {
            "edition": bench.edition.id,
            "code": bench.edition.code,
            "speaks for": bench.day,
            "on": on,
            "address": site,
            "releases": releases,
        }
    )


def sitemap(site: str, files: Iterable[str]) -> bytes:
    """The pages of a site at an address for search engines, after sitemaps.org."""
    pages = sorted(file for file in files if file.endswith(".html") and not file.endswith("404.html"))
    listed = "".join(f"<url><loc>{escape(f'{site}/{page}')}</loc></url>\n" for page in pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{space}">\n{listed}</urlset>\n'.encode()


def refuse_unless_ours(folder: Path) -> None:
    """Refuse to replace a folder that is not a published site, or that holds files that are no part of one.

    Raises `UsageError`; a folder that is not there or is empty may be written to.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError("this is a file", where=str(folder), next_step="name a folder")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if not files:
        return
    if not {SUMS, EDITION} <= files:
        raise UsageError(
            "this folder holds something else than a published site",
            where=str(folder),
            next_step="name a new folder, or empty this one yourself",
        )
    listed = {line.split("  ", 1)[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    others = sorted(files - listed - {SUMS})
    if others:
        raise UsageError(
            f"this published site holds {len(others)} files that publishing did not write: {', '.join(others[:3])}",
            where=str(folder),
            next_step="move them away, or publish to another folder and copy it over",
        )
