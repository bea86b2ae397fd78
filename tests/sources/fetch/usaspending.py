"""USAspending's interfaces, in the shapes that its contracts document, over rows of our own making."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.sources.fetch.publisher import Answer, Asked, Publisher, ranged, told

API = "api.usaspending.gov/api/v2"
FILES = "files.usaspending.gov/award_data_archive"
NAMES = {"ICE": "U.S. Immigration and Customs Enforcement", "CBP": "U.S. Customs and Border Protection"}

Row = dict[str, Any]
Pages = Callable[[list[Row], int, int], list[Row]]


def row(number: int, day: date, agency: str = "ICE", amount: str = "100.50") -> Row:
    return {
        "Award ID": f"70CMSD26P{number:08d}",
        "Recipient Name": "EXAMPLE SUPPLY, INC.",
        "Transaction Amount": float(amount),
        "Action Date": f"{day}",
        "Mod": "0",
        "PSC": {"code": "1005", "description": "GUNS, THROUGH 30MM"},
        "NAICS": {"code": "332994", "description": "SMALL ARMS, ORDNANCE, AND ORDNANCE ACCESSORIES MANUFACTURING"},
        "Transaction Description": None,
        "generated_internal_id": f"CONT_AWD_70CMSD26P{number:08d}_7012_-NONE-_-NONE-",
        "internal_id": number,
        "Awarding Sub Agency": NAMES[agency],
    }


def steady(rows: list[Row], page: int, limit: int) -> list[Row]:
    return rows[(page - 1) * limit : page * limit]


def repeating(rows: list[Row], page: int, limit: int) -> list[Row]:
    """Every later page begins with the last row of the page before, so that its own last row is missed."""
    return rows[(page - 1) * (limit - 1) : (page - 1) * (limit - 1) + limit] if page > 1 else rows[:limit]


@dataclass
class Search:
    """The transaction search and its count. `counted` is added to every count; `paged` cuts a page."""

    rows: list[Row]
    paged: Pages = steady
    counted: int = 0
    searches: list[dict[str, Any]] = field(default_factory=list)

    def on(self, site: Publisher) -> None:
        site.routes[f"{API}/search/spending_by_transaction/"] = self._search
        site.routes[f"{API}/search/spending_by_transaction_count/"] = self._count

    def _matching(self, body: dict[str, Any]) -> list[Row]:
        filters = body["filters"]
        (agency,), (period,) = filters["agencies"], filters["time_period"]
        return [
            row
            for row in self.rows
            if row["Awarding Sub Agency"] == agency["name"]
            and period["start_date"] <= row["Action Date"] <= period["end_date"]
        ]

    def _count(self, asked: Asked) -> Answer:
        number = len(self._matching(asked.body)) + self.counted
        groups = {"idvs": 0, "loans": 0, "direct_payments": 0, "other": 0, "grants": 0}
        return told({"results": {**groups, "contracts": number}})

    def _search(self, asked: Asked) -> Answer:
        body = asked.body
        self.searches.append(body)
        if body["sort"] not in body["fields"]:
            return Answer(b'{"detail": "Sort value not found in fields"}', 400)
        found = sorted(self._matching(body), key=lambda r: str(r[body["sort"]]), reverse=body["order"] == "desc")
        results = self.paged(found, body["page"], body["limit"])
        always = ("generated_internal_id", "internal_id")
        cut = [{name: r[name] for name in (*body["fields"], *always)} for r in results]
        metadata = {
            "page": body["page"],
            "hasNext": body["page"] * body["limit"] < len(found),
            "hasPrevious": body["page"] > 1,
            "next": None,
            "previous": None,
        }
        return told({"limit": body["limit"], "results": cut, "page_metadata": metadata, "messages": []})


def archive(site: Publisher, files: dict[str, bytes], listed: dict[int, list[str]]) -> None:
    """The award data archive: `files` by name, and the names that the listing gives for each fiscal year."""
    agency = {"name": "Department of Homeland Security", "toptier_agency_id": 63, "toptier_code": "070"}
    agencies = {"cfo_agencies": [agency], "other_agencies": []}
    site.routes[f"{API}/bulk_download/list_agencies/"] = [told({"agencies": agencies, "sub_agencies": []})]

    def listing(asked: Asked) -> Answer:
        assert asked.body["agency"] == 63
        names = listed.get(asked.body["fiscal_year"], [])
        return told({"monthly_files": [_listed(name, asked.body["fiscal_year"]) for name in names]})

    site.routes[f"{API}/bulk_download/list_monthly_files/"] = listing
    for name, body in files.items():
        site.routes[f"{FILES}/{name}"] = ranged(body, f'"{hash(body)}"')


def _listed(name: str, year: int) -> dict[str, Any]:
    day = name.removesuffix(".zip").rsplit("_", 1)[1]
    return {
        "fiscal_year": None if "Delta" in name else year,
        "agency_name": "Department of Homeland Security",
        "agency_acronym": "DHS",
        "type": "contracts",
        "file_name": name,
        "updated_date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "url": f"https://{FILES}/{name}",
    }
