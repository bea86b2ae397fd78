"""The sentences labelled by hand, and how well what is found agrees with the labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tallystick.articles.find import quantities
from tallystick.articles.quantity import Kind, Quantity
from tallystick.claims.compare import Interval, parse

_LABEL = re.compile(r"\{(?P<kind>[a-z]+)(?: (?P<states>[^|}]+))?\|(?P<text>[^}]+)\}")


@dataclass(frozen=True)
class Label:
    """One quantity that must be found from `start` to `end` of a sentence; a period has no `states`."""

    kind: Kind
    states: str
    start: int
    end: int

    def is_found_in(self, found: Quantity) -> bool:
        """Whether it is the same: it meets the place, is of the kind, and the same figures satisfy it."""
        placed = found.start < self.end and self.start < found.end
        return placed and found.kind is self.kind and (not self.states or _same(parse(self.states), found.interval))


@dataclass(frozen=True)
class Labelled:
    """A sentence and all that must be found in it."""

    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Score:
    """`found` of `labelled` quantities, and `false` ones beside them; `told` says which went wrong."""

    labelled: int
    found: int
    false: int
    told: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.labelled

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)


def labelled_sentences() -> Iterator[Labelled]:
    """The sentences of `labelled.txt`, read out of their marks."""
    for line in (Path(__file__).parent / "labelled.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield _read(line)


def score() -> Score:
    """What is found in the labelled sentences, beside what must be."""
    labelled = right = false = 0
    told = []
    for sentence in labelled_sentences():
        found = list(quantities(sentence.text))
        labelled += len(sentence.labels)
        for label in sentence.labels:
            same = next((one for one in found if label.is_found_in(one)), None)
            if same is None:
                told.append(f"missed {label.kind} {label.states} in: {sentence.text}")
            else:
                found.remove(same)
                right += 1
        false += len(found)
        told += [f"false {one.kind} {one.states or one.period} '{one.text}' in: {sentence.text}" for one in found]
    return Score(labelled, right, false, tuple(told))


def _read(line: str) -> Labelled:
    text, labels, last = "", [], 0
    for mark in _LABEL.finditer(line):
        text += line[last : mark.start()]
        labels.append(Label(Kind(mark["kind"]), mark["states"] or "", len(text), len(text) + len(mark["text"])))
        text += mark["text"]
        last = mark.end()
    return Labelled(text + line[last:], tuple(labels))


def _same(one: Interval, other: Interval) -> bool:
    """Whether two intervals end alike: a share in words is taken at two digits, so a hundredth is let pass."""
    return all(
        (a is None) == (b is None) and (a is None or b is None or abs(a - b) <= max(abs(a), abs(b)) / 100)
        for a, b in ((one.low, other.low), (one.high, other.high))
    )
