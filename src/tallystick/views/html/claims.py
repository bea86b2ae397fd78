"""The page of one claim: the sentence, its verdicts, the figure under every definition, and the way to the rows."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.nouns.judgement import Judgement
from tallystick.views.claim_review import claim_review
from tallystick.views.comparison import retold
from tallystick.views.html.render import document
from tallystick.views.judgement import caveats, nothing_then, readings
from tallystick.views.specification import specifications
from tallystick.views.visit import Document, Visit


def claim(visit: Visit, path: Mapping[str, str]) -> Document:
    """The claim called `name`, judged in the visit's Edition. Raises `UnknownName` with near names."""
    judgement = visit.bench.claim(path["name"])
    return document(
        "claim.html",
        visit,
        judgement=judgement,
        has_evidence=_has_evidence(judgement),
        review=claim_review(judgement, visit.links.keeping(lang="", as_known_on="")),
        readings=tuple(readings(judgement)),
        nothing=_nothing(judgement),
        specifications=tuple(specifications(judgement, visit.words)),
        beside=caveats(judgement.now),
    )


def _nothing(judgement: Judgement) -> str:
    """Why nothing was known on the day, each comparison told as readers are told it."""
    told = nothing_then(judgement)
    for check, stated in zip(judgement.claim.checks, judgement.now.stated.figures, strict=True):
        told = retold(told, check.states, stated.unit)
    return told


def _has_evidence(judgement: Judgement) -> bool:
    """Whether any figure of the claim was counted from rows: else there is nothing to freeze."""
    figures = (figure for outcome in judgement.now.outcomes for figure in outcome.figures)
    return any(figure.question is not None and figure.counted is not None for figure in figures)
