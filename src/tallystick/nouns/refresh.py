"""Refresh: where a source's new releases are had from its publisher, and how to behave there.

One struct for each kind of interface that publishers offer; `interface` in source.yml says which.
"""

from __future__ import annotations

from datetime import date

from tallystick.nouns.written import Words, Written

_DAY = date(2026, 1, 31)


def _check_name(name: str, **values: object) -> None:
    """Raises `ValueError`, which names the record, when `name` has a placeholder that nothing fills."""
    try:
        name.format(**values)
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError(f"the file name '{name}' may hold {', '.join(values)} in braces, not {error}") from error


class Interface(Written, frozen=True, kw_only=True):
    """What every kind of interface states.

    `hosts` are the only hosts that may be asked, redirects included. `pause_seconds` lie between two requests.
    A file of more than `max_bytes`, or of fewer than `min_bytes`, is refused.
    """

    hosts: list[str]
    pause_seconds: float = 1.0
    max_bytes: int = 4_000_000_000
    min_bytes: int = 1
    deadline_seconds: float = 3600.0


class MonthlyArchive(Interface, frozen=True, kw_only=True, tag="monthly_archive", tag_field="interface"):
    """Bulk files that a listing names: one whole file for each fiscal year, and a delta over all years.

    `agency` is the code of the department (`070`); `fiscal_years` says how many years back from the current
    one, the current one included, are asked for.
    """

    agencies: Words
    listing: Words
    agency: Words
    type: Words
    fiscal_years: int = 2


class TransactionSearch(Interface, frozen=True, kw_only=True, tag="transaction_search", tag_field="interface"):
    """A search answered in pages, captured whole into one CSV for each fiscal year.

    `sub_agencies` are full names by the short one that the CSV holds; `columns` says which field of an answer
    fills each column of the CSV, in order (`PSC.description` reaches into a field). In the file's name
    `{year}` becomes the fiscal year and `{today:%Y%m%d}` the day of the capture.
    """

    search: Words
    count: Words
    sub_agencies: dict[str, str]
    award_types: list[str]
    columns: dict[str, str]
    file_name: Words
    page_size: int = 100
    fiscal_years: int = 1

    def __post_init__(self) -> None:
        _check_name(self.file_name, year=2026, today=_DAY)


class OpportunitySearch(Interface, frozen=True, kw_only=True, tag="opportunity_search", tag_field="interface"):
    """A search by posting dates that needs a key and grants so many calls a day.

    `key` names the key in the settings; `days` is how far back from today it asks; `parameters` are sent along
    as they stand; `withhold` are fields about persons, left out before anything is kept. In the
    file's name `{first:%Y%m%d}` and `{last:%Y%m%d}` become the days asked about. Without a key it is passed over
    where the source has another interface.
    """

    search: Words
    key: Words
    daily_calls: int
    file_name: Words
    parameters: dict[str, str] = {}
    withhold: list[str] = []
    page_size: int = 1000
    days: int = 30

    def __post_init__(self) -> None:
        _check_name(self.file_name, first=_DAY, last=_DAY)


class DocumentSearch(Interface, frozen=True, kw_only=True, tag="document_search", tag_field="interface"):
    """The Federal Register's search by publication date, captured whole into one JSON file.

    `parameters` are sent along as they stand, lists as several of one name; `fields` are what is asked of each
    document. `days` is how far back from today it asks. In the file's name `{first:%Y%m%d}` and `{last:%Y%m%d}`
    become the days asked about.
    """

    search: Words
    file_name: Words
    parameters: dict[str, str | list[str]] = {}
    fields: list[str] = []
    page_size: int = 1000
    days: int = 30

    def __post_init__(self) -> None:
        _check_name(self.file_name, first=_DAY, last=_DAY)


class PlainFile(Written, frozen=True, kw_only=True):
    """One file at a fixed address and the name it is kept under; `{today:%Y%m%d}` in it becomes the day."""

    url: Words
    name: Words
    published: date | None = None

    def __post_init__(self) -> None:
        _check_name(self.name, today=_DAY)


class PlainFiles(Interface, frozen=True, kw_only=True, tag="plain_files", tag_field="interface"):
    """Files at fixed addresses, asked for again only when the publisher says that they changed."""

    files: list[PlainFile]


AnyInterface = MonthlyArchive | TransactionSearch | OpportunitySearch | DocumentSearch | PlainFiles
