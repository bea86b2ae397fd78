"""The labels that stand in the workbook's tables, over all years, in the words of `words.plain`.

A label that stands in none of these lists is not understood, and is told so.
"""

from __future__ import annotations

Labels = frozenset[str] | None
"""Labels in the words of `words.plain`; None where they are open (countries, facilities)."""


def labels(text: str) -> frozenset[str]:
    """The labels that bars part."""
    return frozenset(label.strip() for label in text.split("|"))


MONTHS = labels("oct|nov|dec|jan|feb|mar|apr|may|jun|jul|aug|sep|total")
CRIMINALITY = labels("convicted criminal|pending criminal charges|other immigration violator|non-criminal|total")
AGENCIES = labels("ice|cbp|total")
HELD_IN = labels("adult|frc|fsc|total")
REASONS = labels(
    "bonded out|bond set by ice|bond set by ij|order of recognizance|order of supervision|paroled|court ordered|"
    "prosecutorial discretion|proceedings terminated|release to remove|relief granted by ij|"
    "transfer to u.s. marshals or other agency|transferred|other|total"
)
PART_OF = {"bond set by ice": "bonded out", "bond set by ij": "bonded out"}
"""Of what a label is a part, where that is not the total."""
DISPOSITIONS = labels(
    "expedited removal (i-860)|notice to appear (i-862)|reinstatement of deport order (i-871)|other|total"
)
AREAS = labels(
    "atlanta|baltimore|boston|buffalo|chicago|dallas|denver|detroit|el paso|harlingen|houston|los angeles|miami|"
    "new orleans|new york|newark|philadelphia|phoenix|salt lake city|san antonio|san diego|san francisco|seattle|"
    "st paul|washington dc"
)
TECHNOLOGIES = labels("gps|smartlink|voiceid|tr|veriwatch|wristworn|ankle monitor|no tech|dual tech|total")
DAYS_HELD = labels("0-180 days|181-365 days|366-730 days|more than 730 days|total")
POPULATIONS = labels(
    "adult facility individuals|frc facility individuals|fsc facility individuals|"
    "post-determination for adult facility individuals with positive fear claim|"
    "post-determination for frc facility individuals with positive fear claim|"
    "post-determination for fsc facility individuals with positive fear claim|"
    "single adults with a positive fear determination still in custody|"
    "family units with a positive fear determination still in custody|total"
)
HALVES = labels("mid|end")
PLACEMENTS = labels(
    "disciplinary|facility security threat|medical/mental health|pending investigation of disciplinary violation|"
    "protective custody|hunger strike|suicide risk placement|total"
)
FINAL_ORDERS = labels(
    "total book-ins|book-ins with final order|book-ins without final order|"
    "book-in location/area of responsibility total|currently detained|currently detained total|"
    "currently detained with final order|currently detained without final order|"
    "currently detained location/area of responsibility total|current book-ins with final order|"
    "current book-ins without final order|total current book-in location/area of responsibility|"
    "current in ice custody with final order|current in ice custody without final order|"
    "current in ice custody final order status unknown|with final order|without final order|"
    "total current in ice custody location/area of responsibility"
)
STUBS = labels(
    "processing disposition|ice release fiscal year|detention facility type|criminality|agency|facility type|"
    "release reason|arresting agency|fiscal year|parole status|detention facility|detention facility code|"
    "group of days in custody|technology|metric|famu status|aor/technology|population|placement reason|facilities|"
    "citizenship country"
)
