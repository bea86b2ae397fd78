"""What prose calls agencies, firms, technologies, instruments and places: names found in a sentence.

Names come from the records: registers and their entries, the recipients of contracts, and `wording/names`, the one
place to add a synonym. A name that several recipients bear is ambiguous, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from tallystick.articles.wording import Called, Meant
from tallystick.articles.words import one_of

_SUFFIXES = frozenset([
    "inc", "incorporated", "llc", "corp", "corporation", "co", "company", "ltd", "limited", "lp", "llp", "plc", "the",
    "usa", "us", "na", "holdings", "pc", "pllc", "gmbh", "sa", "ag", "intl",
])  # fmt: skip
_TOKEN = re.compile(r"[A-Za-z0-9][\w&.’'-]*")
_SHORT = re.compile(r"[A-Z]{3,5}")
_LEAST_LETTERS = 4
_MOST_FIRMS = 8
_TECHNOLOGY = "technology"
RECIPIENT = "recipient"


@dataclass(frozen=True)
class Named:
    """A name in a sentence: of which `dimension`, its `values` (several where it is ambiguous), its place."""

    dimension: str
    values: tuple[str, ...]
    start: int
    end: int
    whole: bool = True

    @property
    def value(self) -> str:
        return self.values[0]


@dataclass(frozen=True)
class Vocabulary:
    """Names by dimension. `recipients` are ids by each name that a recipient bears; `curated` those people named."""

    called: tuple[Called, ...]
    recipients: Mapping[str, str] = field(default_factory=dict, hash=False)
    curated: frozenset[str] = frozenset()

    def names(self, text: str) -> tuple[Named, ...]:
        """Every name in the text, the longest where two could be read; of each dimension by itself."""
        found = [one for dimension in self._values for one in self._of(dimension, text)]
        places = [(one.start, one.end) for one in found if one.dimension != _TECHNOLOGY]
        firms = [one for one in self._firms(text) if not any(a < one.end and one.start < b for a, b in places)]
        return tuple(sorted([*found, *firms], key=lambda one: (one.start, one.dimension)))

    def with_short(self, texts: Iterable[str]) -> Vocabulary:
        """With the short names of the firms that an article has named whole: `GEO` behind `GEO Group`."""
        whole: dict[str, set[str]] = {}
        firms: dict[str, set[str]] = {}
        for text in texts:
            for one in self.names(text):
                told = text[one.start : one.end]
                first = told.split()[0]
                if one.dimension == RECIPIENT and one.whole and len(one.values) == 1 and _SHORT.fullmatch(first):
                    firms.setdefault(first, set()).add(one.value)
                    whole.setdefault(first, {first}).add(told)
        short = {values.pop(): sorted(whole[first]) for first, values in firms.items() if len(values) == 1}
        return replace(self, called=(*self.called, Called(dimension=RECIPIENT, called=short))) if short else self

    def guesses(self, text: str) -> tuple[Named, ...]:
        """Firms that a single word may mean, for it begins the names of few: evidence is needed to take one of them.

        All of them are the `values`; a word that opens the text, or that names something by itself, is none.
        """
        taken = [(one.start, one.end) for one in self.names(text) if one.dimension != _TECHNOLOGY]
        found = []
        for one in _TOKEN.finditer(text):
            word = _plain(one.group())
            firms = sorted({recipient for _, recipient in self._by_first.get(word, ())})
            named = one.group()[0].isupper() and len(word) > _LEAST_LETTERS and 0 < len(firms) <= _MOST_FIRMS
            if named and not any(start < one.end() and one.start() < end for start, end in taken):
                found.append(Named(RECIPIENT, tuple(firms), one.start(), one.end(), False))
        return tuple(found)

    def meant(self, dimension: str, value: str) -> Meant:
        """The filters that a value stands for: itself, or what the record says."""
        for record in self.called:
            if record.dimension == dimension and value in record.means:
                return record.means[value]
        return Meant(where={dimension: value})

    def values(self, dimension: str) -> tuple[str, ...]:
        """Every value of a dimension that has a name in the records."""
        return tuple(sorted(set(self._values.get(dimension, {}).values())))

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, str]]:
        """By dimension, the value of each way of calling it."""
        found: dict[str, dict[str, str]] = {}
        for record in self.called:
            for value, words in record.called.items():
                for word in words:
                    found.setdefault(record.dimension, {})[word] = value
        return found

    def _of(self, dimension: str, text: str) -> Iterator[Named]:
        words = self._values[dimension]
        for found in one_of(tuple(words)).finditer(text):
            values = {words[word] for word in words if one_of((word,)).fullmatch(found.group())}
            yield Named(dimension, tuple(sorted(values)), found.start(), found.end())

    @cached_property
    def _by_first(self) -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
        """Recipients by the first word of each name they bear."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, recipient in self.recipients.items():
            tokens = tuple(bare(name))
            if tokens:
                found.setdefault(tokens[0], []).append((tokens, recipient))
        return found

    def _firms(self, text: str) -> Iterator[Named]:
        tokens = [(one.group(), one.start(), one.end()) for one in _TOKEN.finditer(text)]
        at = 0
        while at < len(tokens):
            found = self._firm_at(tokens, at)
            if found is not None:
                yield found[0]
            at = found[1] if found else at + 1

    def _firm_at(self, tokens: list[tuple[str, int, int]], at: int) -> tuple[Named, int] | None:
        """The firm whose name begins with a token: the longest run of words that any name has, or begins with."""
        first = _plain(tokens[at][0])
        if not tokens[at][0][0].isupper() or first not in self._by_first:
            return None
        said = [_plain(word) for word, _, _ in tokens[at : at + 8]]
        runs = [(_shared(said, name), name, one) for name, one in self._by_first[first]]
        longest = max(length for length, _, _ in runs)
        alike = [(name, one) for length, name, one in runs if length == longest]
        exact = sorted({one for name, one in alike if len(name) == longest})
        curated = sorted({one for _, one in alike} & self.curated)
        values = tuple(exact or (curated if len(curated) == 1 else sorted({one for _, one in alike})))
        if longest == 1 and not exact and not curated and len(first) < _LEAST_LETTERS:
            return None
        if longest == 1 and not exact and len(curated) != 1:
            return None  # one common word of a longer name names nobody
        if longest == 1 and not curated and tokens[at][1] <= 1:
            return None  # 'Four of them': the capital is the sentence's
        end = at + longest
        while end < len(tokens) and _plain(tokens[end][0]) in _SUFFIXES - {"the", "us", "co"}:
            end += 1
        return Named(RECIPIENT, values, tokens[at][1], tokens[end - 1][2], bool(exact or curated)), end


def bare(name: str) -> Iterator[str]:
    """The words of a firm's name without those that say what sort of firm it is."""
    words = [_plain(word) for word in _TOKEN.findall(name)]
    return (word for word in words if word and word not in _SUFFIXES)


def _plain(word: str) -> str:
    return re.sub(r"[’']s$|[.,’'&-]", "", word.lower())


def _shared(said: Iterable[str], name: tuple[str, ...]) -> int:
    length = 0
    for one, other in zip(said, name, strict=False):
        if one != other:
            break
        length += 1
    return length
