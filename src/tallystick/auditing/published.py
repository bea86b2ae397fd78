"""Audits what is published, whichever way: a folder, a server that runs, or what a bench would answer to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tallystick.auditing.audit import Audit, Audited, refuse_nothing_heard
from tallystick.auditing.gather import of_folder, of_server
from tallystick.auditing.heard import Heard, heard_of
from tallystick.bench import Bench
from tallystick.disclosure.profile import OPEN, PUBLIC, profile
from tallystick.errors import NotYetError, TallystickError
from tallystick.nouns.metric import Question

MOST = 60


def audit_disclosure(bench: Bench, where: str | None = None, most: int = MOST) -> Audited:
    """What a published folder, or the server at an address, tells of small counts of people in a bench's home.

    Without `where`, what the bench would answer under its own profile, or `public`. A server is asked at most `most`
    questions of each metric, of what is known now and of up to two earlier days on which rows of persons came.
    Raises `UsageError` where nothing can be heard.
    """
    settings = bench.pipeline.settings
    name = PUBLIC if settings.profile in ("", OPEN) else settings.profile
    audit = Audit.of(bench, profile(name, settings.people))
    asked = audit.questions(most, audit.days[-3:-1])
    if where is None:
        others = Bench(replace(bench.pipeline, settings=replace(settings, profile=name)), bench.known_on)
        return audit.audited(_of_bench(others, asked))
    is_address = where.startswith(("http://", "https://"))
    found = audit.audited(of_server(where, asked) if is_address else of_folder(Path(where)))
    refuse_nothing_heard(found)
    return found


def _of_bench(bench: Bench, questions: Iterable[Question]) -> Iterator[Heard]:
    for question in questions:
        try:
            yield heard_of(bench.ask(question))
        except NotYetError:
            raise
        except TallystickError:  # what is refused tells nothing
            continue
