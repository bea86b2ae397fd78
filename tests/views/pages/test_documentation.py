"""The views that the documentation shows are views: each is put to a bench."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.bench import Bench
from tallystick.nouns.page import View
from tallystick.views.kinds.every import KINDS, shown
from tallystick.views.pages.read import read_page
from tests.docs.blocks import ROOT
from tests.views.kinds.conftest import PAGE, visit

HEAD = "---\ntitle: Example\nabout: An example.\norder: 1\n---\n\n"
TEXT = (ROOT / "docs" / "add-a-page.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```view\n.*?^```$", TEXT, re.M | re.S)


def test_the_documentation_shows_views() -> None:
    assert len(BLOCKS) >= 4


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[1])
def test_a_view_of_the_documentation_shows_figures_or_says_what_would(
    block: str, small_bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "example.md"
    path.write_text(HEAD + block + "\n", encoding="utf-8")
    page = read_page(path)
    (view,) = [part for part in page.parts if isinstance(part, View)]
    made = shown(view, replace(PAGE, file=str(path)), visit(small_bench))
    assert made.rows or made.about
    assert made.says or made.about


def test_every_kind_that_may_be_written_stands_in_the_documentation() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in TEXT] == []
