"""Which Finding catches each known error of the official releases: by kind, file and place.

The list of known errors lies beside the project (`acceptance/KNOWN_ANOMALIES.tsv`); what is stated here is where each
is to be found, not how. Used by `scripts/benchmarks/forensics.py` and by the acceptance tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.nouns.finding import Finding

FOLDERS = (
    "detention_statistics",
    "agreements_287g/participating",
    "agreements_287g/pending",
    "agreements_287g/web_tables_2021_2025",
    "reference/geography",
    "enforcement_rows_fy2016_2019",
    "enforcement_aggregates",
    "daily_population",
)


@dataclass(frozen=True)
class Known:
    """One known error: any Finding of `kinds` about a file whose name holds `file`, of `scope` if it has one, whose
    sentence or evidence holds `place`."""

    id: str
    kinds: tuple[str, ...]
    file: str
    scope: str = ""
    place: str = ""

    def names(self, file: str) -> bool:
        """Whether it is about this very file, not a whole series."""
        return self.file in file and any(digit.isdigit() for digit in self.file)

    def is_caught(self, findings: Iterable[Finding], names: Mapping[str, str]) -> bool:
        return any(self.caught_by(finding, names) for finding in findings)

    def caught_by(self, finding: Finding, names: Mapping[str, str]) -> bool:
        told = f"{finding.says} {finding.evidence}"
        return (
            finding.kind in self.kinds
            and self.file in names.get(finding.release, "")
            and self.scope in (finding.scope or "")
            and self.place in told
        )


KNOWN = (
    Known("D01", ("stale_tab",), "FY22_detentionStats09152022", "facilities", "2020-02-24"),
    Known("D01", ("stale_tab",), "FY22_detentionStats09152022", "FY2022/atd", "ATD FY22 YTD"),
    Known("D02", ("stale_tab",), "FY21_detentionStats10012021", "FY2021/atd", "2021-05-08"),
    Known("D02", ("stale_tab",), "FY21_detentionStats10012021", "FY2021/facilities", "2021-05-03"),
    Known("D05", ("wrong_fiscal_year",), "FY21_detentionStats060921", "FY2020/detention", "Detention FY20 YTD"),
    Known("D06", ("cumulative_falls",), "FY21_detentionStats11122021", "FY2021/detention", "207572"),
    Known("D06", ("stale_tab",), "FY21_detentionStats11122021", "FY2021/detention", "09162021"),
    *(
        Known("D08", ("same_tab",), name, "", tab)
        for name in ("05312023", "06012023", "06162022", "06172022", "05042022")
        for tab in ("Detention", "Facilities")
    ),
    Known("D11", ("columns_apart",), "FY22_detentionStats07082022", "FY2022/facilities", "5,296"),
    Known("D13", ("swapped_columns",), "FY21_detentionStats062421", "FY2021/facilities", "type_detailed"),
    Known("D16", ("merged_by_name",), "FY19-detentionstats", "FY2019/facilities", "'row': 192"),
    Known("D16", ("merged_by_name",), "FY19-detentionstats", "FY2019/facilities", "'row': 165"),
    *(
        Known("D18", ("parts_and_total",), "FY26_detentionStats02022026", "FY2026/atd", area)
        for area in ("atlanta", "el paso", "new york", "san antonio")
    ),
    Known("D20", ("moved_between_parts",), "FY22-detentionStats", "FY2022/atd", "40,970"),
    Known("D21", ("name_contradicts",), "FY23_detentionStats01192022", "", "2022-01-19"),
    Known("D21", ("name_contradicts",), "FY21_detentionStats07222020", "", "2020-07-22"),
    Known("D21", ("mistyped_year",), "FY23_detentionStats01192022", "FY2023/facilities", "2022-01-09"),
    Known("D21", ("mistyped_year",), "FY23_detentionStats02032023", "FY2023/facilities", "2022-01-23"),
    Known("D25", ("parts_and_total",), "FY25_detentionStats09242025", "FY2025/detention", "49524.6"),
    Known(
        "D26",
        ("restatement",),
        "FY22_detentionStats_02162022",
        "FY2022/detention",
        "book-ins by arresting agency and month",
    ),
    Known("G02", ("name_contradicts",), "participatingAgencies08022025pm", "", "2025-08-02"),
    *(
        Known("G03", ("name_contradicts",), f"participatingAgencies{day}2025pm", "", "2025-01-0")
        for day in ("0105", "0109")
    ),
    *(
        Known("G05", ("impossible_date",), f"participatingAgencies{day}", "", "5025-07-07")
        for day in ("07082025pm", "07142025am", "07182025pm")
    ),
    Known("G07", ("already_listed",), "pendingAgencies10172025", "", "participatingAgencies10172025mid"),
    *(
        Known("G09", ("misspelt",), "participatingAgencies05182026am", "", county)
        for county in ("Frankin County", "Pop", "Pulaksi", "Flager", "Conty", "Luice")
    ),
    Known("G10", ("untidy_text",), "participatingAgencies05182026am", "", "TYPE, edge space"),
    Known("G11", ("revised_value", "several_values"), "participatingAgencies", "", "signed_date"),
    Known("G12", ("corrupted_text",), "ParticipatingEntities-20241211140551", "", "Waria-labelon"),
    Known("R01", ("out_of_range",), "EROArrests_FY2019", "", "2019-09-01"),
    Known("R03", ("indistinguishable_rows",), "EROArrests", "", "no duplicates"),
    Known("R04", ("redaction",), "ICERemovals_FY2016", "", "138,669"),
    Known("R05", ("counting_rule",), "ICERemovals", "", ""),
    Known("R06", ("missing_group",), "EROArrests", "", "2,416"),
    Known("P01", ("missingness_shift",), "seattle_aor", "", "20% to 48%"),
    Known("P04", ("homonyms",), "facilities-daily-population", "", "WASHINGTON COUNTY JAIL"),
)

FOUND = (
    Known("X01", ("stale_tab",), "FY22_detentionStats08092022", "FY2022/facilities", "2022-02-07"),
    Known("X01", ("stale_tab",), "FY22_detentionStats08092022", "FY2022/transgender", "02162022"),
    Known("X02", ("labels_exchanged",), "FY20-detentionstats__6c63df", "FY2020/detention", "'adult'"),
    Known("X02", ("labels_exchanged",), "FY21_detentionStats10282021", "FY2020/detention", "'adult'"),
    Known("X03", ("counts_zeroed",), "FY26_detentionStats02022026", "FY2025/semiannual", "6341"),
    Known("X04", ("labels_exchanged",), "FY26_detentionStats_04092026", "FY2026/bond", "38,736"),
)
"""Errors of official releases that are on no list, found here and looked up in the workbooks: tabs half a year old,
adults and families under each other's labels, counts of a year that were emptied later."""
