"""tallystick freeze, review, refresh: what leaves the house, and what only a person or a publisher can give."""

from __future__ import annotations

from pathlib import Path

import bagit
import pytest

from tests.views.cli.conftest import Run


@pytest.fixture
def built(run: Run, small_data: Path) -> Run:
    """A home of the test's own: what is frozen and decided here opens it in more than one way."""
    assert run("build", "--data", str(small_data)).code == 0
    return run


def test_a_frozen_answer_is_a_valid_bag_and_is_written_once(built: Run, tmp_path: Path) -> None:
    assert built("freeze", "evidence", "obligations", "--where", "agency=ICE").code == 0
    assert bagit.Bag(str(tmp_path / "evidence")).is_valid()
    again = built("freeze", "evidence", "obligations", "--where", "agency=ICE")
    assert again.code == 2
    assert "next:" in again.err


def test_freezing_nothing_says_what_can_be_frozen(built: Run) -> None:
    ran = built("freeze", "evidence")
    assert ran.code == 2
    assert "--claim" in ran.err


def test_a_match_is_decided_between_two_recipients_that_there_are(built: Run) -> None:
    half = built("review", "chevo", "--same", "yes")
    assert half.code == 2
    assert "two recipients" in half.err
    unheard = built("review", "nobody", "no-one", "--same", "yes", "--because", "x", "--by", "data desk")
    assert unheard.code == 2
    assert "no recipient is called 'nobody'" in unheard.err


def test_refreshing_an_unknown_source_gets_near_names(run: Run) -> None:
    ran = run("refresh", "naics_code")
    assert ran.code == 2
    assert "did you mean naics_codes" in ran.err
