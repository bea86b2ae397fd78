"""The reference pages say what the live definitions say."""

from __future__ import annotations

import pytest
from scripts.reference import FOLDER, pages

LIVE = pages()


@pytest.mark.parametrize("name", sorted(LIVE))
def test_a_reference_page_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text() if (FOLDER / name).exists() else ""
    assert written == LIVE[name], "run `make docs` and commit what it writes"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(LIVE)
