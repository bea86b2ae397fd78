"""Every kind of view by the name that a page writes after `show`."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallystick.errors import RecordError, UnknownName
from tallystick.nouns.page import View
from tallystick.views.kinds.breakdown import Breakdown
from tallystick.views.kinds.kind import Kind

KINDS: Mapping[str, type[Kind]] = {
    "breakdown": Breakdown,
}


def kind_of(view: View, page: str) -> Kind:
    """The view's options as its kind. Raises `UnknownName` with near names, `RecordError` naming what is wrong."""
    if view.show not in KINDS:
        raise UnknownName("kind of view", view.show, KINDS)
    try:
        return msgspec.convert(view.options, KINDS[view.show])
    except msgspec.ValidationError as error:
        raise RecordError(str(error), where=f"records/pages/{page}.md, line {view.line}") from error
