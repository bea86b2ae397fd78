"""Every kind of view by the name that a page writes after `show`."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallystick.errors import NotYetError, RecordError, TallystickError, UnknownName
from tallystick.nouns.page import Page, View
from tallystick.views.kinds.breakdown import Breakdown
from tallystick.views.kinds.changes import Changes
from tallystick.views.kinds.claims import Claims
from tallystick.views.kinds.entries import Entries
from tallystick.views.kinds.figures import Figures
from tallystick.views.kinds.findings import Findings
from tallystick.views.kinds.forecast import Forecast
from tallystick.views.kinds.kind import Kind
from tallystick.views.kinds.late import Late
from tallystick.views.kinds.map import Map
from tallystick.views.kinds.sources import Sources
from tallystick.views.kinds.subjects import Subjects
from tallystick.views.kinds.targets import Targets
from tallystick.views.kinds.verdicts import Verdicts
from tallystick.views.shown import AWAITED, Shown
from tallystick.views.visit import Visit

KINDS: Mapping[str, type[Kind]] = {
    "breakdown": Breakdown,
    "claims": Claims,
    "changes": Changes,
    "entries": Entries,
    "figures": Figures,
    "forecast": Forecast,
    "late": Late,
    "map": Map,
    "targets": Targets,
    "verdicts": Verdicts,
    "findings": Findings,
    "sources": Sources,
    "subjects": Subjects,
}


def shown(view: View, page: Page, visit: Visit) -> Shown:
    """What a view of a page shows; of what is still being worked out, that.

    Raises `RecordError` with the file and the line for what the page gets wrong.
    """
    kind = kind_of(view, page)
    try:
        return kind.shown(visit)
    except NotYetError:
        return Shown(kind.title or visit.words(page.title), template=AWAITED)
    except UnknownName as error:
        raise RecordError(error.what, where=_where(view, page), next_step=error.next_step) from error


def kind_of(view: View, page: Page) -> Kind:
    """The view's options as its kind. Raises `RecordError` naming the file, the line and what is wrong there."""
    try:
        if view.show not in KINDS:
            raise UnknownName("kind of view", view.show, KINDS)
        return msgspec.convert(view.options, KINDS[view.show])
    except TallystickError as error:
        raise RecordError(error.what, where=_where(view, page), next_step=error.next_step) from error
    except msgspec.ValidationError as error:
        known = ", ".join(sorted(field.encode_name for field in msgspec.structs.fields(KINDS[view.show])))
        raise RecordError(
            f"the view '{view.show}' is not written as it must be: {error}",
            where=_where(view, page),
            next_step=f"its options are: {known}",
        ) from error


def _where(view: View, page: Page) -> str:
    return f"{page.file}, line {view.line}"
