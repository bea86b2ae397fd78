"""While a chart, a download, a feed, a report or an asset cannot be had, nothing is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.errors import ArchiveError
from tallystick.nouns.page import Page, View
from tallystick.views.feeds import gathered
from tallystick.views.html import render
from tallystick.views.metadata import datapackage, dcat, llms
from tallystick.views.publish import walk
from tallystick.views.publish.site import IncompleteSite, publish
from tallystick.views.publish.timeless import TimelessBench
from tallystick.views.publish.walk import Desk
from tallystick.views.visit import Document, Visit
from tallystick.views.words import Words

ON = date(2026, 8, 20)
MADE = walk.made_at
Fault = Callable[[Document], Document | None]


@pytest.fixture
def desk(small_bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A site of one page with one chart, and of what that leads to."""
    for module in (datapackage, dcat, llms):
        monkeypatch.setattr(module, "datasets", lambda _bench: iter(()))
    for kind, told in gathered.KINDS.items():
        monkeypatch.setitem(gathered.KINDS, kind, replace(told, entries=lambda _visit: ()))
    options = {"metric": "obligations", "by": ["month"], "draw": "line", "title": "Money by month"}
    page = Page("overview", "Overview", "What there is.", 1, (View("breakdown", options, 1),))
    others = {name: Page(name, name.title(), "A list.", 2, ()) for name in ("claims", "findings", "sources")}
    return Desk(
        TimelessBench(small_bench.pipeline, today=ON),
        {"overview": page, **others},
        {"en": Words(), "es": Words("es")},
    )


def _publish(desk: Desk, folder: Path) -> None:
    publish(desk, folder, ON, lambda _name, _done, _of: None)


def _bytes(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_has_its_charts_data_feeds_reports_catalogs_and_assets(desk: Desk, tmp_path: Path) -> None:
    _publish(desk, tmp_path / "site")
    files = _bytes(tmp_path / "site")
    for start, end in [
        ("chart/", ".svg"), ("data/", ".csv"), ("data/", ".parquet"), ("data/", ".xlsx"), ("feeds/", ".atom"),
        ("reports/", ".pdf"), ("assets/", ".css"), ("data.json", ""), ("datapackage.json", ""), ("llms.txt", ""),
        ("es/index", ".html"), ("why/", ".html"),
    ]:  # fmt: skip
        assert any(file.startswith(start) and file.endswith(end) for file in files), (start, end)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("/chart.svg", "not there"), ("/data", "refused"), ("/data", "empty"), ("/feeds/", "refused"),
        ("/reports/", "refused"), ("/reports/", "empty"), ("/assets/", "not there"), ("/data.json", "empty"),
        ("/why", "not there"),
    ],
)  # fmt: skip
def test_while_one_kind_of_file_cannot_be_had_the_site_of_before_stays(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, fault: str
) -> None:
    before = tmp_path / "site"
    before.mkdir()
    (before / "SHA256SUMS").write_text("00  index.html\n")
    (before / "edition.json").write_text("{}")
    (before / "index.html").write_text("the site of before")
    (before / "SHA256SUMS").write_text("00  index.html\n00  edition.json\n")
    was = _bytes(before)

    def made(path: str, visit: Visit) -> Document | None:
        document = MADE(path, visit)
        if document is None or not path.startswith(kind):
            return document
        if fault == "refused":
            raise ArchiveError("the disk says no")
        return None if fault == "not there" else replace(document, body=b"")

    monkeypatch.setattr(walk, "made_at", made)
    with pytest.raises(IncompleteSite) as refused:
        _publish(desk, before)
    assert refused.value.missing
    assert all(kind in one or kind.strip("/").split(".")[0] in one for one in refused.value.missing)
    assert _bytes(before) == was
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_page_whose_chart_is_not_drawn_is_not_published(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "drawing", lambda _shown, _words: "")
    with pytest.raises(IncompleteSite, match="the chart 'Money by month' is not drawn"):
        _publish(desk, tmp_path / "site")
    assert not list(tmp_path.iterdir())


def test_a_report_that_is_no_pdf_is_not_published(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typst.compile", lambda *_told, **_more: b"<html>an error page</html>")
    with pytest.raises(IncompleteSite, match=r"reports/overview\.pdf: what was made is no such file"):
        _publish(desk, tmp_path / "site")
    assert not list(tmp_path.iterdir())
