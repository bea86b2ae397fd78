"""Refuses files about identified people, and leaked ones, before a byte of them is archived.

Public releases of this field are about organisations and amounts. A table that says someone's alien number, date of
birth, or first and last name was leaked, or was never meant to be kept. So was one that holds such numbers under any
head, or hashes of them: who tries all numbers that there can be undoes the hash. A column of such a name that is
blank or blacked out (`(b)(6)`) says nothing of anyone. What a message names is the column, never what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from tallystick.errors import ReleaseError
from tallystick.nouns.source import Source
from tallystick.sources.leads import Lead, Rows, leads

_LINES = 60  # preambles stand before the header of some files
_FEWEST = 3  # one cell, or two, may be a number of something else
_ALONE = re.compile(
    r"(?:(?:the|subject|person|detainee|alien|victim|employee|individual) )?(?:"
    r"a (?:no|num|nbr|number|file|file (?:no|number))|anumber|alien (?:a )?(?:no|num|nbr|number|id|file number|"
    r"registration (?:no|number)|reg (?:no|num|number))|ssn|social security(?: (?:no|num|number))?|"
    r"dob|date of birth|birth ?date|passport(?: (?:no|num|number))?|(?:fins|fin) (?:no|num|number)|"
    r"(?:fbi|sid) (?:no|num|number)|fingerprint (?:id|no|number)|drivers? licen[cs]e(?: (?:no|number))?|"
    r"detainee (?:full )?name|alien (?:full )?name|subject (?:full )?name|home address|mothers? maiden name)"
)
_UNDECLARED = re.compile(
    r"full ?name|name of (?:the )?(?:person|detainee|subject|alien)|surname|last(?: name)? first(?: name)?|"
    r"first(?: name)? last(?: name)?|nombres?(?: completo| y apellidos?)?|(?:primer |segundo )?apellidos?(?: \w+)?|"
    r"birth ?(?:day|dt|dat)|(?:fecha|lugar) de nacimiento|(?:eid )?(?:subject|person|civ) id|"
    r"(?:home|cell|mobile|personal) ?(?:phone|email)(?: number)?|(?:residential|street) address of residence"
)
_OF_A_NAME = re.compile(r"\b(?:names?|last|first|who|whom|nombre|persona?|detainee|subject|alien|inmate)\b")
_NAME = re.compile(r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?, [A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019.-]*)?")
_WITHIN = re.compile(
    r"\bA[-# ]?\d{3}[- ]?\d{3}[- ]?\d{3}\b|"
    r"\b(?:DOB|D\.O\.B\.|date of birth|born)\W{1,4}\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b",
    re.IGNORECASE,
)
_TOGETHER = (re.compile(r".*\b(?:first|given|fore) ?name"), re.compile(r".*\b(?:last|family|sur) ?name"))
_SAYS_NOTHING = re.compile(r"|-|n/?a|null|none|unknown|withheld|redacted|\(?x+\)?|[(\[]?b\W*[(\[]\d.*", re.IGNORECASE)


_NUMBERS = {
    "alien numbers": re.compile(r"A[- #]?\d{3}[- ]?\d{3}[- ]?\d{2,3}", re.IGNORECASE),
    "social security numbers": re.compile(r"\d{3}-\d{2}-\d{4}"),
}
_HASH = re.compile(r"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})", re.IGNORECASE)
_OF_SOMEONE = re.compile(
    r"\b(?:person|people|subject|detainee|alien|noncitizen|inmate|individual|victim|anumber|a (?:number|no|num)|eid|"
    r"unique (?:id|identifier)|anonymi[sz]ed|hash|hashed)\b"
)
_TAKEN = re.compile(
    r"\b(?:leak(?:s|ed)?|hack(?:s|ed)?|stolen|exfiltrat(?:ed|ion)|(?:ddo|blue) ?(?:secrets|leaks)|doxx?(?:ed)?|"
    r"(?:database|db|sql) dump)\b"
)
_MARK = re.compile(r"\W*(?:law enforcement sensitive|u//les|controlled//.*)\W*", re.IGNORECASE)


def refuse_identified_people(path: Path, declared: Collection[str] = ()) -> None:
    """Raise `ReleaseError` when the file at `path` holds what identifies people, or says that it was leaked.

    Looks at the beginning of each member and sheet only. Columns that its source has `declared` may hold hashes: it
    says what of them is kept.
    """
    known = {_plain(name) for name in declared}
    for lead in (Lead(path.name, path.name, []), *leads(path)):
        for said in _told(lead, known):
            raise ReleaseError(
                said,
                where=lead.where,
                next_step="nothing of it was kept; do not add it, nor hold it unless you have the right to",
            )


def declared_by(source: Source) -> frozenset[str]:
    """The publisher's names of the columns that a source publishes, or leaves out on purpose."""
    tables = source.publishes.values()
    named = {name for table in tables for own, column in table.columns.items() for name in column.names(own)}
    return frozenset(named.union(*(names for table in tables for names in table.drop.values())))


def _told(lead: Lead, declared: Collection[str]) -> Iterator[str]:
    """What a part of a file must be refused for."""
    if found := _TAKEN.search(_plain(lead.name)):
        yield f"this file says that it was leaked or taken: '{found[0]}' stands in its name"
    head: list[str] = []
    for place, names in enumerate(lead.rows[:_LINES]):
        if any(_MARK.fullmatch(name) for name in names):
            yield f"this file is marked as not for the public, in row {place + 1}"
        below = lead.rows[place + 1 :]
        personal = {name: column for column, name in enumerate(names) if _is_personal(_plain(name), declared)}
        if told := [name for name, column in (personal | identifying(names)).items() if _said(below, column)]:
            yield f"this file is about identified people: it has the column(s) {', '.join(map(repr, told))}"
        head = names if len(names) > len(head) else head
    yield from _in_cells(lead.rows, head, declared)


def _is_personal(name: str, declared: Collection[str]) -> bool:
    return name not in declared and bool(_UNDECLARED.fullmatch(name))


def _in_cells(rows: Rows, head: list[str], declared: Collection[str]) -> Iterator[str]:
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place].strip() for row in rows if place < len(row)]
        name = head[place] if place < len(head) else f"number {place + 1}"
        for what, pattern in _NUMBERS.items():
            if count := _count(cells, pattern):
                yield f"this file is about identified people: {count} rows of the column {name!r} look like {what}"
        if (count := len({cell for cell in cells if _WITHIN.search(cell)})) >= _FEWEST:
            yield f"this file is about identified people: {count} rows of {name!r} tell alien numbers or births"
        if _plain(name) in declared:
            continue
        if _OF_A_NAME.search(_plain(name)) and (count := _count(cells, _NAME)):
            yield f"this file is about identified people: {count} rows of the column {name!r} look like their names"
        if _OF_SOMEONE.search(_plain(name)) and (count := _count(cells, _HASH)):
            yield (
                f"this file is about identified people: {count} rows of the column {name!r} look like hashes of what "
                "identifies someone, and its source does not declare it"
            )


def _count(cells: list[str], pattern: re.Pattern[str]) -> int:
    """How many cells are of a pattern, if these are most of what the column says and not one value repeated."""
    found = [cell for cell in cells if pattern.fullmatch(cell)]
    filled = sum(bool(cell) for cell in cells)
    return len(found) if len(set(found)) >= _FEWEST and 2 * len(found) > filled else 0


def identifying(names: list[str]) -> dict[str, int]:
    """The columns that identify a person, alone or together, with their places."""
    plain = [_plain(name) for name in names]
    alone = {names[place]: place for place, words in enumerate(plain) if _ALONE.fullmatch(words)}
    together = [[place for place, words in enumerate(plain) if pattern.fullmatch(words)] for pattern in _TOGETHER]
    return alone | ({names[each[0]]: each[0] for each in together} if all(together) else {})


def _said(rows: list[list[str]], column: int) -> bool:
    """Whether any row says something in the column; a header with no row below it is taken at its word."""
    cells = [row[column].strip() for row in rows if column < len(row)]
    return not cells or any(not _SAYS_NOTHING.fullmatch(cell) for cell in cells)


def _plain(name: str) -> str:
    """`AlienNumber`, `ALIEN_NUMBER` and `A-Number` as words in small letters."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^a-z)]+", " ", spaced.lower().replace("'", "").replace("\u2019", "")).split())
