"""The claims: what was said, by whom and when, with the verdict as known then and as known now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.errors import UsageError
from tallystick.nouns.judgement import DEPENDS, NOT_ONE, Judgement
from tallystick.views.judgement import judgement_row
from tallystick.views.kinds.kind import Kind
from tallystick.views.shown import Column, Shown
from tallystick.views.visit import Visit

COLUMNS = ("claim", "said", "by", "on", "then", "now")
VERDICTS = ("holds", "fails", DEPENDS, "unknown", NOT_ONE.format(dimension="instrument"))


@dataclass(frozen=True)
class ClaimList:
    """The judgements to list, the newest sentence first; how many there are of each verdict, and which was chosen."""

    judgements: Sequence[Judgement]
    verdicts: Mapping[str, int]
    chosen: str
    total: int


class Claims(Kind, frozen=True, kw_only=True):
    """Every claim, or those of the verdict that the parameter `verdict` names."""

    def shown(self, visit: Visit) -> Shown:
        """The claims with both verdicts. Raises `UsageError` for a verdict that there is not."""
        chosen = visit.one("verdict")
        if chosen and chosen not in VERDICTS:
            raise UsageError(
                f"no verdict is called '{chosen[:40]}'",
                where="verdict",
                next_step=f"say one of: {', '.join(VERDICTS)}",
            )
        every = sorted(visit.bench.claims(), key=lambda one: one.claim.on, reverse=True)
        counts = Counter(one.word for one in every)
        listed = [one for one in every if not chosen or one.word == chosen]
        rows = tuple({name: judgement_row(one)[name] for name in COLUMNS} for one in listed)
        return Shown(
            self.title or visit.words("Claims"),
            columns=tuple(Column(name, name) for name in COLUMNS),
            rows=rows,
            edition=visit.bench.edition.id,
            template="claims",
            about=ClaimList(listed, {word: counts[word] for word in VERDICTS if counts[word]}, chosen, len(every)),
        )
