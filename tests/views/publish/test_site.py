"""A site is published whole, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import signal
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.errors import ArchiveError, UsageError
from tallystick.nouns.page import Page
from tallystick.views.publish import site, walk
from tallystick.views.publish.folder import take_place
from tallystick.views.publish.manifest import SUMS
from tallystick.views.publish.names import wanted
from tallystick.views.publish.site import IncompleteSite, publish
from tallystick.views.publish.walk import Desk, Walk
from tallystick.views.visit import Document, Visit
from tallystick.views.words import Words

ON = date(2026, 8, 20)
WHOLE = {"/": "<p>{/claims/x}</p>", "/claims/x": "<h1>x</h1>{/}", "/404": "{/}"}


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The documents that there are, by path; `{/path}` in one is a link that it makes."""
    there = dict(WHOLE)

    def made(path: str, visit: Visit) -> Document | None:
        if path not in there:
            return None
        text = there[path]
        for other in ("/claims/x", "/claims/y", "/"):
            if f"{{{other}}}" in text:
                text = text.replace(f"{{{other}}}", f'<a href="{visit.links.to(other)}">x</a>')
        return Document(text.encode())

    monkeypatch.setattr(walk, "made_at", made)
    return there


@pytest.fixture
def desk(small_bench: Bench) -> Desk:
    pages: Mapping[str, Page] = {"overview": Page("overview", "Overview", "", 1, ())}
    return Desk(small_bench, pages, {"en": Words()})


def _publish(desk: Desk, folder: Path) -> None:
    publish(desk, folder, ON, lambda _name, _done, _of: None)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("documents")
def test_every_file_stands_in_the_list_with_its_sha256(desk: Desk, tmp_path: Path) -> None:
    _publish(desk, tmp_path / "site")
    files = _bytes(tmp_path / "site")
    lines = [line.split("  ", 1) for line in files.pop(SUMS).decode().splitlines()]
    listed = {file: digest for digest, file in lines}
    assert listed == {file: hashlib.sha256(body).hexdigest() for file, body in files.items()}
    assert {"index.html", "claims/x.html", "404.html", "edition.json"} == set(files)


@pytest.mark.usefixtures("documents")
def test_a_site_that_knows_its_address_has_a_sitemap_of_whole_links(desk: Desk, tmp_path: Path) -> None:
    _publish(replace(desk, site="https://example.org/x"), tmp_path / "site")
    listed = (tmp_path / "site" / "sitemap.xml").read_text()
    assert re.findall("<loc>(.*)</loc>", listed) == [
        "https://example.org/x/claims/x.html",
        "https://example.org/x/index.html",
    ]


def test_a_document_is_made_in_every_language_before_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(path: str, visit: Visit) -> Document:
        visit.links.to("/claims/x")
        visit.links.keeping(lang="es").to(path)
        return Document(b"x")

    monkeypatch.setattr(walk, "made_at", made)
    spoken = replace(desk, languages={"en": Words(), "es": Words("es")})
    files = [at.file for at, _ in Walk(spoken).documents(iter([wanted("/money")]), lambda *_: None)]
    assert files == ["money.html", "es/money.html", "claims/x.html", "es/claims/x.html"]


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("/", "{/claims/y}", "leads nowhere"),
        ("/", "{/claims/x}<a href='claims/z.html'>z</a>", "leads to no file"),
        ("/claims/x", "<h2>Money</h2><figure></figure>", "the chart 'Money' is not drawn"),
    ],
)
def test_while_anything_is_missing_the_site_of_before_stays(
    desk: Desk, documents: dict[str, str], tmp_path: Path, path: str, text: str, says: str
) -> None:
    _publish(desk, tmp_path / "site")
    before = _bytes(tmp_path / "site")
    documents[path] = text
    with pytest.raises(IncompleteSite, match=says) as refused:
        _publish(desk, tmp_path / "site")
    assert refused.value.exit_code == 8
    assert _bytes(tmp_path / "site") == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("documents")
def test_a_folder_that_holds_something_else_is_not_touched(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else than a published site"):
        _publish(desk, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.usefixtures("documents")
def test_a_site_with_files_of_somebody_else_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    _publish(desk, tmp_path / "site")
    (tmp_path / "site" / "CNAME").write_text("example.org")
    with pytest.raises(UsageError, match="CNAME"):
        _publish(desk, tmp_path / "site")
    assert (tmp_path / "site" / "CNAME").exists()


@pytest.mark.parametrize("stage", ["while writing", "before the exchange", "after the exchange"])
@pytest.mark.usefixtures("documents")
def test_a_process_killed_at_any_moment_leaves_a_whole_site(desk: Desk, tmp_path: Path, stage: str) -> None:
    _publish(desk, tmp_path / "site")
    before = _bytes(tmp_path / "site")
    died = os.fork()
    if not died:  # pragma: no cover - the process that is killed
        _killed_at(stage)
        publish(replace(desk, site="https://example.org"), tmp_path / "site", ON, lambda *_: None)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(died, 0)[1]) == -signal.SIGKILL
    files = _bytes(tmp_path / "site")
    lines = [line.split("  ", 1) for line in files[SUMS].decode().splitlines()]
    assert {file: digest for digest, file in lines} == {
        file: hashlib.sha256(body).hexdigest() for file, body in files.items() if file != SUMS
    }
    assert (files == before) is (stage != "after the exchange")
    _publish(desk, tmp_path / "site")
    assert _bytes(tmp_path / "site") == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def _killed_at(stage: str) -> None:
    """Have this process kill itself at a stage of publishing."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def die_after(made: Path, folder: Path) -> None:
        take_place(made, folder)
        die()

    patch = pytest.MonkeyPatch()
    match stage:
        case "while writing":
            patch.setattr(site, "sitemap", die)
        case "before the exchange":
            patch.setattr(site, "take_place", die)
        case _:
            patch.setattr(site, "take_place", die_after)


@pytest.mark.usefixtures("documents")
def test_a_disk_that_fills_leaves_the_site_of_before_and_says_so(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(desk, tmp_path / "site")
    before = _bytes(tmp_path / "site")
    write = Path.write_bytes

    def full(path: Path, body: bytes) -> int:
        if path.name == "edition.json":
            write(path, body[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, body)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ArchiveError, match="No space left on device") as refused:
        _publish(desk, tmp_path / "site")
    assert "still there" in refused.value.next_step
    assert _bytes(tmp_path / "site") == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
