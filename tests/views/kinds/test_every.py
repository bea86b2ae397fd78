"""What a page gets wrong is told with its file, its line and what may stand there."""

from __future__ import annotations

from typing import Any

import pytest

from tallystick.catalog import Catalog
from tallystick.errors import RecordError
from tallystick.nouns.page import View
from tallystick.views.kinds.every import KINDS, kind_of
from tallystick.views.pages.read import pages
from tests.views.kinds.conftest import PAGE, Shows

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("breakdwon", {}, "breakdown"),
    ("breakdown", {"metric": "obligations", "by": ["month"], "colour": "red"}, "colour"),
    ("breakdown", {"metric": "obligations"}, "by"),
    ("breakdown", {"metric": "obligations", "by": ["month", "agency", "category"]}, "one breakdown or two"),
    ("breakdown", {"metric": "obligations", "by": ["month"], "beside": True}, "also"),
    ("breakdown", {"metric": "obligations", "by": ["month"], "over": "last year"}, "last year"),
    ("breakdown", {"metric": "obligations", "by": ["month"], "draw": "pie"}, "pie"),
    ("breakdown", {"metric": "obligations", "by": ["month"], "over": "this fiscal year", "to": "2025-01-01"}, "both"),
    ("figures", {"of": []}, "at least one"),
    ("figures", {"of": [{"metric": "obligations"}]}, "title"),
    ("map", {"metric": "agreements_in_force", "of": "planet"}, "planet"),
    ("targets", {"draw": "bars"}, "one target"),
    ("changes", {"days": 0}, "1 or more"),
]


@pytest.mark.parametrize(("kind", "options", "told"), WRONG)
def test_options_that_a_kind_does_not_take_name_the_file_the_line_and_the_key(
    kind: str, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(RecordError) as refused:
        kind_of(View(kind, options, 7), PAGE)
    assert refused.value.where == "records/pages/example.md, line 7"
    assert told in str(refused.value)


def test_a_metric_that_does_not_exist_is_the_pages_slip_with_near_names(shows: Shows) -> None:
    with pytest.raises(RecordError) as refused:
        shows("breakdown", metric="obligation", by=["month"])
    assert refused.value.where == "records/pages/example.md, line 7"
    assert "obligations" in refused.value.next_step


def test_every_view_of_every_page_is_written_as_its_kind_takes_it(catalog: Catalog) -> None:
    written = [(page, part) for page in pages(catalog).values() for part in page.parts if isinstance(part, View)]
    assert {part.show for _, part in written} <= set(KINDS)
    for page, part in written:
        kind_of(part, page)
