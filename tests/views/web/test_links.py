"""Links keep what the reader chose, where what they lead to can honour it."""

from __future__ import annotations

from tallystick.views.web.links import ServerLinks

SPANISH = ServerLinks({"as_known_on": ("2025-03-01",), "lang": ("es",)})


def test_a_link_keeps_the_day_and_the_language() -> None:
    assert SPANISH.to("/money", {"page": ("2",)}) == "/money?page=2&as_known_on=2025-03-01&lang=es"


def test_a_link_to_the_api_keeps_the_day_and_no_language() -> None:
    assert SPANISH.to("/api/v1/claims") == "/api/v1/claims?as_known_on=2025-03-01"


def test_a_language_that_was_left_is_kept_no_longer() -> None:
    assert SPANISH.keeping(lang="").to("/money") == "/money?as_known_on=2025-03-01"
