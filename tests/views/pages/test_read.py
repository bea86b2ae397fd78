"""Pages as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import RecordError
from tallystick.nouns.page import Prose, View
from tallystick.settings import bundled_records
from tallystick.views.pages.read import pages, read_page

HEAD = "---\ntitle: Border wall\nabout: What it costs.\norder: 35\n---\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "border-wall.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_page_is_prose_and_views_in_their_order(tmp_path: Path) -> None:
    text = HEAD + "\nFirst.\n\n```view\nshow: late\n```\n\n```sh\nls\n```\n"
    page = read_page(written(tmp_path, text))
    assert (page.name, page.title, page.order) == ("border-wall", "Border wall", 35)
    assert page.parts == (Prose("First."), View("late", {}, 9), Prose("```sh\nls\n```"))


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("No facts.\n", "line 1", "facts"),
        ("---\ntitle: Border wall\n---\n", "line 1", "about"),
        (HEAD.replace("order: 35", "order: late"), "line 1", "order"),
        (HEAD + "\n```view\nmetric: obligations\n```\n", "line 7", "show"),
        (HEAD + "\n```view\nshow: [late\n```\n", "line 7", ""),
    ],
)
def test_a_page_that_is_not_as_it_must_be_names_its_file_and_line(
    tmp_path: Path, text: str, line: str, told: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(RecordError) as refused:
        read_page(path)
    assert refused.value.where.startswith(f"{path}, {line}")
    assert told in str(refused.value)


def test_a_page_of_ones_own_takes_the_place_of_the_projects(tmp_path: Path) -> None:
    own = tmp_path / "pages" / "money.md"
    own.parent.mkdir()
    own.write_text(HEAD, encoding="utf-8")
    found = pages(Catalog((bundled_records(), tmp_path)))
    assert found["money"].title == "Border wall"
    assert [page.order for page in found.values()] == sorted(page.order for page in found.values())
