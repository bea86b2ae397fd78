"""Two homes that hold the same Edition publish the same bytes, whenever, wherever and in whatever order it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tallystick import clock
from tallystick.nouns.page import Page, View
from tallystick.nouns.release import Provenance
from tallystick.pipeline import Pipeline
from tallystick.settings import Settings, bundled_records
from tallystick.sources.matching import matched
from tallystick.views.feeds import gathered
from tallystick.views.metadata import datapackage, dcat, llms
from tallystick.views.publish.names import Wanted
from tallystick.views.publish.site import publish
from tallystick.views.publish.timeless import TimelessBench
from tallystick.views.publish.walk import Desk, made_at
from tallystick.views.words import Words
from tests.views.conftest import written_small

ON = date(2026, 8, 20)
CLAIM = """
said: ICE spent more than $100
by: news report
on: 2026-08-21
citation: https://example.gov/a
checks: [{name: spent, metric: obligations, where: {agency: ICE}, is: "> 100"}]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The small capture, the same bytes under another name, and a code list that nobody dated."""
    folder = written_small(tmp_path / "data")
    capture = folder / "CBP_ICE_FY2025_asof_20260820_small.csv"
    (folder / "CBP_ICE_FY2025_asof_20260821_small.csv").write_bytes(capture.read_bytes())
    records = tmp_path / "mine" / "claims" / "2026"
    records.mkdir(parents=True)
    (records / "spent.yml").write_text(CLAIM)
    return folder


def _desk(home: Path, files: Iterable[Path], records: Path) -> Desk:
    pipeline = Pipeline(Settings(home, (bundled_records(), records), threads=1, memory_limit="2GB"))
    sources = pipeline.catalog.sources.values()
    for path in files:
        for source, found in matched(path.parent, sources).releases:
            if found == path:
                pipeline.add(source, path, Provenance(source.id, path.name))
    view = View("breakdown", {"metric": "obligations", "by": ["month"], "draw": "line", "title": "Money"}, 1)
    lists = {name: Page(name, name.title(), "A list.", 2, ()) for name in ("claims", "findings")}
    came = Page("sources", "Sources", "What came.", 2, (View("changes", {}, 1), View("late", {}, 2)))
    shown = {"overview": Page("overview", "Overview", "All.", 1, (view,)), **lists, "sources": came}
    return Desk(TimelessBench(pipeline, today=ON), shown, {"en": Words(), "es": Words("es")})


def _bytes(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_another_home_on_another_day_in_another_order_gives_the_same_bytes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (datapackage, dcat, llms):
        monkeypatch.setattr(module, "datasets", lambda _bench: iter(()))
    monkeypatch.setitem(gathered.KINDS, "verdicts", replace(gathered.KINDS["verdicts"], entries=lambda _visit: ()))
    first = datetime(2026, 8, 21, 9, tzinfo=UTC)
    files = sorted(data.iterdir())
    monkeypatch.setattr(clock, "now", lambda: first)
    one = _desk(tmp_path / "one", files, tmp_path / "mine")
    publish(one, tmp_path / "site", ON, lambda *_: None)
    monkeypatch.setattr(clock, "now", lambda: first + timedelta(days=40))
    other = _desk(tmp_path / "deep" / "er" / "other", reversed(files), tmp_path / "mine")
    publish(other, tmp_path / "deep" / "site", ON, lambda *_: None)
    assert one.bench.edition.id == other.bench.edition.id
    made, again = _bytes(tmp_path / "site"), _bytes(tmp_path / "deep" / "site")
    assert set(made) == set(again)
    assert any(b"holds the same bytes as" in made[file] for file in made if file.startswith("findings/"))
    assert [file for file in made if made[file] != again[file]] == []
    assert b"2026-08-21T09" not in b"".join(made.values())
    for path in ("/claims/spent", "/evidence/spent.zip"):
        alone, beside = (made_at(path, desk.visit(Wanted(path), lambda _wanted: None)) for desk in (one, other))
        assert alone is not None
        assert alone == beside
