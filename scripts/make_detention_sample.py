"""Writes the made-up detention-statistics workbooks that the project carries: layouts of an early and a late year.

`python -m scripts.make_detention_sample` writes them to the source's folder `sample/`. No figure is the publisher's.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from scripts.spreadsheet import Made, Table, Value, write

FOLDER = Path("records/sources/us/ice_detention_statistics/sample")
AGENCY = "U.S. Immigration and Customs Enforcement"
MONTHS = ("Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
CRIMES = ("Convicted Criminal", "Pending Criminal Charges", "Other Immigration Violator")

BY_TYPE = "by Facility Type and Month: FY2022"
HELD_IN = [("Total", 30.5), ("FSC", 0.5), ("Adult", 30.0)]


def early() -> list[Made]:
    """A workbook of fiscal year 2022: family centres, releases by reason, a year-old sheet hidden in it."""
    old = Made(
        "Detention EOFY2020", {(2, 0): [["ICE DETENTION DATA, EOFY2020"]], (7, 13): removals("EOFY2020", 987)}, True
    )
    return [
        Made("Header", {(0, 0): [["ICE Detention Statistics"]]}),
        atd("FY22", "2/5/2022", [("GPS", 30, 200.5), ("SmartLINK", 60, 100.25), ("TR", 10, 900)]),
        early_detention(),
        iclos(),
        bond(),
        semiannual(),
        early_facilities(),
        Made(
            "Trans. Detainee Pop. FY22 YTD ",
            {
                (0, 0): [[AGENCY]],
                (2, 0): [
                    ["ICE Transgender* Detainee Population FY 2022 YTD:  as of 2/7/2022"],
                    ["FY 2022 YTD", "County"],
                    ["Total Book-Ins ", 9],
                    ["Currently Detained Total", 4],
                    ["Houston Area of Responsibility", 4],
                ],
            },
        ),
        vulnerable(),
        old,
        footnotes("FY2022 YTD ICE Detention data are updated through 02/05/2022 (run 02/07/2022).", "EOFY2022"),
    ]


def late() -> list[Made]:
    """A workbook of fiscal year 2026: stays and book-outs by month, stateless people, segregation by facility."""
    return [
        Made("Header", {(0, 0): [["ICE Detention Statistics"]]}),
        atd("FY26", "02/07/2026", [("SmartLINK", 60, 100.25), ("Ankle Monitor", 36, 80), ("", 4, 7.25)]),
        late_detention(),
        late_facilities(),
        Made(
            "FY26 Monthly Segregation",
            {
                (0, 0): [[AGENCY]],
                (4, 0): [
                    ["January 2026"],
                    ["Facilities", "Placement Count"],
                    ["SAMPLE CITY JAIL", 3],
                    ["Grand Total", 3],
                ],
            },
        ),
        footnotes("ICE Removals data are updated through 02/07/2026.", "FY2026 YTD"),
    ]


def early_detention() -> Made:
    return Made(
        "Detention FY22",
        {
            (0, 0): [[AGENCY], [], ["ICE DETENTION DATA, FY2022"]],
            (7, 0): [
                ["ICE Currently Detained by Processing Disposition and Detention Facility Type: "],
                ["Processing Disposition", "FSC", "Adult", "Total"],
                ["Total", 10, 90, 100],
                ["Expedited Removal (I-860)", "-", 40, 40],
                ["Notice to Appear (I-862)", 10, 50, 60],
            ],
            (7, 6): [
                ["Average Time from USCIS Fear Decision Service Date to ICE Release (In Days)"],
                ["ICE Release Fiscal Year", None, "FSC", "Adult", "Total"],
                ["FY2022", None, 19.5, 130.25, 128.75],
            ],
            (17, 0): criminality(100),
            (17, 8): by_month(
                "ICE Initial Book-Ins by Arresting Agency and Month: FY2022",
                "Agency",
                [("Total", 30), ("CBP", 10), ("ICE  ", 20)],
            ),
            (26, 7): [
                ["ICE Final Releases by Facility Type: FY2022"],
                ["Facility Type", None, "Total"],
                ["Total", None, 50],
                ["FSC", None, 5],
                ["Adult", None, 45],
            ],
            (26, 13): removals("FY2022", 500),
            (35, 0): [
                ["ICE Final Releases by Release Reason, Month and Criminality: FY2022"],
                ["Release Reason", "Criminality", *MONTHS, "Total"],
                ["Total", None, *[6] * 12, 72],
                ["Bonded Out", "Total", *[6] * 12, 72],
                *[[None, crime, *[2] * 12, 24] for crime in CRIMES],
            ],
            (26, 0): [
                ["ICE Initial Book-Ins by Facility Type and Criminality: FY2022"],
                ["Facility Type", *CRIMES, "Total"],
                ["Total", 120, 120, 120, 360],
                ["FSC", 20, 20, 20, 60],
                ["Adult", 100, 100, 100, 300],
            ],
            (48, 0): stays("ICE Average Daily Population by Arresting Agency, Month and Criminality: FY2022 YTD", 30),
            (64, 0): stays("ICE Average Length of Stay by Arresting Agency, Month and Criminality: FY2022 YTD", 45),
            (80, 0): by_month(f"ICE Average Daily Population {BY_TYPE}", "Facility Type", HELD_IN, "FY Overall"),
            (87, 0): by_month(f"ICE Average Length of Stay {BY_TYPE}", "Facility Type", HELD_IN, "FY Overall"),
        },
    )


def late_detention() -> Made:
    stateless = "ICE Currently Detained of Stateless Aliens by Detention Facility"
    return Made(
        "Detention FY26",
        {
            (0, 0): [[AGENCY], [], ["ICE DETENTION DATA, FY2026"]],
            (9, 0): criminality(300, ": FY2026"),
            (9, 8): by_month(
                "ICE Initial Book-Ins by Arresting Agency and Month: FY2026",
                "Agency",
                [("Total", 90), ("CBP", 30), ("ICE  ", 60)],
            ),
            (18, 13): removals("FY2026", 800),
            (26, 0): by_month(
                "ICE Average Daily Population by Facility Type and Month: FY2026",
                "Facility Type",
                [("Total", 300.5), ("FSC", 0.5), ("Adult", 300)],
                "FY Overall",
            ),
            (32, 0): [
                ["Aliens with Positive Credible Fear Determination Parole Status: FY2025 - FY2026"],
                ["Fiscal Year", "Parole Status", *MONTHS, "FY Overall"],
                ["FY2026", "Parole Granted", *[1] * 12, 12],
                [None, "Parole Denied", *[2] * 12, 24],
                ["FY2025", "Parole Granted", *[3] * 12, 36],
                [None, "Parole Denied", *[4] * 12, 48],
            ],
            (40, 0): [
                [stateless],
                ["Detention Facility", "Detention Facility Code", "Total"],
                ["Total", None, 7],
                ["SAMPLE CITY JAIL", "SAMPLTX", 7],
            ],
        },
    )


def atd(year: str, day: str, rows: list[tuple[str, int, float]]) -> Made:
    costs: list[list[Value]] = [[name or "Dual Technology", count, count * 1.5] for name, count, _ in rows]
    title = "Active ATD Participants and Average Length in Program"
    heads = ["AOR/Technology", "Count", "Average Length in Program"]
    return Made(
        f"ATD {year} YTD",
        {
            (0, 0): [[AGENCY], [], [], [f"ICE ALTERNATIVES TO DETENTION DATA, {year}"]],
            (6, 0): [
                ["ATD Active Population Counts and Daily Cost by Technology"],
                ["Technology", "Count", "Daily Tech Cost"],
                *costs,
                ["Total", 100, 150],
                [f"Data from BI Inc. Participants Report, {day.replace('/', '.')}"],
            ],
            (7, 4): [
                [f"{year} thru January Court Appearance: Total Hearings*"],
                ["Metric", "Count", "%"],
                ["Attended", 90, 0.9],
                ["Failed to Attend", 10, 0.1],
                ["Total", 100, 1],
            ],
            (20, 0): [
                [f"{title}, {year},  as of {day}, by AOR and Technology"],
                heads,
                ["Total", 100, 150.5],
                ["Atlanta", 100, 150.5],
                *rows,
            ],
        },
    )  # fmt: skip


def iclos() -> Made:
    heads: Table = [
        ["Population ", 2021, None, None, None, 2022],
        [None, "November", None, "December", None, "January"],
        [None, "mid ", "end", "mid ", "end", "mid "],
    ]
    return Made(
        " ICLOS and Detainees",
        {
            (0, 0): [["Average In Custody Length of Stay (ICLOS)"]],
            (3, 0): [*heads, ["Adult Facility Individuals", 44.5, 43, 42, 41, 40], ["Total", 44.5, 43, 42, 41, 40]],
            (12, 0): [["Detainees"]],
            (15, 0): [
                *heads,
                ["Adult Facility Individuals"],
                ["0-180 Days", 90, 91, 92, 93, 94],
                ["More than 730 Days", 1, 1, 1, 1, 1],
                ["Total", 91, 92, 93, 94, 95],
            ],
        },
    )


def bond() -> Made:
    return Made(
        "Monthly Bond Statistics",
        {
            (0, 0): [["Bonded Out Releases Count and ALOS - Prior 12 months plus Current Month"]],
            (2, 0): [
                [None, date(2021, 12, 1), date(2022, 1, 1)],
                ["Total ICE Final Releases", 60, 70],
                ["ICE Final Releases with Bond Posted", 6, 7],
                ["Bond Posted Releases (%)", 0.1, 0.1],
                ["Average Bond Amount ($)", 5000, 6000.5],
                ["ALOS (Days)", 20.25, 30],
            ],
        },
    )


def semiannual() -> Made:
    return Made(
        "Semiannual",
        {
            (0, 0): [["The data contained within this page are static (as of September 30, 2021)."]],
            (2, 0): [
                ["United States Armed Forces Noncitizen Arrests FY2020 - FY2021"],
                ["Fiscal Year", "Arrests"],
                ["FY2020", 10],
                ["FY2021 ", 25],
            ],
            (7, 0): [
                ["Temporary Protected Status Countries Removals FY2020 - FY2021"],
                ["Citizenship Country", "FY2020", "FY2021"],
                ["Haiti", 3, 4],
                ["Lebanon"],
                ["Nepal", 1],
            ],
        },
    )


def vulnerable() -> Made:
    return Made(
        "Vulnerable & Special Population",
        {
            (0, 0): [["Definition for Vulnerable and Special Populations "]],
            (3, 0): [
                ["Fiscal Year (FY) 2022 Quarter 1 Data"],
                ["Placement Reason", "Number of Placements", "Average Number of Consecutive Days in Segregation"],
                ["Disciplinary", 5, 12.5],
                ["Grand Total", 5, 12.5],
            ],
        },
    )


def footnotes(sentence: str, about: str) -> Made:
    return Made("Footnotes", {(0, 0): [[AGENCY], [], ["ICE FOOTNOTES"], ["Term", "Definition"], [about, sentence]]})


WHERE: list[Value] = ["Name", "Address", "City", "State", "Zip", "AOR", "Type Detailed", "Male/Female"]
JAIL: list[Value] = ["SAMPLE CITY JAIL", "1 SAMPLE STREET", "SAMPLE CITY", "MA"]
HELD: list[Value] = [
    "Level A", "Level B", "Level C", "Level D", "Male Crim", "Male Non-Crim", "Female Crim", "Female Non-Crim",
    "ICE Threat Level 1", "ICE Threat Level 2", "ICE Threat Level 3", "No ICE Threat Level", "Mandatory",
    "Guaranteed Minimum", "Last Inspection Type",
]  # fmt: skip
COUNTS: list[Value] = [40.5, 30, 20, 9.5, 50, 25.5, 14.5, 10, 20, 20, 20, 40, 75, 120]


def early_facilities() -> Made:
    inspected: list[Value] = [
        "ODO Final Report Date", "ODO Inspection End Date", "ODO Last Inspection Standard", "ODO Final Rating",
        "Last Nakamoto Inspection Standard", "Last Nakamoto Inspection Rating - Final",
        "Last Nakamoto Inspection Date", "Second to Last Nakamoto Inspection Type",
        "Second to Last Nakamoto Inspection Standard", "Second to Last Nakamoto Inspection Date",
        "Second to Last Inspection Type", "Second to Last Inspection Standard", "Second to Last Inspection Rating",
        "Second to Last Inspection Date",
    ]  # fmt: skip
    seen: list[Value] = [
        date(2021, 11, 2), "9/30/2021", "PBNDS 2011", "Pass", "NDS 2019", "Meets Standard", "7/1/2019", "Regular",
        "NDS 2019", 44105, "Regular", "NDS 2019", "Meets Standard", "6/1/2020",
    ]  # fmt: skip
    return Made(
        "Facilities FY22 ",
        {
            (0, 0): [[AGENCY], [], ["ICE FACILITIES DATA, FY22"], [], ["Facility Information"]],
            (5, 0): [["Source: ICE Integrated Decision Support (IIDS), 02/07/2022"]],
            (6, 0): [
                [*WHERE, "FY22 ALOS", *HELD, *inspected],
                [*JAIL, 1234, "BOS", "IGSA", "Female/Male", 20.25, *COUNTS, "ODO", *seen],
                ["[1] SAMPLE CITY JAIL houses single adults and no longer house family units as of 12/11/21."],
            ],
        },
    )  # fmt: skip


def late_facilities() -> Made:
    inspected: list[Value] = [
        "Last Inspection End Date",
        "Pending FY26 Inspection",
        "Last Inspection Standard",
        "Last Final Rating",
    ]
    heads = [
        "Facility Information",
        *[None] * 7,
        "Facility Average Length of Stay",
        "FY26 ADP: Detainee Classification",
    ]
    return Made(
        "Facilities FY26",
        {
            (0, 0): [["These statistics are made available to the public."], [], ["ICE Facilities Data, FY26"]],
            (4, 0): [["Data Source: ICE Integrated Decision Support (IIDS), 02/05/2026"]],
            (8, 0): [
                heads,
                [*WHERE, "FY26 ALOS", *HELD, *inspected],
                [*JAIL, "01234", "BOS", "IGSA", "Male", 20.25,
                 *COUNTS[:-1], "*", "ODO", "Scheduled FY26", "Scheduled", "PBNDS 2011", "Pass"],
            ],
        },
    )  # fmt: skip


def criminality(total: int, ending: str = "") -> Table:
    half = total // 2
    rows: Table = [
        [f"ICE Currently Detained by Criminality and Arresting Agency{ending}"],
        ["Criminality", "ICE", "Percent ICE", "CBP", "Percent CBP", "Total"],
        ["Total", half, 0.5, total - half, 0.5, total],
        ["Convicted Criminal", half, 0.5, 0, 0, half],
        ["Other Immigration Violator", 0, 0, total - half, 1, total - half],
    ]
    return rows


def by_month(title: str, stub: str, rows: list[tuple[str, float]], last: str = "Total") -> Table:
    """A table of the same figure each month; the last column is their sum, or the figure itself if it is a mean."""
    years: list[list[Value]] = [[label, *[each] * 12, each if last != "Total" else each * 12] for label, each in rows]
    return [[title], [stub, *MONTHS, last], *years]


def stays(title: str, each: float) -> Table:
    rows: list[list[str | float]] = []
    for agency in ("CBP Average", "ICE Average  ", "Average "):
        rows.append([agency, *[each] * 13])
        rows += [[crime, *[each / 3] * 13] for crime in CRIMES]
    return [[title], ["Agency", *MONTHS, "FY Overall"], *rows]


def removals(year: str, total: int) -> Table:
    return [
        [f"ICE Removals: {year}"],
        [None, None, "Removals"],
        ["Total", None, total],
        ["Removals with a FSC Detention" if "22" in year else "Removals with a FAMU Identifier", None, total / 10],
    ]


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    write(FOLDER / "FY22_detentionStats_02092022.xlsx", early())
    write(FOLDER / "20260213010101-FY26_detentionStats_02122026.xlsx", late())
    return 0


if __name__ == "__main__":
    sys.exit(main())
