"""Links of a published site: from file to file, each remembered, so that what is linked to is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tallystick.views.asked import Asked
from tallystick.views.publish.names import Wanted, relative, wanted
from tallystick.views.words import ENGLISH

FEW = 12
"""Of how many figures of a breakdown each has a why of its own."""
NOT_FOUND = "/404"
_EXPLORE = "/explore"
_DAY = "as_known_on"
_ASKS = ("metric", "where", "by", "from", "to", "day", _DAY)


@dataclass(frozen=True)
class StaticLinks:
    """Links that stand in `file`. Each document that one leads to is told to `want`.

    `site` is the address that the site will lie at, without a final slash; '' is a site that does not know: then what
    leaves it has relative links too. A link speaks of a past day only where it says so itself (`keeps_day`).
    """

    file: str
    want: Callable[[Wanted], None]
    language: str = ENGLISH
    site: str = ""
    keeps_day: bool = True
    live: bool = False

    def to(self, path: str, asked: Asked | None = None) -> str:
        """The relative link to a document."""
        found = self._wanted(path, asked).file
        # a host shows the page of what is not there at any depth: only whole links work from it
        is_anywhere = self.site and self.file.endswith(f"{NOT_FOUND[1:]}.html")
        return f"{self.site}/{found}" if is_anywhere else relative(self.file, found)

    def whole(self, path: str, asked: Asked | None = None) -> str:
        """The link with the site's address, where it is known."""
        return f"{self.site}/{self._wanted(path, asked).file}" if self.site else self.to(path, asked)

    def keeping(self, **other: str) -> StaticLinks:
        """Such links in another language; or of now, when `as_known_on` is ''."""
        language = other["lang"] or ENGLISH if "lang" in other else self.language
        return replace(self, language=language, keeps_day=self.keeps_day and other.get(_DAY) != "")

    def each(self, figures: int) -> bool:
        """Few figures lead to a why each, more to that of the whole breakdown, which has all of its rows."""
        return figures <= FEW

    def asset(self, name: str) -> str:
        """The link to a file that pages need."""
        return self.to(f"/assets/{name}")

    def _wanted(self, path: str, asked: Asked | None) -> Wanted:
        told = {name: values for name, values in (asked or {}).items() if self.keeps_day or name != _DAY}
        found = wanted(*_without_server(path, told), self.language)
        self.want(found)
        return found


def _without_server(path: str, asked: Mapping[str, tuple[str, ...]]) -> tuple[str, Asked]:
    """Explore needs a server: a breakdown leads to its why, which has all of its rows, a metric to its definition."""
    metric = asked.get("metric", ("",))[-1]
    if path != _EXPLORE or not metric:
        return path, asked
    if not asked.get("by"):
        return f"/definitions/{metric}", {}
    return "/why", {name: values for name, values in asked.items() if name in _ASKS}
