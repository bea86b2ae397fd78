"""What a view shows when nothing held answers it: which sources would, and how to take them in."""

from __future__ import annotations

from tallystick.bench import Bench
from tallystick.nouns.metric import Answer
from tallystick.nouns.source import Source
from tallystick.views.shown import Shown
from tallystick.views.visit import Visit


def answers_nothing(answer: Answer) -> bool:
    """Whether no row has a known figure."""
    return all(row["value"] is None for row in answer.rows)


def nothing(visit: Visit, answer: Answer, title: str) -> Shown:
    """A view without rows: that nothing held answers it, and what would."""
    return without(visit, title or answer.definition.split("\n", 1)[0].rstrip("."), (answer,))


def without(visit: Visit, title: str, answers: tuple[Answer, ...]) -> Shown:
    """A view of which nothing is held, with the sources that would answer each of the questions asked."""
    if (late := _not_yet(visit, answers)) is not None:
        edition = answers[0].edition
        return Shown(
            title, late, questions=tuple(one.question for one in answers), edition=edition, template="nothing"
        )
    unknown = [one for one in answers if not one.hidden_because]
    if unknown or not answers:
        said = visit.words("Nothing held answers this: it is unknown, not zero.")
    else:
        said = visit.words("Every figure is hidden.") + " " + visit.words("It is neither zero nor unknown.")
    sources = {source.id: source for one in unknown for source in sources_of(visit.bench, one.question.metric)}
    caveats = tuple(dict.fromkeys(caveat for one in answers for caveat in one.caveats))
    edition = answers[0].edition if answers else visit.bench.edition.id
    return Shown(
        title,
        said,
        caveats=caveats,
        questions=tuple(one.question for one in answers),
        edition=edition,
        template="nothing",
        about=tuple(sources.values()),
    )


def _not_yet(visit: Visit, answers: tuple[Answer, ...]) -> str | None:
    """For a past day before every release that could answer, from which day one is held; else None."""
    day, bench = visit.bench.known_on, visit.bench
    first = min((held for one in answers for held in bench.days(one.question.metric)), default=None)
    if day is None or first is None or first <= day:
        return None
    return visit.words(
        "No release held that would answer this is of {day} or before: it is unknown. The first is of {first}.",
        day=day,
        first=first,
    )


def sources_of(bench: Bench, metric: str) -> tuple[Source, ...]:
    """The sources whose releases a metric counts, code lists left out."""
    catalog, graph = bench.pipeline.catalog, bench.pipeline.graph
    tables = {name for table in bench.metrics.metric(metric).inputs for name in graph.published(table)}
    found = {catalog.published[name].id: catalog.published[name] for name in sorted(tables)}
    return tuple(source for _, source in sorted(found.items()) if not source.always_known)
