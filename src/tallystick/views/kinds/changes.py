"""What came in lately: the releases of the last days, or of the last day on which any came."""

from __future__ import annotations

from tallystick.nouns.arrivals import Arrivals
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

_COLUMNS = (
    Column("known_on", "known since"),
    Column("title", "source"),
    Column("name", "release"),
    Column("speaks_for", "speaks for"),
)


class Changes(Kind, frozen=True, kw_only=True):
    """The releases that became known in the last `days`, at most `top` of them; else the last that did."""

    days: int = 7
    top: int = 12

    def __post_init__(self) -> None:
        if self.days < 1 or self.top < 1:
            raise ValueError("`days` and `top` are 1 or more")

    def shown(self, visit: Visit) -> Shown:
        """Releases of which nobody stated a day are left out: when they became known is not known."""
        bench = visit.bench
        found = bench.arrivals(self.days)
        titles = {source.id: source.title for source in bench.pipeline.catalog.sources.values()}
        rows = tuple(
            {
                "id": release.id,
                "known_on": release.known_on,
                "title": titles.get(release.source, release.source),
                "name": release.name,
                "speaks_for": release.speaks_for,
            }
            for release in found.releases[: self.top]
        )
        edition = bench.edition.id
        return Shown(
            self.title or "What came in", _says(visit, found, self.top), _COLUMNS, rows, edition=edition,
            template="changes",
        )  # fmt: skip


def _says(visit: Visit, found: Arrivals, top: int) -> str:
    words, count = visit.words, len(found.releases)
    told = {"since": found.since, "day": found.day, "days": found.days, "count": count, "last": found.last}
    if not count:
        return words("No release of a stated day is held.")
    if found.is_quiet:
        says = words(
            "No file that states when it was published came in the {days} days to {day}."
            " The newest held are of {last}.",
            **told,
        )
    else:
        says = words("Files that became known in the {days} days to {day}: {count}.", **told)
    if count > top:
        says = f"{says} {words('The first {top} of {count} are listed.', top=top, count=count)}"
    if not found.undated:
        return says
    undated = words("Files fetched in these days that state no such day, and are not listed: {n}.", n=found.undated)
    return f"{says} {undated}"
