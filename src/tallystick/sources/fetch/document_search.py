"""Documents captured whole from the Federal Register's API.

Documented at www.federalregister.gov/developers/documentation/api/v1: `per_page` is at most 1,000, and no search
gives more than its first 2,000 documents, so that a stretch of days with more than a page is asked for in halves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tallystick.errors import FetchError
from tallystick.nouns.refresh import DocumentSearch
from tallystick.sources.fetch.client import Call, Client
from tallystick.sources.fetch.wanted import Fetched
from tallystick.sources.fetch.windows import Window, gathered

Document = dict[str, Any]


class _Page(msgspec.Struct, frozen=True):
    """An answer without a document leaves `results` out."""

    count: int
    results: list[Document] = msgspec.field(default_factory=list)


@dataclass(frozen=True)
class Capture:
    client: Client
    interface: DocumentSearch

    def part(self, window: Window) -> list[Document] | None:
        """The documents published in `window`; None when they do not fit on one page."""
        self.client.tell(f"documents {window.first} to {window.last}", 0, 0)
        page = self.client.decoded(self._call(window), _Page)
        if page.count <= self.interface.page_size:
            return self._checked(page, window)
        if window.is_one_day:
            raise FetchError(
                f"{page.count:,} documents were published on {window.first}, more than one answer may hold",
                where=self.interface.search,
                next_step="narrow 'parameters' in source.yml",
            )
        return None

    def _call(self, window: Window) -> Call:
        parameters = {
            **self.interface.parameters,
            "fields[]": self.interface.fields,
            "conditions[publication_date][gte]": f"{window.first}",
            "conditions[publication_date][lte]": f"{window.last}",
            "per_page": str(self.interface.page_size),
            "order": "oldest",
        }
        return Call(self.interface.search, parameters=parameters)

    def _checked(self, page: _Page, window: Window) -> list[Document]:
        numbers = {document.get("document_number") for document in page.results}
        if len(page.results) != page.count or len(numbers) != page.count or None in numbers:
            raise FetchError(
                f"{window.first} to {window.last}: the publisher counts {page.count:,} documents and gave "
                f"{len(page.results):,}, of which {len(numbers):,} differ",
                where=self.interface.search,
                next_step="nothing was published; try again later",
            )
        strange = [d for d in page.results if not _is_within(d.get("publication_date"), window)]
        if strange:
            raise FetchError(
                f"{window.first} to {window.last}: document {strange[0]['document_number']} is of another day",
                where=self.interface.search,
                next_step="nothing was published; the publisher's interface has changed",
            )
        return page.results


def captured(client: Client, interface: DocumentSearch, folder: Path, today: date) -> list[Fetched]:
    """One JSON file in the publisher's own form, whole for the days it covers; none where there is no document.

    Raises `FetchError` when the capture is not whole.
    """
    window = Window(today - timedelta(days=interface.days), today)
    documents = gathered(window, Capture(client, interface).part)
    if not documents:
        return []
    name = interface.file_name.format(first=window.first, last=window.last)
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode({"count": len(documents), "results": documents}, enc_hook=str))
    return [Fetched(name, interface.search, path, as_of=window.last, tool="captured whole by tallystick refresh")]


def _is_within(said: object, window: Window) -> bool:
    try:
        return window.first <= date.fromisoformat(str(said)) <= window.last
    except ValueError:
        return False
