"""Links of a server: to its own URLs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tallystick.views.asked import Asked
from tallystick.views.urls import url
from tallystick.views.web.assets import version

LANGUAGE = "lang"
KEPT = ("as_known_on", LANGUAGE)
"""The parameters that every link keeps: the day and the language that the reader chose."""
_API = "/api/"  # answers programs, in one language


@dataclass(frozen=True)
class ServerLinks:
    """Links of a server: every one keeps the language and the day that the reader chose.

    `site` is the scheme and host under which readers reach it.
    """

    kept: Asked = field(default_factory=dict, hash=False)
    live: bool = True
    site: str = ""

    def to(self, path: str, asked: Asked | None = None) -> str:
        """The URL of a document."""
        told = {name: values for name, values in (asked or {}).items() if name not in KEPT}
        kept = {name: values for name, values in self.kept.items() if name != LANGUAGE or not path.startswith(_API)}
        return url(path, {**told, **kept})

    def whole(self, path: str, asked: Asked | None = None) -> str:
        """The URL of a document with the site's scheme and host."""
        return self.site + self.to(path, asked)

    def keeping(self, **other: str) -> ServerLinks:
        """Such links with another language or day to keep; '' keeps none."""
        kept = {name: values for name, values in self.kept.items() if name not in other}
        return replace(self, kept=kept | {name: (value,) for name, value in other.items() if value})

    def each(self, figures: int) -> bool:  # noqa: ARG002
        """Every figure, however many there are: nothing is made before somebody asks for it."""
        return True

    def asset(self, name: str) -> str:
        """The URL of a file that pages need."""
        return url(f"/assets/{name}", {"v": (version(name),)})
