"""The words of three years' inventories of AI uses under one set of terms. Beside each term the raw words are kept.

A term is read off how an answer begins; an answer that begins like none of them, one that belongs to another question
among them, is `unknown`. `blank` is a question left empty, `not_asked` one that the year's inventory does not put.
"""

from collections.abc import Mapping

import ibis
from ibis.expr.types import StringValue

NOT_ASKED = "not_asked"
Begins = Mapping[str, tuple[str, ...]]

_NOT_APPLICABLE = ("n/a", "na", "not applicable", "does not apply", "ai is not safety or rights")
_WITHHELD = ("withheld", "redacted", "law enforcement sensitive", "(withheld)", "(redacted)")
_WAIVED = ("caio waived", "agency caio has waived")
_EVERYWHERE: Begins = {"withheld": _WITHHELD, "waived": _WAIVED, "not_applicable": _NOT_APPLICABLE}

STAGES: Begins = {
    "retired": ("retired",),
    "pilot": ("pilot", "proof of concept", "proof-of-concept", "investigating/proof of concept"),
    "planned": ("initiat", "planned", "ideation"),
    "implementation": ("implementation",),
    "pre_deployment": (
        "pre-deployment", "acquisition and/or development", "development and acquisition", "development (not in",
        "initial development", "currently under development",
    ),
    "deployed": (
        "deployed", "deployment", "operation and maintenance", "operation and management", "in production", "in-use",
        "in mission",
    ),
}  # fmt: skip
HIGH_IMPACT: Begins = {
    "presumed_not": ("presumed",),
    "yes": ("high-impact", "rights-impacting", "safety-impacting", "both"),
    "unknown": ("no, use case is too new",),
    "no": ("not high-impact", "neither"),
}
YES_OR_NO: Begins = {"yes": ("yes",), "no": ("no",)}
SAFEGUARDS: Mapping[str, Begins] = {
    "testing": {
        "complete": ("yes", "performance evaluation", "benchmark evaluation", "impact evaluation"),
        "in_progress": ("in-progress",),
        "no": ("no",),
    },
    "assessment": {"complete": ("yes",), "in_progress": ("in-progress", "planned or in-progress"), "no": ("no",)},
    "review": {
        "complete": ("yes", "true", "internal independent review", "oversight board review", "caio review"),
        "in_progress": ("in-progress", "planned or in-progress"),
        "no": ("no",),
    },
    "monitoring": {
        "complete": (
            "yes - monitoring", "yes, sufficient monitoring", "intermittent and manually", "automated and regularly",
            "established process",
        ),
        "in_progress": ("in-progress", "development of monitoring"),
        "no": ("no",),
    },
    "training": {
        "complete": ("training established", "yes, sufficient and periodic training"),
        "in_progress": ("training in-progress", "establishment of sufficient and periodic training"),
        "no": ("no",),
    },
    "failsafe": {"complete": ("yes",), "in_progress": ("in-progress",), "no": ("no",)},
    "appeal": {
        "complete": ("yes", "appeal process established"),
        "in_progress": ("appeal process in-progress", "establishment of an appropriate appeal"),
        "precluded": ("appeal precluded", "law, operational", "no – law", "no - law"),
        "no": ("no",),
    },
    "consultation": {
        "complete": (
            "usability testing", "direct us", "public feedback", "general solicitation", "public hearing",
            "post-transaction", "post transaction", "outreach", "other",
        ),
        "in_progress": ("in-progress",),
        "no": ("none of the above",),
    },
}  # fmt: skip
STATED: Begins = {
    "unknown": ("unknown", "not available", "tbd", "data not reported", "forthcoming", "pending"),
    "no": ("none", "no"),
}
"""Of a cell that should name something: what else it may say."""


def term(cell: StringValue, begins: Begins, otherwise: str = "unknown") -> StringValue:
    """The term of an answer by how it begins; `otherwise` where it begins like no known one, `blank` where it is."""
    bare = cell.replace("\u00a0", " ").lower().re_replace(r"^[\s\[\"']*([a-f]\)\s*)?", "").strip()
    known = [
        (ibis.or_(*[_is(bare, word) for word in words]), name)
        for name, words in [*_EVERYWHERE.items(), *begins.items()]
    ]
    return ibis.cases((cell.isnull() | (bare == ""), "blank"), *known, else_=otherwise)


def _is(bare: StringValue, word: str) -> ibis.expr.types.BooleanValue:
    """Whether an answer begins with a word; a short one must be the whole of a word."""
    if len(word) > len("none"):
        return bare.startswith(word)
    return (bare == word) | bare.re_search(rf"^{word}[^a-z0-9]")
