"""The areas and states that have a sheet of their own."""

from __future__ import annotations

import pytest

from tallystick.bench import Bench
from tallystick.errors import RecordError
from tests.views.kinds.conftest import Shows


@pytest.mark.parametrize("of", ["area", "state"])
def test_each_area_and_state_leads_to_a_sheet_that_is_found(shows: Shows, small_bench: Bench, of: str) -> None:
    subjects = shows("subjects", of=of).about
    assert subjects
    for subject in (subjects[0], subjects[-1]):
        code = subject.path.rsplit("/", 1)[-1]
        assert small_bench.sheet(of, [code]).called == subject.name


def test_a_sheet_that_has_no_list_is_refused(shows: Shows) -> None:
    with pytest.raises(RecordError, match="area, state"):
        shows("subjects", of="county")
