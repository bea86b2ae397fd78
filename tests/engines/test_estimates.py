"""Estimates of lengths against published tables, another implementation, and a plain reading of their definition."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from statsmodels.duration.survfunc import CumIncidenceRight

from tallystick.engines.duckdb import DuckDB
from tallystick.engines.estimates import HIGH, LOW, quantile_of_lengths, share_ended_within

Spell = tuple[int, int, int]
NORMAL = 1.959963984540054

# Weeks of remission: Freireich et al. 1963, as Gehan 1965 and Cox 1972 print them; 0 is censored.
SIX_MP = [
    (6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1), (17, 0), (19, 0),
    (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0),
]  # fmt: skip
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
# What survives under 6-MP: Klein and Moeschberger, Survival Analysis, 2nd edition 2003, table 4.1.
SURVIVING = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
# Its intervals at 95 percent by log(-log), as R's survfit(conf.type = "log-log") prints them.
ENDS = {10: (0.503, 0.889), 23: (0.188, 0.680)}


def of(told: Sequence[tuple[int, int]]) -> list[Spell]:
    return [(-1, length, how) for length, how in told]


@pytest.mark.parametrize(("weeks", "share"), SURVIVING.items())
def test_remissions_under_6_mp_survive_as_the_textbook_prints(weeks: int, share: float) -> None:
    ended = share_ended_within(of(SIX_MP), 0, weeks, 0)
    assert ended is not None
    assert round(1 - ended, 3) == share


@pytest.mark.parametrize(("weeks", "ends"), ENDS.items())
def test_the_interval_of_the_textbooks_curve_is_that_of_another_program(
    weeks: int, ends: tuple[float, float]
) -> None:
    low, high = (share_ended_within(of(SIX_MP), 0, weeks, side) for side in (LOW, HIGH))
    assert low is not None
    assert high is not None
    assert (round(1 - high, 3), round(1 - low, 3)) == ends


def test_the_medians_of_both_groups_are_those_published() -> None:
    """23 weeks, of which the interval has no upper end, and 8 weeks (4 to 11)."""
    assert [quantile_of_lengths(of(SIX_MP), 0.5, side) for side in (LOW, 0, HIGH)] == [13, 23, None]
    placebo = [(-1, weeks, 1) for weeks in PLACEBO]
    assert [quantile_of_lengths(placebo, 0.5, side) for side in (LOW, 0, HIGH)] == [4, 8, 11]


def test_what_was_not_watched_for_so_long_is_unknown() -> None:
    assert share_ended_within(of(SIX_MP), 0, 36, 0) is None
    assert quantile_of_lengths(of(SIX_MP), 0.9, 0) is None
    assert quantile_of_lengths([], 0.5, 0) is None
    assert share_ended_within(None, 1, 5, 0) is None
    assert share_ended_within(of([(9, 0), (9, 0)]), 1, None, 0) is None


def test_none_and_all_have_the_exact_interval() -> None:
    """None of 20 that ended: the upper end is 1 - 0.025 ** (1 / 20), by Clopper and Pearson."""
    none = of([(9, 0)] * 20)
    assert [share_ended_within(none, 1, 5, side) for side in (LOW, 0)] == [0, 0]
    assert share_ended_within(none, 1, 5, HIGH) == pytest.approx(1 - 0.025 ** (1 / 20))
    every = of([(3, 1)] * 20)
    assert share_ended_within(every, 1, 5, LOW) == pytest.approx(0.025 ** (1 / 20))
    assert share_ended_within(every, 1, 5, HIGH) == 1


def test_a_curve_that_ends_before_the_late_ones_come_tells_nothing_of_them() -> None:
    """One that was watched from the beginning ends before two come to notice: nobody knows what came between."""
    late = [(-1, 2, 1), (30, 40, 1), (35, 60, 0)]
    assert quantile_of_lengths(late, 0.5, 0) is None
    assert share_ended_within(late, 1, 50, 0) is None


@settings(max_examples=60, deadline=None)
@given(told=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 1)), min_size=1, max_size=25))
def test_curves_their_intervals_and_medians_are_those_of_a_library_of_other_people(
    told: list[tuple[int, int]],
) -> None:
    """scipy's, which shares no code with the one in use: Kaplan and Meier, Greenwood on the scale of log(-log)."""
    ends = [length for length, how in told if how]
    if not ends:
        return
    still = [length for length, how in told if not how]
    curve = ecdf(CensoredData(uncensored=ends, right=still)).sf
    with (
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
    ):  # it says so where all have ended: that is not compared
        warnings.simplefilter("ignore", RuntimeWarning)
        low, high = curve.confidence_interval(method="log-log")
    for place, length in enumerate(curve.quantiles):
        lasts = float(curve.probabilities[place])
        ended = [share_ended_within(of(told), 0, int(length), side) for side in (LOW, 0, HIGH)]
        assert ended[1] == pytest.approx(1 - lasts, abs=1e-9)
        if 1e-9 < lasts < 1 - 1e-9:
            assert ended[0] == pytest.approx(1 - high.probabilities[place], abs=1e-6)
            assert ended[2] == pytest.approx(1 - low.probabilities[place], abs=1e-6)
    for part in (0.25, 0.5, 0.75, 0.9):
        crossed = _first_below(curve.quantiles, curve.probabilities, 1 - part)
        assert quantile_of_lengths(of(told), part, 0) == crossed
        for side, end in ((LOW, low), (HIGH, high)):
            # where the curve is at none its own interval is not defined: the curve itself counts there
            ends = np.where(curve.probabilities <= 1e-9, 0.0, end.probabilities)
            assert quantile_of_lengths(of(told), part, side) == _first_below(curve.quantiles, ends, 1 - part)


def _first_below(lengths: Sequence[float], lasting: Sequence[float], share: float) -> float | None:
    return next((length for length, one in zip(lengths, lasting, strict=True) if one <= share + 1e-12), None)


_TOLD = st.tuples(st.integers(0, 15), st.integers(0, 2))


@settings(max_examples=60, deadline=None)
@given(told=st.lists(_TOLD, min_size=1, max_size=25), by=st.integers(0, 15))
def test_shares_by_their_way_of_ending_are_those_of_another_implementation(
    told: list[tuple[int, int]], by: int
) -> None:
    """The cumulative incidence of statsmodels, which counts nobody that came late."""
    lengths, how = np.array(told).T
    if not (how == 1).any() or lengths.max() < by:
        return
    with np.errstate(all="ignore"):  # it divides by those left where none are
        other = CumIncidenceRight(lengths, how)
    until = other.times <= by
    wanted, error = (row[until][-1] if until.any() else 0.0 for row in (other.cinc[0], other.cinc_se[0]))
    assert share_ended_within(of(told), 1, by, 0) == pytest.approx(wanted, abs=1e-9)
    if 1e-9 < wanted < 1 - 1e-9 and error > 1e-9:
        low = share_ended_within(of(told), 1, by, LOW)
        scale = error / abs(wanted * np.log(wanted))
        assert low == pytest.approx(wanted ** np.exp(NORMAL * scale), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(
    spells=st.lists(
        st.tuples(st.integers(0, 12), st.integers(-1, 11), st.integers(0, 2)).map(
            lambda told: (min(told[1], told[0] - 1), told[0], told[2])
        ),
        min_size=1,
        max_size=25,
    ),
    by=st.integers(0, 12),
)
def test_any_shares_are_as_the_definition_says(spells: list[Spell], by: int) -> None:
    """Late ones too, counted one by one: what survives before each length, times the share that ends there so."""
    found = [share_ended_within(spells, how, by, 0) for how in (0, 1, 2)]
    if None in found:
        return
    before, ended = 1.0, [0.0, 0.0, 0.0]
    for day in sorted({length for _, length, how in spells if how and length <= by}):
        risk = sum(after < day <= length for after, length, _ in spells)
        so = [sum(length == day and how == one for _, length, how in spells) for one in (1, 2)]
        for one in (1, 2):
            ended[one] += before * so[one - 1] / risk
        before *= 1 - sum(so) / risk
    assert found == pytest.approx([1 - before, *ended[1:]], abs=1e-9)


def test_statements_call_them_on_every_connection_to_a_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("engine") / "some.duckdb"
    DuckDB(path).close()
    asked = "SELECT quantile_of_lengths([[-1, 3, 1], [-1, 5, 1]], 0.5, 0) AS value"
    with DuckDB(path, read_only=True) as one, DuckDB(path, read_only=True) as other:
        assert one.query(asked).to_pylist() == other.query(asked).to_pylist() == [{"value": 3.0}]
