"""Are the words as they were written: spelt as in their list, without markup, without spaces at their edges?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from tallystick.checks.dossier import Dossier, Row, Rows
from tallystick.checks.vocabulary import AS_WRITTEN
from tallystick.nouns.expected import LookedUp
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.source import Publication, Type

Names = dict[tuple[str, ...], dict[str, str]]
"""Names as they are written, by the group they stand in and by the plain form."""

_NEAR = 0.8
_DAMAGE = re.compile(
    r"(?:aria-\w+|</?[a-z]+[^>]*>|&(?:[a-z]+|#\d+);|\b(?:href|class|style|onclick)=|_x[0-9a-f]{4}_|"
    r"\ufffd|\u00e2\u20ac|\u00c3[\u0080-\u00bf])",
    re.IGNORECASE,
)
_KIND = re.compile(r" (?:county|parish|borough|census area|municipality|city and borough|city)$")
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


def misspelt(dossier: Dossier) -> Iterator[Finding]:
    """Words that their list does not have, and that are near to one it has: a note with the likely word."""
    for table, declared, rows in dossier.expecting("looked_up"):
        for told in declared:
            known = names_looked_up(dossier, told)
            wrong: dict[str, tuple[Row, str]] = {}
            for row in rows:
                value = row.get(told.column)
                if not value or value in wrong:
                    continue
                names = known.get(tuple(plain_word(str(row[own])) for own in told.within), {})
                if names and plain_word(value) not in names and (near := _nearest(plain_word(value), names)):
                    wrong[value] = (row, names[near])
            if wrong:
                value, (row, right) = next(iter(wrong.items()))
                yield dossier.finding(
                    "misspelt",
                    Severity.NOTE,
                    f"{dossier.release.name} has {len(wrong)} value(s) of {told.column} that stand in no list and "
                    f"are near to one that does, such as '{value}' for '{right}'",
                    evidence=[
                        {"table": table, "row": _row(row), told.column: value, "near": right}
                        for value, (row, right) in wrong.items()
                    ],
                    count=len(wrong),
                    next_step="count the two as one: the register of names says so",
                )


def corrupted_text(dossier: Dossier) -> Iterator[Finding]:
    """Cells that hold markup, entities or bytes read in a wrong encoding: a warning with what the cell says."""
    for table, rows in dossier.tables.items():
        publication = dossier.source.publishes[table]
        if publication.expect.sheets or publication.expect.figures:
            continue  # labels of figures are put into our words as they are read
        texts = _texts(publication)
        found = [(row, name, hit) for row in rows for name, hit in _damaged(row, texts)]
        if found:
            row, name, hit = found[0]
            yield dossier.finding(
                "corrupted_text",
                Severity.WARNING,
                f"{dossier.release.name} has {len(found)} cell(s) of damaged text, such as '{hit}' in {name} of row "
                f"{_row(row)}: '{row[name]}'",
                evidence=[{"table": table, "row": _row(row), "column": n, "says": r[n]} for r, n, _ in found],
                count=len(found),
                next_step="look the words up; a program replaced parts of them everywhere",
            )


def replaced_everywhere(dossier: Dossier) -> Iterator[Finding]:
    """Words that went since the release before and came back with the same part exchanged: a warning from three."""
    for table in dossier.tables:
        publication = dossier.source.publishes[table]
        texts = _texts(publication)
        for scope, rows in dossier.by_scope(table).items():
            if (table, scope) not in dossier.last or publication.expect.sheets or publication.expect.figures:
                continue
            before = dossier.last[table, scope]
            for name in texts:
                (was, now), pairs = _exchanged(rows, before[1], name)
                if len(pairs) >= 3:
                    yield dossier.finding(
                        "corrupted_text",
                        Severity.WARNING,
                        f"{name} has '{now}' in {dossier.release.name} where {before[0].name} had '{was}', in "
                        f"{len(pairs)} values: '{pairs[0][0]}' became '{pairs[0][1]}'",
                        scope,
                        evidence=[{"table": table, "was": old, "now": new} for old, new in pairs],
                        count=len(pairs),
                        next_step="a program replaced part of the words everywhere: keep to the words before",
                    )


def untidy(dossier: Dossier) -> Iterator[Finding]:
    """Spaces at the edges of cells and curly apostrophes, which make one name two: a note with how many."""
    for _, _, rows in dossier.expecting("sheets"):
        for row in rows:
            if said := row.get("untidy"):
                yield dossier.finding(
                    "untidy_text",
                    Severity.NOTE,
                    f"sheet '{row['sheet']}' of {dossier.release.name} has cells that are not tidy: {said}",
                    evidence=[{"sheet": row["sheet"], "untidy": said}],
                    count=sum(map(int, re.findall(r": (\d+)", str(said)))),
                )


def _texts(publication: Publication) -> list[str]:
    """The columns whose words are the publisher's and mean the same in every release."""
    return [
        name
        for name, column in publication.columns.items()
        if column.type is Type.TEXT and not name.endswith(("_link", *AS_WRITTEN))
    ]


def _exchanged(rows: Rows, before: Rows, name: str) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """The commonest exchange of one part of a word for a longer one, and the values that it befell."""
    now, was = ({str(row[name]) for row in all_ if row.get(name)} for all_ in (rows, before))
    befell: dict[tuple[str, str], list[tuple[str, str]]] = {}
    gone = sorted(was - now)
    for new in sorted(now - was) if len(gone) < 200 else ():
        for old in get_close_matches(new, gone, 1, 0.5):
            exchange = _part(old, new)
            if exchange[0] and len(exchange[1]) >= 3:
                befell.setdefault(exchange, []).append((old, new))
    return max(befell.items(), key=lambda item: (len(item[1]), item[0]), default=(("", ""), []))


def _part(old: str, new: str) -> tuple[str, str]:
    """What of `old` stands otherwise within a word of `new`, if it is one part; else nothing."""
    codes = [code for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if code[0] != "equal"]
    if len(codes) != 1:
        return "", ""
    _, a, b, c, d = codes[0]
    within = 0 < c < d < len(new) and (new[c - 1] + new[c]).isalpha() and (new[d - 1] + new[d]).isalpha()
    return (old[a:b], new[c:d]) if within else ("", "")


def _damaged(row: Row, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in texts:
        value = row.get(name)
        if isinstance(value, str) and (hit := _damage(value)):
            yield name, next((word for word in value.split() if hit in word), hit)


@lru_cache(maxsize=1 << 16)
def _damage(value: str) -> str | None:
    # releases of one series say the same words: each is searched once
    hit = _DAMAGE.search(value)
    return hit[0] if hit else None


def names_looked_up(dossier: Dossier, told: LookedUp) -> Names:
    """The names that words are looked up among, by the group they stand in; none where the list is not held."""
    if told.list not in dossier.others:
        return {}
    release, rows = dossier.others[told.list]
    key = (told.list, release.id, told.name, *told.within.items())
    if key not in dossier.learned:
        dossier.learned[key] = _names_within(rows, told.name, told.within)
    names: Names = dossier.learned[key]
    return names


def _names_within(rows: Rows, name: str, within: Mapping[str, str]) -> Names:
    """The names of the list, plain and without their kind, by the group they stand in."""
    found: Names = {}
    for row in rows:
        names = found.setdefault(tuple(plain_word(str(row[theirs])) for theirs in within.values()), {})
        word = plain_word(row[name])
        names[word] = row[name]
        names.setdefault(_KIND.sub("", word), row[name])
    return found


def _nearest(word: str, names: Mapping[str, str]) -> str | None:
    near = get_close_matches(word, names, 1, _NEAR)
    return near[0] if near else None


@lru_cache(maxsize=1 << 14)
def plain_word(word: str) -> str:
    """A name without case, accents, stops and odd apostrophes; `St.` is `saint`."""
    letters = unicodedata.normalize("NFKD", word.translate(_STRAIGHT).casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c) and c not in ".,'")
    return re.sub(r"\b(st|ste)\b", "saint", " ".join(kept.replace("-", " ").split()))


def _row(row: Row) -> object:
    return row.get("sheet_row") or row.get("source_row")
