"""The interface's words in the reader's language; a phrase that nobody translated stays English and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tallystick.catalog import Catalog, read_yaml

ENGLISH = "en"


@dataclass(frozen=True)
class Words:
    """Phrases by their English. `language` is the tag that HTML gives (`en`, `es`)."""

    language: str = ENGLISH
    phrases: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __call__(self, phrase: str, **parts: object) -> str:
        """The phrase in the reader's language, its `{parts}` filled in."""
        return self.phrases.get(phrase, phrase).format(**parts) if parts else self.phrases.get(phrase, phrase)

    def knows(self, phrase: str) -> bool:
        """Whether the phrase is in the reader's language."""
        return self.language == ENGLISH or phrase in self.phrases


def languages(catalog: Catalog) -> Mapping[str, Words]:
    """Every language that `records/languages/` has words of, and English, which needs none."""
    found = {ENGLISH: Words()}
    for name, path in catalog.below("languages", ".yml"):
        tag = name.rsplit("/", 1)[-1].removesuffix(".yml")
        found[tag] = Words(tag, read_yaml(path, dict[str, str]))
    return found
