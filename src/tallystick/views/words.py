"""The interface's words in the reader's language; a phrase that nobody translated stays English and says so."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tallystick.catalog import Catalog, read_yaml

ENGLISH = "en"
_SENTENCES = "sentences"
_KEPT = 4096


@dataclass(frozen=True)
class Words:
    """Phrases by their English. `language` is the tag that HTML gives (`en`, `es`).

    `sentences` are those that reach a view filled in (caveats, why a figure is unknown), by their English with
    `{parts}` in the place of what differs.
    """

    language: str = ENGLISH
    phrases: Mapping[str, str] = field(default_factory=dict, hash=False)
    sentences: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __call__(self, phrase: str, **parts: object) -> str:
        """The phrase in the reader's language, its `{parts}` filled in."""
        return self.phrases.get(phrase, phrase).format(**parts) if parts else self.phrases.get(phrase, phrase)

    def knows(self, phrase: str) -> bool:
        """Whether the phrase, or a sentence that came filled in, is in the reader's language."""
        return self.language == ENGLISH or phrase in self.phrases or self._retold(phrase) is not None

    def said(self, text: str) -> str:
        """A text that was written elsewhere, in the reader's language: a phrase, or a sentence that came filled in.

        What was filled in is said in the language too where it has words for it; names and codes stay as they are.
        """
        return self.phrases.get(text) or self._retold(text) or text

    def told(self, text: str) -> str:
        """What `said` says, of a text that nothing may keep: no part of it is remembered."""
        return self.phrases.get(text) or self._retell(text, self.told) or text

    @cached_property
    def _retold(self) -> Callable[[str], str | None]:
        return lru_cache(_KEPT)(self._retell)

    def _retell(self, text: str, say: Callable[[str], str] | None = None) -> str | None:
        say = say or self.said
        for begins, pattern, said in self._patterns:
            found = pattern.fullmatch(text) if text.startswith(begins) else None
            if found:
                return said.format(**{name: say(part) for name, part in found.groupdict().items()})
        return None

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str], str], ...]:
        """How each sentence begins, its pattern, and what it is: the ones with the most words of their own first."""
        found = []
        for sentence, said in self.sentences.items():
            parts = [(literal, name) for literal, name, _, _ in string.Formatter().parse(sentence)]
            pattern = "".join(
                re.escape(literal) + (f"(?P<{name}>.+?)" if name is not None else "") for literal, name in parts
            )
            own = sum(len(literal) for literal, _ in parts)
            found.append((own, parts[0][0], re.compile(pattern, re.DOTALL), said))
        return tuple((begins, pattern, said) for _, begins, pattern, said in sorted(found, key=lambda one: -one[0]))


def languages(catalog: Catalog) -> Mapping[str, Words]:
    """Every language that `records/languages/` has words of, and English, which needs none."""
    told: dict[bool, dict[str, dict[str, str]]] = {False: {}, True: {}}
    for name, path in catalog.below("languages", ".yml"):
        *folders, tag = name.removesuffix(".yml").split("/")
        told[_SENTENCES in folders].setdefault(tag, {}).update(read_yaml(path, dict[str, str]))
    phrases, sentences = told[False], told[True]
    return {ENGLISH: Words()} | {tag: Words(tag, its, sentences.get(tag, {})) for tag, its in phrases.items()}
