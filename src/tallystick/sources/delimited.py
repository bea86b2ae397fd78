"""Delimited text for a `read.py`: rows by the header's names, and days as people write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOUR = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?"
_ISO = re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_HOUR}", re.I)
_SLASHED = re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>\d{{4}}){_HOUR}", re.I)
_MONTH = re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})")
_NAMED = re.compile(r"(?P<name>[a-z]{3})[a-z]*[- ](?P<y>\d{4}|\d{2})", re.I)
_LAST_OF_THIS_CENTURY = 68  # of years written in two digits, as everywhere here
_YEAR = re.compile(r"(?P<y>\d{4})")


def delimited(member: Member, encodings: Sequence[str] = ("utf-8-sig",)) -> Iterator[dict[str, str]]:
    """The rows under the header, each by the header's names; cells as written, rows of blanks left out.

    The first of `encodings` that the bytes are in is theirs. A name that stands again is called by its place
    (`If Other, please explain. (column 30)`), and so is a nameless column. Raises `ReleaseError` with the line where
    the bytes are in none of them, a quote stays open, or a row has more or fewer cells than the header.
    """
    reader = csv.reader(io.StringIO(_text(member, encodings), newline=""), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            if not header:
                header = _names(cells)
            elif len(cells) != len(header) and any(map(str.strip, cells)):
                raise ReleaseError(
                    f"this row has {len(cells)} cells, the header {len(header)}",
                    where=f"{member.name}, line {reader.line_num}",
                    next_step="a comma or a quote is lost or too many there: get the file again",
                )
            elif any(map(str.strip, cells)):
                yield dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise ReleaseError(
            f"this is not delimited text: {error}",
            where=f"{member.name}, line {reader.line_num}",
            next_step="get the file again: it may be cut off",
        ) from error


def written_day(text: str) -> tuple[date | None, str | None]:
    """The first day that a text names, and how exactly it does: `day`, `month` or `year`; nothing where it is none.

    `2025-05-20 00:00:00`, `5/20/2025` and the like name a day (the month first, as in the United States), `05/2025`
    and `May-25` a month, `2025` a year.
    """
    said = text.strip()
    for pattern, exact in ((_ISO, "day"), (_SLASHED, "day"), (_MONTH, "month"), (_NAMED, "month"), (_YEAR, "year")):
        found = pattern.fullmatch(said)
        if found:
            day = _day(found.groupdict())
            return day, exact if day else None
    return None, None


def _day(told: dict[str, str]) -> date | None:
    name = told.get("name", "").casefold()
    if name and name not in _MONTHS:
        return None
    year, month = int(told["y"]), _MONTHS.index(name) + 1 if name else int(told.get("m", 1))
    century = 0 if year > 99 else 2000 if year <= _LAST_OF_THIS_CENTURY else 1900
    try:
        return date(year + century, month, int(told.get("d", 1)))
    except ValueError:
        return None


def _text(member: Member, encodings: Sequence[str]) -> str:
    data, fault = member.path.read_bytes(), ""
    if b"\0" in data:
        raise ReleaseError(
            f"byte {data.index(0)} is NUL, which no text in {' or '.join(encodings)} has",
            where=member.name,
            next_step="save it as UTF-8, or get the file again",
        )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            fault = f"line {data.count(10, 0, error.start) + 1}, byte {error.start}"
    raise ReleaseError(
        f"these bytes are no text in {' or '.join(encodings)}",
        where=f"{member.name}, {fault}",
        next_step="see in which encoding the publisher writes now, and name it in read.py",
    )


def _names(cells: Sequence[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    before = Counter[str]()
    made = []
    for place, name in enumerate(names, start=1):
        made.append(f"{name} (column {place})".strip() if not name or before[name] else name)
        before[name] += 1
    return made
