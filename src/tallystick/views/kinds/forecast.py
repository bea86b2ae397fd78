"""What lies ahead of a process, and how what was said before turned out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from tallystick.nouns.forecast import Forecast as Made
from tallystick.views.forecast import (
    NO_FLOWS,
    NO_TARGET_SET,
    RESTS,
    SCORED,
    flow_rows,
    last_watched,
    not_heard_of,
    past_rows,
    score_rows,
    told_beside,
    unit_rows,
    why_none,
)
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_UNITS = (
    Column("title", "unit under way"),
    Column("state", "state"),
    Column("entered_date", "under way since"),
    Column("watched_until_date", "last watched"),
    Column("due_date", "due"),
    Column("chance_in_time", "chance to be in time", "share"),
    Column("chance_within_30_days", "chance to be done in 30 days", "share"),
    Column("naive_chance_within_30_days", "the naive chance", "share"),
    Column("expected_date", "expected"),
    Column("expected_date_low", "from"),
    Column("expected_date_high", "to"),
)
_FLOWS = (
    Column("what", "what"),
    Column("within_days", "days ahead", "count"),
    Column("expected", "expected", "count"),
    Column("low", "from", "count"),
    Column("high", "to", "count"),
    Column("naive_expected", "the naive number", "count"),
)
_PAST = (
    Column("title", "unit then under way"),
    Column("state", "state"),
    Column("entered_date", "under way since"),
    Column("said_of_date", "said of the day"),
    Column("chance_within_30_days", "chance to be done in 30 days", "share"),
    Column("expected_date", "expected"),
    Column("expected_date_low", "from"),
    Column("expected_date_high", "to"),
    Column("done_date", "done on"),
    Column("became", "what became of it"),
)
_SCORES = (
    Column("measure", "measure"),
    Column("of", "of"),
    Column("judged", "judged", "count"),
    Column("days", "days", "count"),
    Column("model", "this method", "number"),
    Column("naive", "naive", "number"),
    Column("verdict", "verdict"),
)


class Of(StrEnum):
    """What of a forecast is shown."""

    UNITS = "units"
    PROGRAMME = "programme"
    SCORE = "score"
    PAST = "past"


class Forecast(Kind, frozen=True, kw_only=True):
    """A forecast of a process: `of` its units, those due first, of the whole programme, or its score; or what was
    said of its units on the last `past` day with several under way, and what became of them.

    `stage` is a stage of the process; without it the whole way, or where only stages have targets the first that has.
    """

    process: str
    of: Of = Of.UNITS
    stage: str | None = None
    top: int = 20

    def shown(self, visit: Visit) -> Shown:
        """As of what is known; what was said before is judged by that too."""
        forecasting = visit.bench.forecasting
        if self.of is Of.SCORE:
            return self._scores(visit)
        if self.of is Of.PAST:
            return self._past(visit)
        made = forecasting.made(self.process, self.stage)
        rows = tuple(unit_rows(made) if self.of is Of.UNITS else flow_rows(made))
        columns = _FLOWS if self.of is Of.PROGRAMME else _of_units(rows)
        says = self._says_of_units(visit, made) if self.of is Of.UNITS else self._says_of_flows(visit, made)
        aimed = made is None or made.target_days is not None or self.of is not Of.UNITS
        if made and rows and self.of is Of.UNITS:
            says = " ".join([says, *map(visit.words.said, filter(None, [last_watched(made), not_heard_of(made)]))])
        caveats = ((RESTS,) if rows else ()) + (() if aimed else (NO_TARGET_SET,))
        return self._made(visit, says, columns, rows[: self.top], caveats)

    def _says_of_units(self, visit: Visit, made: Made | None) -> str:
        words = visit.words
        if made is None or not made.units:
            return words.said(why_none(made))
        return words(
            "{units} are under way on {day}; what becomes of them is learned of {stays} stays. The first {top} are "
            "shown, by the day on which they are due and by age.",
            units=sum(unit.heard_of for unit in made.units), day=made.day, stays=made.stays,
            top=min(self.top, len(made.units)),
        )  # fmt: skip

    def _says_of_flows(self, visit: Visit, made: Made | None) -> str:
        if made is None or not made.flows:
            return visit.words(NO_FLOWS)
        return visit.words("Counted from {day}; 80 of 100 numbers lie between the two ends.", day=made.day)

    def _beside(self, visit: Visit) -> tuple[str, ...]:
        """How good it was, which is read with every forecast."""
        forecasting = visit.bench.forecasting
        judged = forecasting.judged(self.process, self.stage)
        return told_beside(forecasting.kept(self.process, self.stage), judged)

    def _scores(self, visit: Visit) -> Shown:
        forecasting = visit.bench.forecasting
        told = forecasting.judged(self.process, self.stage).scores
        return self._made(visit, "", _SCORES, tuple(score_rows(told)), (SCORED,) if told else ())

    def _past(self, visit: Visit) -> Shown:
        rows = tuple(past_rows(visit.bench.forecasting.judged(self.process, self.stage)))
        says = visit.words("No past day can be told of.")
        if rows:
            says = visit.words(
                "What was said on {day}, the last past day with several under way, beside what became of them: "
                "{units} units, of which the first {top} are shown.",
                day=rows[0]["said_of_date"], units=len(rows), top=min(self.top, len(rows)),
            )  # fmt: skip
        return self._made(visit, says, _PAST, rows[: self.top], (RESTS,) if rows else ())

    def _made(self, visit: Visit, says: str, columns: Any, rows: Any, caveats: tuple[str, ...]) -> Shown:
        title = self.title or f"Forecast of {self.process}"
        edition = visit.bench.edition.id
        about = self._beside(visit)
        return Shown(title, says, columns, rows, caveats=caveats, edition=edition, template="forecast", about=about)


def _of_units(rows: tuple[dict[str, Any], ...]) -> tuple[Column, ...]:
    """The columns of units, less those of a target that none has."""
    aimed = any(row["due_date"] for row in rows)
    return tuple(column for column in _UNITS if aimed or column.name not in ("due_date", "chance_in_time"))
