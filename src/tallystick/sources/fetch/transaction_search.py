"""Contract actions captured whole from the USAspending transaction search.

Documented with the publisher's code: `api_contracts/contracts/v2/search/spending_by_transaction.md` and
`spending_by_transaction_count.md` in github.com/fedspendingtransparency/usaspending-api. The search sorts by one
field only, so that rows alike in it may stand on two pages or on none, and it ends after 50,000 rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tallystick.errors import FetchError
from tallystick.nouns.refresh import TransactionSearch
from tallystick.sources.fetch.client import Call, Client
from tallystick.sources.fetch.wanted import Fetched
from tallystick.sources.fetch.windows import Window, gathered

Row = dict[str, Any]
_SORT = "Award ID"


class _Counts(msgspec.Struct, frozen=True):
    contracts: int


class _Count(msgspec.Struct, frozen=True):
    results: _Counts


class _Pages(msgspec.Struct, frozen=True, rename={"has_next": "hasNext"}):
    has_next: bool


class _Page(msgspec.Struct, frozen=True):
    results: list[Row]
    page_metadata: _Pages


class _Kept(msgspec.Struct, frozen=True):
    """What a stretch of days gave, as kept for the process that continues a broken capture."""

    rows: list[list[str]]


@dataclass(frozen=True)
class Capture:
    """One capture under way: what came is kept in `folder`, one file for each stretch of days."""

    client: Client
    interface: TransactionSearch
    folder: Path

    def rows(self, short: str, window: Window) -> list[list[str]]:
        """The rows of a sub-agency's actions in `window`. Raises `FetchError` when they did not come whole."""
        rows = gathered(window, lambda part: self._part(short, part))
        expected = self._count(short, window)
        if len(rows) != expected:
            self._forget()
            raise FetchError(
                f"{short} {window.first} to {window.last}: the publisher counts {expected:,} actions and gave "
                f"{len(rows):,}",
                where=self.interface.search,
                next_step="nothing was published; its data changed under the capture: start again",
            )
        return rows

    def _part(self, short: str, window: Window) -> list[list[str]] | None:
        kept = self.folder / f"{short}-{window.first}-{window.last}.json"
        if kept.exists():
            return msgspec.json.decode(kept.read_bytes(), type=_Kept).rows
        self.client.tell(f"{short} {window.first} to {window.last}", 0, 0)
        expected = self._count(short, window)
        if expected > self.interface.page_size and not window.is_one_day:
            return None
        rows = self._day(short, window, expected) if expected else []
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = kept.with_suffix(".writing")
        temporary.write_bytes(msgspec.json.encode(_Kept(rows)))
        temporary.replace(kept)
        return rows

    def _day(self, short: str, window: Window, expected: int) -> list[list[str]]:
        """The rows of a stretch; of a day that needs several pages, in whichever order gives each row once."""
        for order in ("asc", "desc"):
            pages = list(self._pages(short, window, order, expected))
            rows = [[short, *self._cells(row)] for page in pages for row in page]
            if len(rows) == expected and not _repeated(pages):
                return rows
        raise FetchError(
            f"{short} {window.first}: the publisher counts {expected:,} actions, but its pages repeat some and miss "
            f"others",
            where=self.interface.search,
            next_step="nothing was published; start again: what came so far is kept",
        )

    def _pages(self, short: str, window: Window, order: str, expected: int) -> Iterator[list[Row]]:
        fields = [field.split(".")[0] for field in self.interface.columns.values()]
        body = self._body(short, window) | {
            "fields": sorted(set(fields) | {_SORT}),
            "limit": self.interface.page_size,
            "sort": _SORT,
            "order": order,
        }
        number, more = 1, True
        while more and (number - 1) * self.interface.page_size <= expected:
            page = self.client.decoded(Call(self.interface.search, body=body | {"page": number}), _Page)
            yield page.results
            number, more = number + 1, page.page_metadata.has_next

    def _count(self, short: str, window: Window) -> int:
        return self.client.decoded(
            Call(self.interface.count, body=self._body(short, window)), _Count
        ).results.contracts

    def _body(self, short: str, window: Window) -> dict[str, Any]:
        agency = {"type": "awarding", "tier": "subtier", "name": self.interface.sub_agencies[short]}
        period = {"start_date": f"{window.first}", "end_date": f"{window.last}"}
        return {
            "filters": {
                "agencies": [agency],
                "award_type_codes": self.interface.award_types,
                "time_period": [period],
            }
        }

    def _cells(self, row: Row) -> Iterator[str]:
        for path in self.interface.columns.values():
            value: Any = row
            for name in path.split("."):
                if value is not None and name not in value:
                    raise FetchError(
                        f"an action has no field '{path}'",
                        where=self.interface.search,
                        next_step="nothing was published; the publisher's interface has changed",
                    )
                value = None if value is None else value[name]
            yield "" if value is None else str(value)

    def _forget(self) -> None:
        for path in self.folder.glob("*.json"):
            path.unlink()


def captured(client: Client, interface: TransactionSearch, folder: Path, today: date) -> list[Fetched]:
    """One CSV for each fiscal year asked for. Raises `FetchError` when one did not come whole."""
    current = today.year + (today.month >= 10)
    return [
        _year(Capture(client, interface, folder / f"FY{year}-{today:%Y%m%d}"), year, today)
        for year in range(current - interface.fiscal_years + 1, current + 1)
    ]


def _year(capture: Capture, year: int, today: date) -> Fetched:
    interface = capture.interface
    window = Window(date(year - 1, 10, 1), min(date(year, 9, 30), today))
    rows = [row for short in interface.sub_agencies for row in capture.rows(short, window)]
    name = interface.file_name.format(year=year, today=today)
    path = capture.folder / name
    capture.folder.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Agency", *interface.columns])
        writer.writerows(rows)
    return Fetched(name, interface.search, path, as_of=today, tool="captured whole by tallystick refresh")


def _repeated(pages: list[list[Row]]) -> bool:
    """Whether a row stands on two pages: then another stands on none."""
    seen: set[bytes] = set()
    for page in pages:
        told = {msgspec.json.encode(row, order="sorted", enc_hook=str) for row in page}
        if told & seen:
            return True
        seen |= told
    return False
