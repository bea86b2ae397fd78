"""As known on a past day, nobody had said what was said later."""

from __future__ import annotations

from datetime import date

import pytest

from tallystick.bench import Bench
from tallystick.errors import UsageError

DAY = date(2025, 6, 1)


@pytest.mark.real_data
def test_claims_and_targets_of_a_past_day_were_said_by_then(real_bench: Bench) -> None:
    past = real_bench.at(DAY)
    said = {name: real_bench.claim(name).claim.on for name in real_bench.claim_names}
    assert set(past.claim_names) == {name for name, on in said.items() if on <= DAY} != set(said)
    told = {one.name: one.facts["said_date"] for one in real_bench.targets()}
    by_then = {one.name for one in past.targets()}
    assert by_then == {name for name, on in told.items() if on is None or on <= DAY} != set(told)


@pytest.mark.real_data
def test_a_claim_is_not_judged_before_it_was_said(real_bench: Bench) -> None:
    with pytest.raises(UsageError, match="was said on 2025-10-22, after 2025-06-01"):
        real_bench.at(DAY).claim("ice-weapons-70-million")
