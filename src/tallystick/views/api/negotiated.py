"""Which form a reply takes: as its parameter says, else as the `Accept` header prefers (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallystick.errors import UsageError
from tallystick.views.download import MEDIA_TYPES, Form


class NotAcceptable(UsageError):
    """Nothing that can be given is what was asked for."""


def form_wanted(named: Form | None, accept: str, given: Sequence[Form]) -> Form:
    """The form of a reply, of those that can be `given`, the first where nothing is preferred.

    Raises `NotAcceptable` when none of them is accepted.
    """
    if named is not None:
        return named
    best = max(given, key=lambda form: _weight(form, accept))
    if _weight(best, accept) <= 0:
        raise NotAcceptable(
            f"none of what is accepted ({accept[:100]}) can be given here",
            where="Accept",
            next_step="accept " + ", or ".join(_plain(form) for form in given),
        )
    return best


def _weight(form: Form, accept: str) -> float:
    """How much the header wants a form, 0 to 1: the most exact of the ranges that it lies in decides."""
    if not accept.strip():
        return 1
    kind = _plain(form)
    ranges = {kind: 3, f"{kind.split('/')[0]}/*": 2, "*/*": 1}
    found = [(ranges[told], weight) for told, weight in _ranges(accept) if told in ranges]
    return max(found, default=(0, 0.0))[1]


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        told, *parameters = [piece.strip().lower() for piece in part.split(";")]
        weights = [one.removeprefix("q=") for one in parameters if one.startswith("q=")]
        yield told, _number(weights[0]) if weights else 1


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0), 1)
    except ValueError:
        return 0


def _plain(form: Form) -> str:
    return MEDIA_TYPES[form].partition(";")[0]
