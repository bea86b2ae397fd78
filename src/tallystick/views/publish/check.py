"""Whether a written site is whole: every link, file, anchor and chart of it is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tallystick.views.publish.references import References, references
from tallystick.views.urls import unquoted

_ELSEWHERE = re.compile(r"^(https?|mailto):", re.IGNORECASE)


@dataclass
class Check:
    """Takes in file after file, and at the end says what is missing. `site` is the address that it will lie at."""

    site: str = ""
    _found: dict[str, References] = field(default_factory=dict)

    def take(self, file: str, body: bytes) -> None:
        """Remember what a file refers to and offers."""
        self._found[file] = references(file, body)

    def missing(self, files: Collection[str]) -> Iterator[str]:
        """What is missing, in the order of the files it is missed in; `files` are all that were written."""
        anchors: Mapping[str, Collection[str]] = {file: its.anchors for file, its in self._found.items()}
        for file, its in sorted(self._found.items()):
            for lead in sorted(its.leads):
                wrong = self._wrong(file, lead, files, anchors)
                if wrong:
                    yield f"{file}: {wrong}"
            yield from (f"{file}: the chart '{title}' is not drawn" for title in its.empty)

    def _wrong(
        self, file: str, lead: str, files: Collection[str], anchors: Mapping[str, Collection[str]]
    ) -> str | None:
        """What is wrong with a link, if anything is."""
        at = self._place(file, lead)
        if at is None:
            return None
        target, _, anchor = at.partition("#")
        if target.startswith("/"):
            return f"the link '{lead}' only works at the root of a host"
        target = posixpath.normpath(unquoted(target)) if target else file
        if target.startswith("../"):
            return f"the link '{lead}' leads out of the site"
        if target not in files:
            return f"the link '{lead}' leads to no file"
        if anchor and target in anchors and unquoted(anchor) not in anchors[target]:
            return f"the link '{lead}' leads to no anchor of {target}"
        return None

    def _place(self, file: str, lead: str) -> str | None:
        """The link as a path of the site, not yet tidied; None where it leads elsewhere."""
        if self.site and (lead == self.site or lead.startswith(f"{self.site}/")):
            return lead.removeprefix(self.site).lstrip("/") or "index.html"
        if _ELSEWHERE.match(lead):
            return None
        path, sign, anchor = lead.partition("#")
        return (posixpath.join(posixpath.dirname(file), path) if path else "") + sign + anchor
