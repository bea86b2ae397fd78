"""Notices captured whole from the public SAM.gov opportunities API.

Documented at open.gsa.gov/api/get-opportunities-public-api: the dates are of posting, `limit` is at most 1,000, and
an account without a role is granted ten calls a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tallystick.errors import FetchError, UsageError
from tallystick.nouns.refresh import OpportunitySearch
from tallystick.sources.fetch.client import Call, Client
from tallystick.sources.fetch.wanted import Fetched
from tallystick.sources.fetch.windows import Window, gathered

Notice = dict[str, Any]


class _Page(msgspec.Struct, frozen=True, rename={"total": "totalRecords", "notices": "opportunitiesData"}):
    total: int
    notices: list[Notice]


@dataclass(frozen=True)
class Capture:
    client: Client
    interface: OpportunitySearch
    folder: Path
    key: str = field(repr=False)

    def part(self, window: Window) -> list[Notice] | None:
        """The notices posted in `window`; None when they do not fit on one page."""
        kept = self.folder / f"{window.first}-{window.last}.json"
        if kept.exists():
            page = msgspec.json.decode(kept.read_bytes(), type=_Page)
        else:
            page = self._page(window)
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = kept.with_suffix(".writing")
            temporary.write_bytes(msgspec.json.encode(page, enc_hook=str))
            temporary.replace(kept)
        if page.total <= self.interface.page_size:
            return self._checked(page, window)
        if window.is_one_day:
            raise FetchError(
                f"{page.total:,} notices were posted on {window.first}, more than one answer may hold",
                where=self.interface.search,
                next_step="narrow 'parameters' in source.yml",
            )
        return None

    def _page(self, window: Window) -> _Page:
        self.client.tell(f"notices {window.first} to {window.last}", 0, 0)
        parameters = {
            **self.interface.parameters,
            "postedFrom": f"{window.first:%m/%d/%Y}",
            "postedTo": f"{window.last:%m/%d/%Y}",
            "limit": str(self.interface.page_size),
            "offset": "0",
        }
        call = Call(self.interface.search, parameters=parameters, secret={"api_key": self.key})
        page = self.client.decoded(call, _Page)
        withheld = set(self.interface.withhold)
        notices = [{name: value for name, value in n.items() if name not in withheld} for n in page.notices]
        return _Page(page.total, notices)

    def _checked(self, page: _Page, window: Window) -> list[Notice]:
        ids = {notice.get("noticeId") for notice in page.notices}
        if len(page.notices) != page.total or len(ids) != page.total or None in ids:
            raise FetchError(
                f"{window.first} to {window.last}: the publisher counts {page.total:,} notices and gave "
                f"{len(page.notices):,}, of which {len(ids):,} differ",
                where=self.interface.search,
                next_step="nothing was published; try again later",
            )
        return page.notices


def captured(
    client: Client, interface: OpportunitySearch, folder: Path, key: str | None, today: date
) -> list[Fetched]:
    """One JSON file in the publisher's own form, whole for the days it covers.

    Raises `UsageError` when no key is set and `FetchError` when the capture is not whole.
    """
    if not key:
        raise UsageError(
            f"asking {interface.hosts[0]} needs a key of your own",
            next_step=f"get one from your account there and set TALLYSTICK_KEY_{interface.key.upper()}",
        )
    window = _begun(folder, Window(today - timedelta(days=interface.days), today))
    name = interface.file_name.format(first=window.first, last=window.last)
    capture = Capture(client, interface, folder / name.removesuffix(".json"), key)
    notices = gathered(window, capture.part)
    told = {"totalRecords": len(notices), "limit": len(notices), "offset": 0, "opportunitiesData": notices}
    path = capture.folder / name
    capture.folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(told, enc_hook=str))
    return [Fetched(name, interface.search, path, as_of=window.last, tool="captured whole by tallystick refresh")]


def _begun(folder: Path, wanted: Window) -> Window:
    """The window of a capture that was begun and not finished, so that a quota of calls a day is no obstacle."""
    note = folder / "begun"
    if note.exists():
        first, last = note.read_text(encoding="utf-8").split()
        return Window(date.fromisoformat(first), date.fromisoformat(last))
    folder.mkdir(parents=True, exist_ok=True)
    temporary = note.with_suffix(".writing")
    temporary.write_text(f"{wanted.first} {wanted.last}", encoding="utf-8")
    temporary.replace(note)
    return wanted
