"""The detention tab: the titles of its tables over all years, and the labels in them."""

from __future__ import annotations

from .kinds import Kind, Tab
from .labels import AGENCIES, CRIMINALITY, DAYS_HELD, DISPOSITIONS, HELD_IN, MONTHS, REASONS, labels

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
            rows=HELD_IN, columns=labels("total detained"), is_main=False,
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
            rows=HELD_IN, columns=labels("total"),
            is_main=False,
        ),
        Kind(
            "final book-outs by facility type",
            ("ICE Final Book Outs by Facility Type", "ICE Final Book Outs"),
            rows=HELD_IN, columns=labels("total"),
            is_main=False,
        ),
        Kind(
            "removals", ("ICE Removals",), columns=labels("total|removals"),
            rows=labels("total|removals with a frc detention|removals with a fsc detention|"
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
            rows=DAYS_HELD, columns=labels("average length of days in custody|currently detained"), is_main=False,
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
            rows=labels("parole requested|parole granted|parole denied|total"), columns=MONTHS, is_main=False,
            adds=("column",),
        ),
        Kind(
            "currently detained stateless persons by detention facility",
            ("ICE Currently Detained of Stateless Noncitizens by Detention Facility",),
            columns=labels("total"), is_main=False,
        ),
    ),
)  # fmt: skip
