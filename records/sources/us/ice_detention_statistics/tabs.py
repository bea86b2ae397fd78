"""What is known of the workbook's tabs: the titles of their tables and the labels in them, over all years.

A title or a label that stands in none of these lists is not understood, and is told so. To teach the reader a new
one, add it here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .words import telling

_LONGEST_TITLE = 1000
Labels = frozenset[str] | None
"""Labels in the words of `words.plain`; None where they are open (countries, facilities)."""


def _labels(text: str) -> frozenset[str]:
    return frozenset(label.strip() for label in text.split("|"))


MONTHS = _labels("oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep|total")
CRIMINALITY = _labels("convicted criminal|pending criminal charges|other immigration violator|non-criminal|total")
AGENCIES = _labels("ice|cbp|total")
HELD_IN = _labels("adult|frc|fsc|total")
REASONS = _labels(
    "bonded out|bond set by ice|bond set by ij|order of recognizance|order of supervision|paroled|court ordered|"
    "prosecutorial discretion|proceedings terminated|release to remove|relief granted by ij|"
    "transfer to u.s. marshals or other agency|transferred|other|total"
)
PART_OF = {"bond set by ice": "bonded out", "bond set by ij": "bonded out"}
"""Of what a label is a part, where that is not the total."""
DISPOSITIONS = _labels(
    "expedited removal (i-860)|notice to appear (i-862)|reinstatement of deport order (i-871)|other|total"
)
AREAS = _labels(
    "atlanta|baltimore|boston|buffalo|chicago|dallas|denver|detroit|el paso|harlingen|houston|los angeles|miami|"
    "new orleans|new york|newark|philadelphia|phoenix|salt lake city|san antonio|san diego|san francisco|seattle|"
    "st paul|washington dc"
)
TECHNOLOGIES = _labels("gps|smartlink|voiceid|tr|veriwatch|wristworn|ankle monitor|no tech|dual tech|total")
DAYS_HELD = _labels("0-180 days|181-365 days|366-730 days|more than 730 days|total")
POPULATIONS = _labels(
    "adult facility individuals|frc facility individuals|fsc facility individuals|"
    "post-determination for adult facility individuals with positive fear claim|"
    "post-determination for frc facility individuals with positive fear claim|"
    "post-determination for fsc facility individuals with positive fear claim|"
    "single adults with a positive fear determination still in custody|"
    "family units with a positive fear determination still in custody|total"
)
HALVES = _labels("mid|end")
PLACEMENTS = _labels(
    "disciplinary|facility security threat|medical/mental health|pending investigation of disciplinary violation|"
    "protective custody|hunger strike|suicide risk placement|total"
)
_FINAL_ORDERS = _labels(
    "total book-ins|book-ins with final order|book-ins without final order|"
    "book-in location/area of responsibility total|currently detained|currently detained total|"
    "currently detained with final order|currently detained without final order|"
    "currently detained location/area of responsibility total|current book-ins with final order|"
    "current book-ins without final order|total current book-in location/area of responsibility|"
    "current in ice custody with final order|current in ice custody without final order|"
    "current in ice custody final order status unknown|with final order|without final order|"
    "total current in ice custody location/area of responsibility"
)


@dataclass(frozen=True)
class Kind:
    """One titled table that the publisher repeats from release to release.

    `said` are its titles over the years, told by their words; or `like` is a pattern of them. A tab is published for
    its main tables (`is_main`), which every release has had. `heads` are row labels that begin a group of rows, with
    what the group is called; where `by_area`, every area of responsibility is one. `adds` says along which labels
    counts add up to `total`.
    """

    title: str
    said: tuple[str, ...]
    unit: str = "persons"
    rows: Labels = None
    columns: Labels = None
    groups: Labels = None
    heads: tuple[tuple[str, str], ...] = ()
    by_area: bool = False
    like: str = ""
    is_main: bool = True
    adds: tuple[str, ...] = ("row",)


@dataclass(frozen=True)
class Tab:
    """One of the workbook's tabs. `names` matches the sheet's name, `titles` a line that stands on the tab."""

    tab: str
    names: str
    titles: str
    kinds: tuple[Kind, ...] = ()

    def kind(self, title: str) -> Kind | None:
        """What a title is of; None where no rule knows it."""
        if len(title) > _LONGEST_TITLE:
            return None
        return self._by_words.get(telling(title)) or next(
            (kind for kind in self.kinds if kind.like and re.fullmatch(kind.like, title, re.IGNORECASE)), None
        )

    @cached_property
    def groups(self) -> frozenset[str]:
        """Lines of words that head the rows below them."""
        return frozenset(group for kind in self.kinds for group in kind.groups or ())

    @cached_property
    def row_labels(self) -> frozenset[str]:
        """Labels of rows, as far as they are not open."""
        return frozenset(row for kind in self.kinds for row in kind.rows or ())

    @cached_property
    def _by_words(self) -> dict[frozenset[str], Kind]:
        return {telling(said): kind for kind in self.kinds for said in kind.said}


_BY_AGENCY = (("cbp average", "cbp"), ("ice average", "ice"), ("average", "total"))

DETENTION = Tab(
    "detention",
    r"detention",
    r"ICE DETENTION DATA\b.*",
    (
        Kind(
            "currently detained by processing disposition and facility type",
            (
                "ICE Currently Detained by Processing Disposition and Detention Facility Type",
                "ICE Currently Detained by Processing Disposition and Facility Type",
                "ICE Currently Detained by Processing Disposition",
            ),
            rows=DISPOSITIONS, columns=HELD_IN,
            adds=("row", "column"),
        ),
        Kind(
            "average time from fear decision to release",
            ("Average Time from USCIS Fear Decision Service Date to ICE Release (In Days)",),
            unit="days", columns=HELD_IN, is_main=False,
        ),
        Kind(
            "currently detained with established fear decisions by facility type",
            (
                "Aliens with USCIS-Established Fear Decisions in an ICE Detention Facility by Facility Type",
                "Aliens with USCIS-Established Fear Decisions in an ICE Detention Facility",
            ),
            rows=HELD_IN, columns=_labels("total detained"), is_main=False,
        ),
        Kind(
            "currently detained by criminality and arresting agency",
            ("ICE Currently Detained by Criminality and Arresting Agency",),
            rows=CRIMINALITY, columns=AGENCIES | {"percent ice", "percent cbp"},
            adds=("row", "column"),
        ),
        Kind(
            "book-ins by arresting agency and month",
            ("ICE Initial Book-Ins by Arresting Agency and Month",),
            rows=AGENCIES, columns=MONTHS,
            adds=("row", "column"),
        ),
        Kind(
            "book-ins by facility type and criminality",
            ("ICE Initial Book-Ins by Facility Type and Criminality", "ICE Initial Book-Ins by Criminality"),
            rows=HELD_IN, columns=CRIMINALITY,
            adds=("row", "column"),
        ),
        Kind(
            "final releases by facility type",
            ("ICE Final Releases by Facility Type", "ICE Final Releases"),
            rows=HELD_IN, columns=_labels("total"),
            is_main=False,
        ),
        Kind(
            "final book-outs by facility type",
            ("ICE Final Book Outs by Facility Type", "ICE Final Book Outs"),
            rows=HELD_IN, columns=_labels("total"),
            is_main=False,
        ),
        Kind(
            "removals", ("ICE Removals",), columns=_labels("total|removals"),
            rows=_labels("total|removals with a frc detention|removals with a fsc detention|"
                         "removals with a famu identifier"),
            adds=(),
        ),
        Kind(
            "final releases by reason and criminality",
            ("ICE Final Releases by Release Reason and Criminality",
             "ICE Final Releases by Release Reason, Month and Criminality"),
            rows=REASONS | CRIMINALITY, columns=CRIMINALITY | MONTHS, groups=REASONS,
            adds=("group", "row", "column"),
            is_main=False,
        ),
        Kind(
            "final book-outs by reason, month and criminality",
            ("ICE Final Book Outs by Release Reason, Month and Criminality",
             "ICE Final Book Outs by Release Reason and Criminality"),
            rows=CRIMINALITY, columns=MONTHS | CRIMINALITY, groups=REASONS,
            adds=("group", "row", "column"),
            is_main=False,
        ),
        Kind(
            "average daily population by arresting agency, month and criminality",
            ("ICE Average Daily Population by Arresting Agency, Month and Criminality",),
            rows=CRIMINALITY, columns=MONTHS, heads=_BY_AGENCY,
            adds=("group", "row"),
        ),
        Kind(
            "average length of stay by arresting agency, month and criminality",
            ("ICE Average Length of Stay by Arresting Agency, Month and Criminality",),
            unit="days", rows=CRIMINALITY, columns=MONTHS, heads=_BY_AGENCY,
        ),
        Kind(
            "average daily population by facility type and month",
            ("ICE Average Daily Population by Facility Type and Month", "ICE Average Daily Population by Month"),
            rows=HELD_IN, columns=MONTHS,
        ),
        Kind(
            "average length of stay by facility type and month",
            ("ICE Average Length of Stay by Facility Type and Month", "ICE Average Length of Stay by Month"),
            unit="days", rows=HELD_IN, columns=MONTHS,
        ),
        Kind(
            "average length of stay in adult facilities by month and arresting agency",
            ("ICE Average Length of Stay Adult Facility Type by Month and Arresting Agency",
             "ICE Average Length of Stay by Month and Arresting Agency"),
            unit="days", rows=AGENCIES, columns=MONTHS,
            is_main=False,
        ),
        Kind(
            "currently detained with credible and reasonable fear by days in custody",
            ("Currently Detained Credible and Reasonable Fear Average Length of Days in Custody",
             "Currently Detained Credible and Reasonable Fear Average Length Of Stay"),
            rows=DAYS_HELD, columns=_labels("average length of days in custody|currently detained"), is_main=False,
            adds=(),
        ),
        Kind(
            "parole requested after a positive credible fear determination",
            ("Individuals with Positive Credible Fear Determination Parole Requested",),
            columns=MONTHS, is_main=False,
            adds=("column",),
        ),
        Kind(
            "parole status after a positive credible fear determination",
            ("Individuals with Positive Credible Fear Determination Parole Status",),
            rows=_labels("parole requested|parole granted|parole denied|total"), columns=MONTHS, is_main=False,
            adds=("column",),
        ),
        Kind(
            "currently detained stateless persons by detention facility",
            ("ICE Currently Detained of Stateless Noncitizens by Detention Facility",),
            columns=_labels("total"), is_main=False,
        ),
    ),
)  # fmt: skip

ATD = Tab(
    "atd",
    r"ATD|alternatives",
    r"ICE ALTERNATIVES TO DETENTION DATA\b.*",
    (
        Kind(
            "active population and daily cost by technology",
            ("ATD Active Population Counts and Daily Cost by Technology",),
            rows=TECHNOLOGIES, columns=_labels("count|daily tech cost"),
            is_main=False,
        ),
        Kind(
            "active population by status and case management",
            ("ATD Active Population by Status, Extended Case Management Service, Count and ALIP",),
            rows=_labels("famu|ecms-famu|single adult|ecms-single adult|total"), columns=_labels("count|alip"),
        ),
        Kind(
            "active participants by area of responsibility and technology",
            ("Active ATD Participants and Average Length in Program, by AOR and Technology",
             "Active ATD Participants and Average Length in Program"),
            rows=TECHNOLOGIES, columns=_labels("count|average length in program"), by_area=True,
            adds=("group", "row"),
        ),
        Kind(
            "court appearance: total hearings", ("Court Appearance: Total Hearings",),
            rows=_labels("attended|failed to attend|total"), columns=_labels("count|%"), unit="hearings",
            is_main=False,
        ),
        Kind(
            "court appearance: final hearings", ("Court Appearance: Final Hearings",),
            rows=_labels("attended|failed to attend|total"), columns=_labels("count|%"), unit="hearings",
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
            rows=_labels(
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
            unit="placements", columns=_labels("placement count"),
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
            columns=_labels("number of placements|average number of consecutive days in segregation|"
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
                columns=_labels(f"{word.lower()}|{done}"),
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
            rows=_FINAL_ORDERS | AREAS, columns=_labels("count|county"),
            adds=(),
        ),
    ),
)  # fmt: skip

FACILITIES = Tab("facilities", r"facilities", r"(?:ICE|ICE Enforcement and Removal Operations) FACILITIES DATA\b.*")

TABS = (DETENTION, ATD, ICLOS, BOND, SEGREGATION, VULNERABLE, SEMIANNUAL, TRANSGENDER, FACILITIES)

STUBS = _labels(
    "processing disposition|ice release fiscal year|detention facility type|criminality|agency|facility type|"
    "release reason|arresting agency|fiscal year|parole status|detention facility|detention facility code|"
    "group of days in custody|technology|metric|famu status|aor/technology|population|placement reason|facilities|"
    "citizenship country"
)
WITHOUT_FIGURES = r"header|foot ?notes?.*"
"""Names of the sheets that hold words alone."""
