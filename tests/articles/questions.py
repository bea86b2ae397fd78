"""Sentences and articles labelled with the questions that their numbers ask, and those that are taken for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tallystick.articles.asking import asked
from tallystick.articles.before import Before
from tallystick.articles.changed import changed
from tallystick.articles.find import quantities
from tallystick.articles.known import Known, known_of
from tallystick.articles.leaning import leaning_on
from tallystick.articles.match import Match, Said, matches, said, spoken
from tallystick.articles.quantity import Kind
from tallystick.articles.reading import read
from tallystick.catalog import Catalog
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.claim import Claim
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph

HERE = Path(__file__).parent
DAY = date(2026, 8, 20)
NOTHING = "-"


@dataclass(frozen=True)
class Labelled:
    """A sentence and, for each of its numbers in order, the questions that may be taken for it."""

    text: str
    asks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Told:
    """How the numbers of labelled sentences came out; `wrong` and `left` say each that did not as labelled."""

    numbers: int
    right: int
    wrong: tuple[str, ...]
    left: tuple[str, ...]
    abstained: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.left))


def known_of_records() -> tuple[Known, tuple[Said, ...]]:
    """What the project's own records know, with the recipients of their register of names and no other."""
    catalog = Catalog((bundled_records(),))
    graph = Graph(catalog)
    aliases = graph.registers["recipient_aliases"]
    place, name = aliases.columns.index("recipient"), aliases.columns.index("value")
    recipients = {str(row[name]): str(row[place]) for row in aliases.rows}
    known = known_of(catalog, graph, recipients, DAY, Metrics(catalog, graph).by_name)
    return known, said(catalog.written("claims", Claim))


def sentences(path: Path) -> tuple[Labelled, ...]:
    """The sentences of a file: `question,question | sentence`, each question with its alternatives: `a|b`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_labelled(line) for line in lines if line.strip() and not line.startswith("#"))


def told(labelled: Sequence[Labelled], known: Known, claims: Sequence[Said], *, as_article: bool) -> Told:
    """How the sentences come out, each alone or as one article after the other."""
    right, wrong, left, abstained, before = 0, [], [], 0, Before()
    if as_article:
        known = replace(known, names=known.names.with_short([one.text for one in labelled]))
    for one in labelled:
        found = list(_taken(one.text, known, claims, before))
        if as_article:
            before = leaning_on(before, read(one.text, quantities(one.text), known, before), known)
        for number, (text, taken) in enumerate(found):
            may = one.asks[number] if number < len(one.asks) else one.asks[-1]
            if taken is None:
                abstained += NOTHING in may
                left += [] if NOTHING in may else [f"{text} in: {one.text}"]
            elif any(_is(taken, ask) for ask in may):
                right += 1
            else:
                wrong.append(f"{text} as {_words(taken)} in: {one.text}")
    return Told(right + len(wrong) + len(left) + abstained, right, tuple(wrong), tuple(left), abstained)


def _taken(text: str, known: Known, claims: Sequence[Said], before: Before) -> Iterator[tuple[str, Match | None]]:
    found = quantities(text)
    its, claimed = read(text, found, known, before), matches(spoken(text, before.last.text), claims)
    for one in found:
        if one.kind is not Kind.PERIOD:
            every = (*claimed[one], *changed(one, its, known), *asked(one, its, known))
            yield one.text, next((match for match in every if not match.against), None)


def _is(taken: Match, ask: str) -> bool:
    """Whether what was taken asks what is labelled: the metric, and each filter and day that the label has."""
    metric, *rest = ask.split()
    check = taken.check if taken.check.metric else taken.claim.checks[0]
    has = _asks(taken)
    named = (part.partition("=") for part in rest)
    return (check.metric or "needs") == metric and all(has.get(name) == value for name, _, value in named)


def _asks(taken: Match) -> Mapping[str, str]:
    check = taken.check if taken.check.metric else taken.claim.checks[0]
    days = {"from": check.start, "to": check.end}
    where = {name: value if isinstance(value, str) else "|".join(value) for name, value in check.where.items()}
    return {**where, **{name: str(day) for name, day in days.items() if day is not None}}


def _words(taken: Match) -> str:
    check = taken.check if taken.check.metric else taken.claim.checks[0]
    return " ".join([check.metric or "needs", *(f"{name}={value}" for name, value in _asks(taken).items())])


def _labelled(line: str) -> Labelled:
    label, _, text = line.partition(" | ")
    return Labelled(text, tuple(tuple(one.strip().split("|")) for one in label.split(",")))
