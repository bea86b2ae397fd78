"""An estimate is never told without its interval, in whatever form it leaves."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tallystick.views.cli import scaffold
from tests.views.cli.conftest import Ran, Run

WHOLE = ("--where", "process=permits", "--where", "stage=overall")


@pytest.fixture
def shown(run: Run, tmp_path: Path) -> Run:
    """Asks `show` of a home with the process that `new process` begins."""
    scaffold.write(scaffold.process("permits"), tmp_path / "mine")
    (tmp_path / "naics.csv").write_text("naics_code,naics_description\n332994,Small Arms Manufacturing\n")
    assert run("add", "naics_codes", "naics.csv", "--home", "home", "--records", "mine").code == 0

    def asked(*arguments: str) -> Ran:
        return run("show", *arguments, "--home", "home", "--records", "mine")

    return asked


def test_a_median_and_a_share_have_the_ends_that_their_own_metrics_tell(shown: Run) -> None:
    for metric in ("median_days_in_stage", "share_within_target"):
        told = json.loads(shown(metric, *WHOLE, "--format", "json").out)
        for end in ("low", "high"):
            assert told[end] == json.loads(shown(f"{metric}_{end}", *WHOLE, "--format", "json").out)["value"]
        assert told["low"] is None or told["low"] <= told["value"]
        assert told["high"] is None or told["value"] <= told["high"]
        assert told["value"] is not None


def test_a_breakdown_has_them_in_each_row_and_form(shown: Run) -> None:
    asked = ("median_days_in_stage", "--where", "process=permits", "--by", "stage")
    rows = list(csv.DictReader(io.StringIO(shown(*asked, "--format", "csv").out)))
    assert {tuple(row) for row in rows} == {("stage", "value", "low", "high")}
    assert {row["stage"] for row in rows} == {"overall", "reading", "deciding"}
    (head,) = [line.split() for line in shown(*asked).out.splitlines() if line.startswith("stage ")]
    assert head == ["stage", "value", "days", "low", "high"]


def test_what_has_no_interval_has_no_ends(shown: Run) -> None:
    told = json.loads(shown("stages_entered", *WHOLE, "--format", "json").out)
    assert not {"low", "high"} & told.keys()
