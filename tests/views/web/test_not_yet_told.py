"""What was told of only after the day that is asked says when, and leads to what is known now."""

from __future__ import annotations

from tests.views.web.conftest import Server

ENTRY = "/registers/technologies/clearview-ai"


def test_an_entry_that_was_told_later_says_when_and_leads_to_now(served: Server) -> None:
    answer = served.get(f"{ENTRY}?as_known_on=2019-01-01")
    assert answer.status_code == 404
    assert "It was told on" in answer.text
    assert f'href="{ENTRY}"' in answer.text


def test_an_entry_that_was_never_told_says_no_day(served: Server) -> None:
    answer = served.get(f"{ENTRY}x?as_known_on=2019-01-01")
    assert answer.status_code == 404
    assert "It was told on" not in answer.text
