"""Bulk files of awards by department and fiscal year, as USAspending lists them.

Documented with the publisher's code: `api_contracts/contracts/v2/bulk_download/list_monthly_files.md` and
`list_agencies.md` in github.com/fedspendingtransparency/usaspending-api.
"""

from __future__ import annotations

from datetime import date

import msgspec

from tallystick.errors import FetchError
from tallystick.nouns.refresh import MonthlyArchive
from tallystick.sources.fetch.client import Call, Client
from tallystick.sources.fetch.wanted import Wanted


class _Agency(msgspec.Struct, frozen=True):
    toptier_code: str
    name: str
    toptier_agency_id: int


class _Groups(msgspec.Struct, frozen=True):
    cfo_agencies: list[_Agency]
    other_agencies: list[_Agency]


class _Agencies(msgspec.Struct, frozen=True):
    agencies: _Groups


class _File(msgspec.Struct, frozen=True):
    """One file of the listing; a delta is of no one fiscal year."""

    fiscal_year: int | None
    type: str
    file_name: str
    updated_date: date
    url: str


class _Listing(msgspec.Struct, frozen=True):
    monthly_files: list[_File]


def wanted(client: Client, interface: MonthlyArchive, today: date) -> list[Wanted]:
    """The newest whole file of each fiscal year asked for, then the newest delta.

    Raises `FetchError` when the listing lacks the whole file of a year: a set with a part missing is not had.
    """
    agency = _agency_id(client, interface)
    newest: dict[int | None, _File] = {}
    years = _fiscal_years(today, interface.fiscal_years)
    for year in years:
        body = {"agency": agency, "fiscal_year": year, "type": interface.type}
        for file in client.decoded(Call(interface.listing, body=body), _Listing).monthly_files:
            held = newest.get(file.fiscal_year)
            if held is None or file.updated_date > held.updated_date:
                newest[file.fiscal_year] = file
        if year not in newest:
            raise FetchError(
                f"the publisher lists no whole file of fiscal year {year} for department {interface.agency}",
                where=interface.listing,
                next_step="nothing was fetched; the files are made at the start of a month: try again in some days",
            )
    files = [newest[year] for year in years] + [file for year, file in newest.items() if year is None]
    return [Wanted(file.file_name, file.url, file.updated_date) for file in files]


def _agency_id(client: Client, interface: MonthlyArchive) -> int:
    call = Call(interface.agencies, body={"type": "award_agencies"})
    groups = client.decoded(call, _Agencies).agencies
    for agency in [*groups.cfo_agencies, *groups.other_agencies]:
        if agency.toptier_code == interface.agency:
            return agency.toptier_agency_id
    raise FetchError(
        f"the publisher lists no department of code {interface.agency}",
        where=interface.agencies,
        next_step="correct 'agency' in source.yml",
    )


def _fiscal_years(today: date, count: int) -> list[int]:
    current = today.year + (today.month >= 10)
    return list(range(current - count + 1, current + 1))
