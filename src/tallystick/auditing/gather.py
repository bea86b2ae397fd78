"""Gathers what a reader can hear: from the files of a published site, or by asking a server that runs."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from tallystick.auditing.heard import Heard, heard
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question

_PATIENCE = httpx.Timeout(120.0, connect=10.0)
_TRIES, _PAUSE = 120, 1.0
_Parameters = list[tuple[str, str | int | float | bool | None]]
_IS_AN_ANSWER = b'"question"'


def of_folder(folder: Path) -> Iterator[Heard]:
    """Every answer in the files of a published site: its JSON, and the CSV beside each. Raises `UsageError`."""
    if not (folder / "index.html").is_file():
        raise UsageError("no published site is here", where=str(folder), next_step="name the folder of one")
    for path in sorted(folder.rglob("*.json")):
        body = path.read_bytes()
        if _IS_AN_ANSWER in body:
            for one in heard(json.loads(body), str(path.relative_to(folder))):
                yield one
                beside = path.with_suffix(".csv")
                if beside.is_file():
                    yield _as_csv(one, beside.read_text(encoding="utf-8"), str(beside.relative_to(folder)))


def of_server(address: str, questions: Iterable[Question]) -> Iterator[Heard]:
    """What a server answers to questions, as the API and as files to keep, in turns. Raises `UsageError`.

    Whatever it refuses, it tells nothing.
    """
    try:
        with httpx.Client(base_url=address, timeout=_PATIENCE, trust_env=False) as http:
            for number, question in enumerate(questions):
                form = ("api", "json", "csv")[number % 3]
                yield from _asked(http, question, form)
    except httpx.HTTPError as error:
        raise UsageError(
            f"the server cannot be asked: {error}", where=address, next_step="start one with 'tallystick serve'"
        ) from error


def _asked(http: httpx.Client, question: Question, form: str) -> Iterator[Heard]:
    parameters = _parameters(question)
    path = f"/api/v1/metrics/{question.metric}/answer"
    answer = _got(http, path, parameters) if form == "api" else None
    if answer is None or answer.status_code != httpx.codes.OK:
        path, form = "/data", "csv" if form == "csv" else "json"
        answer = _got(http, path, [("metric", question.metric), ("format", form), *parameters])
    if answer.status_code != httpx.codes.OK:
        return
    if form == "csv":
        yield _as_csv(Heard(question, (), path), answer.text, f"{path} as CSV")
    else:
        yield from (replace(one, question=_known(one.question, question)) for one in heard(answer.json(), path))


def _known(told: Question, asked: Question) -> Question:
    return replace(told, as_known_on=asked.as_known_on)


def _got(http: httpx.Client, path: str, parameters: _Parameters) -> httpx.Response:
    """The answer; asked again while the server works it out."""
    answer = http.get(path, params=parameters)
    for _ in range(_TRIES):
        if "retry-after" not in answer.headers:
            break
        time.sleep(_PAUSE)
        answer = http.get(path, params=parameters)
    return answer


def _parameters(question: Question) -> _Parameters:
    where: _Parameters = [
        ("where", f"{name}={value}")
        for name, wanted in question.where.items()
        for value in ([wanted] if isinstance(wanted, str) else wanted)
    ]
    days = {"from": question.start, "to": question.end, "as_known_on": question.as_known_on}
    by: _Parameters = [("by", name) for name in question.by]
    return [*where, *by, *((name, str(day)) for name, day in days.items() if day)]


def _as_csv(one: Heard, body: str, at: str) -> Heard:
    by = one.question.by
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(body)))
    document = {"question": {"metric": one.question.metric, "by": by}, "rows": rows}
    told = rows[0] if rows and not by else {}
    (read,) = heard(document | {"value": told.get("value")}, at)
    return replace(read, question=one.question)
