"""Everything of the records by which the sentences of an article are matched to questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tallystick.articles.aims import Aim, aims_of
from tallystick.articles.subject import content
from tallystick.articles.vocabulary import Vocabulary
from tallystick.articles.wording import Asking, Called, Plain, Span, Times, Wording
from tallystick.articles.words import one_of
from tallystick.catalog import Catalog
from tallystick.nouns.metric import Metric
from tallystick.tables.entries import Kept
from tallystick.tables.graph import Graph

_ALIASES = "registers/recipient_aliases.csv"
_BESIDE_NAME = re.compile(r"\s*\(([^)]*)\)")


@dataclass(frozen=True)
class Known:
    """`asks` are the questions that prose may ask, `names` what it calls things, `times` spans by name, `plain` words
    that change nothing, `turns` those that turn a meaning round (`turns_lent`: that of the
    sentences after them too). `day` is the one that the Edition speaks for;
    `metrics` are those that may be asked, `aims` the targets that are registered, `cities` areas' codes by their
    city."""

    asks: tuple[Asking, ...]
    names: Vocabulary
    times: tuple[Span, ...]
    plain: frozenset[str]
    day: date
    metrics: Mapping[str, Metric]
    aims: tuple[Aim, ...] = ()
    turns: re.Pattern[str] = re.compile(r"(?!)")
    turns_lent: re.Pattern[str] = re.compile(r"(?!)")
    cities: Mapping[str, str] = field(default_factory=dict)


def known_of(catalog: Catalog, graph: Graph, recipients: Mapping[str, str], day: date,
             metrics: Mapping[str, Metric]) -> Known:  # fmt: skip
    """All of it from records, registers and the recipients' ids by each name they bear."""
    states = graph.registers["states"]
    named = dict(zip(states.values("state_name"), states.values("state"), strict=True))
    areas = graph.registers["areas_of_responsibility"]
    offices = dict(zip(areas.values("aor"), areas.values("area_name"), strict=True))
    names = vocabulary(catalog, graph.entries, (_places(named), _areas(offices)), recipients)
    aims = aims_of(graph.registers["targets"])
    return Known(
        wording(catalog),
        names,
        spans(catalog),
        plain_words(catalog),
        day,
        metrics,
        aims,
        turning(catalog),
        turning_when_lent(catalog),
        {name: code for code, name in offices.items()},
    )


def wording(catalog: Catalog) -> tuple[Asking, ...]:
    """The questions of every record of wording, in the order of their paths."""
    return tuple(ask for one in catalog.written("wording/asks", Wording).values() for ask in one.asks)


def plain_words(catalog: Catalog) -> frozenset[str]:
    """The stems of words that change nothing."""
    written = catalog.written("wording/plain", Plain).values()
    return frozenset(stem for one in written for word in one.words for stem in content(word))


def turning(catalog: Catalog) -> re.Pattern[str]:
    """The words that turn round what a number says: the figure may be right, and of another thing."""
    return one_of(tuple(word for one in catalog.written("wording/turns", Plain).values() for word in one.words))


def turning_when_lent(catalog: Catalog) -> re.Pattern[str]:
    """Those that turn what the next sentences say too."""
    return one_of(tuple(catalog.written("wording/turns", Plain)["lent"].words))


def spans(catalog: Catalog) -> tuple[Span, ...]:
    """Times by what happened."""
    return tuple(span for one in catalog.written("wording/times", Times).values() for span in one.times)


def _places(states: Mapping[str, str]) -> Called:
    """States, of codes by name."""
    return Called(dimension="state", called={code: [name] for name, code in states.items()})


def _areas(names: Mapping[str, str]) -> Called:
    """ICE's areas, of names by code: never the city alone, which is less than its area."""
    kinds = ("area", "area of responsibility", "AOR", "field office", "office", "region")
    called = {code: [f"{name} {kind}" for kind in kinds] for code, name in names.items()}
    return Called(dimension="aor", called=called)


def cities(names: Mapping[str, str]) -> Mapping[str, str]:
    """Areas' codes by the city that each is called after, for a text that speaks of areas."""
    return {name: code for code, name in names.items()}


def vocabulary(catalog: Catalog, kept: Mapping[str, Kept], places: Sequence[Called],
               recipients: Mapping[str, str]) -> Vocabulary:  # fmt: skip
    """The names that prose calls things by. `places` are of registers, `recipients` ids by each name they bear."""
    written = tuple(catalog.written("wording/names", Called).values())
    technologies = Called(dimension="technology", called=_titles(kept))
    vendors = (
        {str(one.fields.get("vendor")) for one in kept["technologies"].entries} if "technologies" in kept else ()
    )
    curated = {row.split(",", 1)[0] for row in _lines(catalog)}
    return Vocabulary((*written, *places, technologies), recipients, frozenset({*curated, *vendors}) - {"None"})


def _titles(kept: Mapping[str, Kept]) -> dict[str, list[str]]:
    """What the register calls each technology: its title, and what stands in brackets behind it."""
    found: dict[str, list[str]] = {}
    firms = (
        {str(one.fields.get("vendor", "")) for one in kept["technologies"].entries}
        if "technologies" in kept
        else set()
    )
    for entry in kept["technologies"].entries if "technologies" in kept else ():
        title = str(entry.fields["title"])
        names = [_BESIDE_NAME.sub("", title).strip()]
        names += [part.strip() for part in _BESIDE_NAME.findall(title) if "," not in part]
        # a technology called as its firm is asked by the firm
        found[entry.name] = [name for name in names if len(name) > 3 and _slug(name) not in firms]
    return {name: words for name, words in found.items() if words}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _lines(catalog: Catalog) -> Iterator[str]:
    path = catalog.files.get(_ALIASES)
    yield from path.read_text(encoding="utf-8").splitlines()[1:] if path else ()
