"""Ways of ending that compete, done and withdrawn: by hand, by SciPy, and by the law that they are drawn from."""

from __future__ import annotations

import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from tallystick.engines.estimates import HIGH, LOW, share_ended_within

DONE, WITHDREW = 1, 2

# Ten installations, made up for a calculation by hand. At each day: those at risk, what survives before it, and what
# ends then: 2: 10 at risk, one is done; 3: 9, one withdraws; 5: 8, one is done and one withdraws; 6: one is censored;
# 8: 5 at risk, one is done; 9: 4, one withdraws; 12: 3, one is done; 14, 15 and so on: still there.
SPELLS = [(2, 1), (3, 2), (5, 1), (5, 2), (6, 0), (8, 1), (9, 2), (12, 1), (14, 0), (15, 0)]
SURVIVES_BEFORE = {
    2: Fraction(1), 3: Fraction(9, 10), 5: Fraction(8, 10), 8: Fraction(6, 10), 9: Fraction(12, 25),
    12: Fraction(9, 25),
}  # fmt: skip
DONE_BY = {
    2: Fraction(1, 10), 5: Fraction(1, 10) + Fraction(8, 10) / 8, 8: Fraction(2, 10) + Fraction(6, 10) / 5,
    12: Fraction(8, 25) + Fraction(9, 25) / 3,
}  # fmt: skip
WITHDREW_BY = {
    3: Fraction(9, 10) / 9, 5: Fraction(1, 10) + Fraction(8, 10) / 8, 9: Fraction(2, 10) + Fraction(12, 25) / 4,
}  # fmt: skip


def of(told: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    return [(-1, length, how) for length, how in told]


@pytest.mark.parametrize(("day", "share"), DONE_BY.items())
def test_those_done_are_as_counted_by_hand(day: int, share: Fraction) -> None:
    assert share_ended_within(of(SPELLS), DONE, day, 0) == pytest.approx(float(share), abs=1e-12)


@pytest.mark.parametrize(("day", "share"), WITHDREW_BY.items())
def test_those_withdrawn_are_as_counted_by_hand(day: int, share: Fraction) -> None:
    assert share_ended_within(of(SPELLS), WITHDREW, day, 0) == pytest.approx(float(share), abs=1e-12)


@pytest.mark.parametrize(("day", "share"), SURVIVES_BEFORE.items())
def test_those_still_there_are_as_counted_by_hand(day: int, share: Fraction) -> None:
    ended = share_ended_within(of(SPELLS), 0, day - 1, 0)
    assert ended == pytest.approx(float(1 - share), abs=1e-12)


def test_a_withdrawal_is_no_censoring() -> None:
    """To take one that withdrew for one that is still there would say that it may yet be done, and too many are."""
    share = share_ended_within(of(SPELLS), DONE, 12, 0)
    taken_for_open = [(length, 0 if how == WITHDREW else how) for length, how in SPELLS]
    assert share is not None
    assert share == pytest.approx(0.44)
    naive = share_ended_within(of(taken_for_open), DONE, 12, 0)
    assert naive is not None
    assert naive > share + 0.1


_TOLD = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 2)), min_size=2, max_size=30)


@settings(max_examples=60, deadline=None)
@given(told=_TOLD, by=st.integers(1, 15))
def test_shares_are_what_scipys_curve_of_all_endings_gives(told: list[tuple[int, int]], by: int) -> None:
    """What survives before each length is SciPy's, which shares no code with the library behind ours."""
    lengths, how = np.array(told).T
    if by > lengths.max() or not how.any():
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        curve = ecdf(CensoredData(uncensored=lengths[how > 0], right=lengths[how == 0])).sf
    for kind in (DONE, WITHDREW):
        wanted = 0.0
        for length in sorted({int(one) for one in lengths[(how == kind) & (lengths <= by)]}):
            before = curve.evaluate(length - 0.5)
            wanted += float(before) * ((lengths == length) & (how == kind)).sum() / (lengths >= length).sum()
        assert share_ended_within(of(told), kind, by, 0) == pytest.approx(wanted, abs=1e-9)


def test_shares_and_their_intervals_hold_the_law_that_lengths_were_drawn_from() -> None:
    """Two rates compete: by t the share of the first is its part of both, times what both end by t."""
    rates, by, samples, inside = (0.010, 0.004), 90, 200, 0
    law = rates[0] / sum(rates) * (1 - np.exp(-sum(rates) * by))
    draw = np.random.default_rng(7)
    for _ in range(samples):
        ends = np.array([draw.exponential(1 / rate, 150) for rate in rates])
        watched = draw.uniform(60, 300, 150)
        lengths = np.minimum(ends.min(axis=0), watched)
        how = np.where(ends.min(axis=0) > watched, 0, ends.argmin(axis=0) + 1)
        spells = [(-1, round(10_000 * float(length)), int(kind)) for length, kind in zip(lengths, how, strict=True)]
        low, high = (share_ended_within(spells, DONE, 10_000 * by, side) for side in (LOW, HIGH))
        assert low is not None
        assert high is not None
        inside += low <= law <= high
    assert 0.9 <= inside / samples <= 0.99
