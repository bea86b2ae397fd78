"""The staffing question is answered with its assumptions, and a number that makes no sense is refused."""

from __future__ import annotations

import json

from tallystick.errors import UsageError
from tests.views.cli.conftest import Run

ASKED = ("whatif", "staffing_287g", "--runs", "2", "--arrivals", "12")


def test_more_of_a_role_do_more_in_time_up_to_what_is_wanted(run: Run) -> None:
    found = run(*ASKED, "--format", "json")
    assert found.code == 0
    rows = json.loads(found.out)
    assert rows[-1]["share_within_target"] >= 0.9
    assert [row["people"] for row in rows] == list(range(rows[0]["people"], rows[-1]["people"] + 1))
    assert rows[0]["busy"] >= rows[-1]["busy"]


def test_the_answer_says_that_it_rests_on_assumptions_and_on_which_seeds(run: Run) -> None:
    told = run(*ASKED, "--seed", "4").out
    assert "Assumptions, not record" in told
    assert "seeds 4 to " in told
    assert "Surely enough: " in told


def test_what_makes_no_sense_is_refused(run: Run) -> None:
    refused = [
        run(*ASKED, "--staff", "programme manager=0"),
        run(*ASKED, "--staff", "cook=3"),
        run(*ASKED, "--role", "cook"),
        run(*ASKED, "--share", "1.5"),
        run("whatif", "staffing_287g", "--arrivals", "1e9"),
        run("whatif", "nothing"),
    ]
    assert [one.code for one in refused] == [UsageError.exit_code] * 6
    assert "Traceback" not in "".join(one.err for one in refused)
