"""What is known of the workbook's tabs: the titles of their tables and the labels in them, over all years.

A title or a label that stands in none of these lists is not understood, and is told so. To teach the reader a new
one, add it here, in `detention_tab` or in `labels`.
"""

from __future__ import annotations

from .detention_tab import DETENTION
from .kinds import Kind, Tab
from .labels import AREAS, DAYS_HELD, FINAL_ORDERS, HALVES, MONTHS, PLACEMENTS, POPULATIONS, TECHNOLOGIES, labels

ATD = Tab(
    "atd",
    r"ATD|alternatives",
    r"ICE ALTERNATIVES TO DETENTION DATA\b.*",
    (
        Kind(
            "active population and daily cost by technology",
            ("ATD Active Population Counts and Daily Cost by Technology",),
            rows=TECHNOLOGIES, columns=labels("count|daily tech cost"),
            is_main=False,
        ),
        Kind(
            "active population by status and case management",
            ("ATD Active Population by Status, Extended Case Management Service, Count and ALIP",),
            rows=labels("famu|ecms-famu|single adult|ecms-single adult|total"), columns=labels("count|alip"),
        ),
        Kind(
            "active participants by area of responsibility and technology",
            ("Active ATD Participants and Average Length in Program, by AOR and Technology",
             "Active ATD Participants and Average Length in Program"),
            rows=TECHNOLOGIES, columns=labels("count|average length in program"), by_area=True,
            adds=("group", "row"),
        ),
        Kind(
            "court appearance: total hearings", ("Court Appearance: Total Hearings",),
            rows=labels("attended|failed to attend|total"), columns=labels("count|%"), unit="hearings",
            is_main=False,
        ),
        Kind(
            "court appearance: final hearings", ("Court Appearance: Final Hearings",),
            rows=labels("attended|failed to attend|total"), columns=labels("count|%"), unit="hearings",
            is_main=False,
        ),
    ),
)  # fmt: skip

ICLOS = Tab(
    "iclos",
    r"ICLOS",
    r"Average In Custody Length of Stay\b.*",
    (
        Kind(
            "average in custody length of stay", ("Average In Custody Length of Stay (ICLOS)",), unit="days",
            rows=POPULATIONS, columns=HALVES,
        ),
        Kind(
            "detained by length of stay", ("Detainees",), rows=DAYS_HELD, columns=HALVES, groups=POPULATIONS,
            adds=("group", "row"),
        ),
    ),
)  # fmt: skip

BOND = Tab(
    "bond",
    r"bond",
    r".*Bonded Out\b.*ALOS.*",
    (
        Kind(
            "bonded out by month",
            ("Bonded Out Releases Count and ALOS - Prior 12 months plus Current Month",
             "Bonded Out Releases Count and ALOS for Bond Releases - Prior 12 months plus Current Month",
             "Bonded Out Book Outs/Releases Count and ALOS - Prior 12 months plus Current Month",
             "Bonded Out Book Outs Count and ALOS - Prior 12 months plus Current Month"),
            columns=MONTHS,
            rows=labels(
                "total ice final releases|ice final releases with bond posted|bond posted releases (%)|"
                "total ice final book outs|ice final book outs with bond posted|bond posted book outs (%)|"
                "total ice final book outs/ ice final releases|bond posted book outs/releases (%)|"
                "ice final book outs/ ice final releases with bond posted|average bond amount ($)|alos (days)"
            ),
            adds=(),
        ),
    ),
)  # fmt: skip

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SEGREGATION = Tab(
    "segregation",
    r"segregation",
    rf"(?:{_MONTH} 20\d\d\b.*|ICE Segregation Population\b.*)",
    (
        Kind(
            "placements in segregation by facility", (),
            like=rf"{_MONTH} 20\d\d(?: This Segregation Review.*)?|ICE Segregation Population.* {_MONTH} 20\d\d\b.*",
            unit="placements", columns=labels("placement count"),
        ),
    ),
)  # fmt: skip

VULNERABLE = Tab(
    "vulnerable",
    r"vulnerable",
    r"Definition for Vulnerable.*|(?:Fiscal Year|FY).* Quarter \d Data",
    (
        Kind(
            "segregation of vulnerable and special populations by placement reason",
            ("Fiscal Year (FY) 2022 Quarter 1 Data",), unit="placements", rows=PLACEMENTS,
            columns=labels("number of placements|average number of consecutive days in segregation|"
                            "average number of cumulative days in segregation"),
        ),
    ),
)  # fmt: skip


_DONE = (("arrests", "Arrests"), ("book-ins", "Bookins"), ("removals", "Removals"))
_WHOM = (
    ("members of the armed forces", ("United States Armed Forces Noncitizen",)),
    ("United States citizens", ("United States Citizen",)),
    ("parents of United States citizens", ("Parents of USC", "Parents of United States Citizens")),
)
_COUNTRIES = "Temporary Protected Status Countries"
SEMIANNUAL = Tab(
    "semiannual",
    r"semi-?annual",
    r"United States Armed Forces .*",
    (
        *(
            Kind(
                f"{done} of {whom}",
                tuple(f"{name} {word}" for name in called),
                columns=labels(f"{word.lower()}|{done}"),
                adds=(),
            )
            for whom, called in _WHOM
            for done, word in _DONE
        ),
        *(
            Kind(f"{done} by country with temporary protected status", (f"{_COUNTRIES} {word}",), adds=())
            for done, word in _DONE
        ),
    ),
)

TRANSGENDER = Tab(
    "transgender",
    r"trans(?:gender|\.)? ",
    r"ICE (?:Detained )?Transgender\b.*",
    (
        Kind(
            "transgender detainees",
            ("ICE Transgender* Detainee Population", "ICE Detained Transgender* Population"),
            rows=FINAL_ORDERS | AREAS, columns=labels("count|county"),
            adds=(),
        ),
    ),
)  # fmt: skip

FACILITIES = Tab("facilities", r"facilities", r"(?:ICE|ICE Enforcement and Removal Operations) FACILITIES DATA\b.*")

TABS = (DETENTION, ATD, ICLOS, BOND, SEGREGATION, VULNERABLE, SEMIANNUAL, TRANSGENDER, FACILITIES)

WITHOUT_FIGURES = r"header|foot ?notes?.*"
"""Names of the sheets that hold words alone."""
