"""A question's answer as a file to keep."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.views.asked import question_of
from tallystick.views.download import download, form_of
from tallystick.views.interval import with_interval
from tallystick.views.visit import Document, Visit

PATH = "/data"


def data(visit: Visit, _: Mapping[str, str]) -> Document:
    """Every row of the answer in the `format` asked for, CSV if none is.

    Raises `UnknownName` and `UsageError` for what makes no sense as asked.
    """
    form = form_of(visit.one("format", "csv"))
    answer = with_interval(visit.bench, visit.bench.ask(question_of(visit.asked)))
    if not any(row["value"] for row in answer.rows):
        visit.bench.refuse_unheard(answer.question)
    made = download(visit.bench, answer, form, visit.links.whole(PATH, visit.asked))
    return Document(
        made.body, made.media_type, headers={"content-disposition": f'attachment; filename="{made.name}"'}
    )
