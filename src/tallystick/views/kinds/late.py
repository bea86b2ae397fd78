"""What is overdue: each promised rhythm that was not kept."""

from __future__ import annotations

from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_COLUMNS = (
    Column("title", "source"),
    Column("promised_by", "promised by"),
    Column("every", "how often"),
    Column("last", "last release held"),
    Column("last_day", "its day"),
    Column("expected_by", "next was due"),
    Column("days_late", "days late", "count"),
)


class Late(Kind, frozen=True, kw_only=True):
    """The promises of publishers and laws that are overdue, the longest first."""

    def shown(self, visit: Visit) -> Shown:
        """As of the day known on, else of today."""
        words, bench = visit.words, visit.bench
        promised = [told for told in bench.lateness if told.expected_by is not None]
        late = sorted((told for told in promised if told.is_overdue), key=lambda told: -told.days_late)
        titles = {source.id: source.title for source in bench.pipeline.catalog.sources.values()}
        rows = tuple(
            {
                "source": told.source,
                "title": titles[told.source],
                "promised_by": words(told.promised_by),
                "every": words(told.every.value),
                "last": told.last,
                "last_day": told.last_day,
                "expected_by": told.expected_by,
                "days_late": told.days_late,
            }
            for told in late
        )
        if not promised:
            says = words("Nothing held comes from a source that promises a rhythm.")
        else:
            says = words(
                "Laws and publishers promise when the next file comes: {late} of {all} such promises are overdue.",
                late=len(rows),
                all=len(promised),
            )
        return Shown(self.title or "What is overdue", says, _COLUMNS, rows, edition=bench.edition.id, template="late")
