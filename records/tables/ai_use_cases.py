"""AI uses as federal agencies' inventories of 2023, 2024 and 2025 tell them, one row a use and inventory."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import StringValue, Table, Value

from tallystick import rows_of, table

from .ai_use_case_terms import HIGH_IMPACT, NOT_ASKED, SAFEGUARDS, STAGES, STATED, YES_OR_NO, term

KEY = ["use_case_key"]
TEXT = "string"
_COMPONENTS = {
    "Customs and Border Protection": "CBP",
    "Cybersecurity and Infrastructure Security Agency": "CISA",
    "Immigration and Customs Enforcement": "ICE",
    "United States Citizenship and Immigration Services": "USCIS",
}
_TOLD = (
    "topic", "technique", "purpose", "benefits", "outputs", "high_impact_because", "developed", "data_description",
    "demographics", "has_authority_to_operate", "system_name", "potential_impacts", "extension", "acts_alone",
)  # fmt: skip
_DATED = {
    "operational_date": "date", "operational_precision": TEXT, "retired_date": "date", "retired_precision": TEXT,
}  # fmt: skip
# Our column of raw words: the names that the years have for it.
_RAW = {
    "stage_raw": ("stage",), "high_impact_raw": ("high_impact", "impact"), "withheld_raw": ("withheld",),
    "vendor_raw": ("vendor",), "contract_raw": ("contracts",), "personal_data_raw": ("personal_data",),
    "assessment_url_raw": ("assessment",), "privacy_assessed_raw": ("privacy_assessed",),
    "operational_raw": ("operational",), "testing_raw": ("testing",), "assessment_raw": ("impact_assessment",),
    "review_raw": ("review",), "monitoring_raw": ("monitoring",), "training_raw": ("training",),
    "failsafe_raw": ("failsafe",), "appeal_raw": ("appeal",), "consultation_raw": ("consultation",),
}  # fmt: skip


@rows_of("ai_use_cases", precedence=3, key=KEY)
def ai_use_cases_of_the_department(ai_use_cases_2025_dhs_published: Table) -> Table:
    """AI uses of 2025 in the department's own workbook, which is believed before any copy of it."""
    return _use_cases(ai_use_cases_2025_dhs_published, "department's inventory")


@rows_of("ai_use_cases", precedence=2, key=KEY)
def ai_use_cases_of_2025(ai_use_cases_2025_published: Table) -> Table:
    """AI uses of 2025 in the consolidated inventory."""
    return _use_cases(ai_use_cases_2025_published, "consolidated inventory")


@rows_of("ai_use_cases", precedence=1, key=KEY)
def ai_use_cases_taken_from_2025(ai_use_cases_2025_extract_published: Table) -> Table:
    """AI uses of 2025 in somebody's selection: believed where nothing better holds the component."""
    return _use_cases(ai_use_cases_2025_extract_published, "a selection")


@rows_of("ai_use_cases", precedence=2, key=KEY)
def ai_use_cases_of_2024(ai_use_cases_2024_published: Table) -> Table:
    """AI uses of 2024 in the consolidated inventory, which gives no identifiers."""
    return _use_cases(ai_use_cases_2024_published, "consolidated inventory")


@rows_of("ai_use_cases", precedence=1, key=KEY)
def ai_use_cases_taken_from_2024(ai_use_cases_2024_extract_published: Table) -> Table:
    """AI uses of 2024 in somebody's selection: believed where nothing better holds the component."""
    return _use_cases(ai_use_cases_2024_extract_published, "a selection")


@rows_of("ai_use_cases", precedence=2, key=KEY)
def ai_use_cases_of_2023(ai_use_cases_2023_published: Table) -> Table:
    """AI uses of 2023 in the consolidated inventory, which asks for ten things only."""
    return _use_cases(ai_use_cases_2023_published, "consolidated inventory")


@table(key=["use_case_key", "safeguard"])
def ai_use_case_safeguards(ai_use_cases: Table) -> Table:
    """What each use of AI reports of each safeguard: one row a use and safeguard, its state and its raw words.

    The safeguards are the minimum practices of OMB Memorandum M-24-10 (section 5(c), inventory of 2024) and of
    M-25-21 (appendix, section 4(b), inventory of 2025); agencies answer for high-impact uses, so that most rows are
    `blank`. States: complete, in_progress, no, precluded (by law), waived, not_applicable, withheld, unknown, blank
    and not_asked.
    """
    of = ("use_case_key", "inventory_year", "department", "agency", "title", "stage", "high_impact")
    rows = ai_use_cases
    parts = [
        rows.select(*of, safeguard=ibis.literal(name), state=rows[name], said=rows[f"{name}_raw"])
        for name in SAFEGUARDS
    ]
    return ibis.union(*parts)


def _use_cases(published: Table, told_by: str) -> Table:
    """One row a use of AI: the raw words of its inventory, and beside them the terms that all years share."""
    has = frozenset(published.columns)
    raw = {
        ours: next((published[name] for name in names if name in has), _unknown(TEXT)) for ours, names in _RAW.items()
    }
    asked = {ours for ours, names in _RAW.items() if has & set(names)}
    told = published.mutate(**raw)
    rows = told.mutate(
        department_name=told.department,
        department=told.department_code,
        bureau_raw=told.bureau,
        agency=_agency(told),
        use_case_id=told.use_case_id if "use_case_id" in has else _unknown(TEXT),
        told_by=ibis.literal(told_by),
        **{name: told[name] if name in has else _unknown(TEXT) for name in _TOLD},
        **{name: told[name] if name in has else _unknown(kind) for name, kind in _DATED.items()},
        **_terms(told, asked),
    )
    return _with_key(rows).select(*COLUMNS)


def _terms(told: Table, asked: set[str]) -> Mapping[str, Value]:
    def of(raw: str, begins: Mapping[str, tuple[str, ...]], otherwise: str = "unknown") -> StringValue:
        return term(told[raw], begins, otherwise) if raw in asked else ibis.literal(NOT_ASKED)

    address = told.assessment_url_raw.lower()
    given = address.contains("http") | address.re_search(r"\bpia[-/ ]?\d")
    withheld = told.withheld_raw.lower()
    return {
        "stage": of("stage_raw", STAGES),
        "high_impact": of("high_impact_raw", HIGH_IMPACT),
        "is_withheld": ibis.cases((withheld.startswith("yes"), True), (withheld.startswith("no"), False)),
        "uses_personal_data": of("personal_data_raw", YES_OR_NO),
        "privacy_assessed": of("privacy_assessed_raw", YES_OR_NO),
        "assessment_given": given.fill_null(False) if "assessment_url_raw" in asked else _unknown("boolean"),
        "vendor_said": of("vendor_raw", STATED, "stated"),
        "contract_said": of("contract_raw", STATED, "stated"),
        "assessment_said": of("assessment_url_raw", STATED, "stated"),
        **{name: of(f"{name}_raw", begins) for name, begins in SAFEGUARDS.items()},
    }


def _agency(told: Table) -> StringValue:
    """The component by its abbreviation where the inventory spells it out; a use of several is the department's."""
    bureau = told.bureau.strip()
    several = bureau.contains(",") & (told.department_code == "DHS")
    called = ibis.cases(*[(bureau == name, short) for name, short in _COMPONENTS.items()], else_=bureau)
    return ibis.ifelse(several | (bureau == "HQ"), told.department_code, called)


def _with_key(rows: Table) -> Table:
    """With `use_case_key`: the year, the department and the identifier; without one, the bureau and the title.

    Where an inventory gives several uses one identifier, or several unnamed ones one title, they are counted.
    """
    spelt = ibis.coalesce(rows.bureau, "") + " " + ibis.coalesce(rows.title, "")
    plain = spelt.lower().re_replace(r"[^a-z0-9]+", "-").re_replace(r"^-|-$", "")
    own = ibis.coalesce(rows.use_case_id, plain)
    base = rows.inventory_year.cast(TEXT) + "/" + rows.department + "/" + own
    rows = rows.mutate(base=base)
    nth = ibis.row_number().over(group_by=["release_id", "base"], order_by=["member", "source_row"])
    rows = rows.mutate(nth=nth)
    return rows.mutate(use_case_key=rows.base + ibis.ifelse(rows.nth > 0, "#" + (rows.nth + 1).cast(TEXT), ""))


def _unknown(kind: str) -> Value:
    return ibis.null(kind)


COLUMNS = (
    "release_id", "scope", "member", "source_row", "as_of", "use_case_key", "inventory_year", "told_by", "department",
    "department_name", "agency", "bureau_raw", "use_case_id", "title", "stage", "stage_raw", "is_withheld",
    "withheld_raw", "high_impact", "high_impact_raw", "vendor_said", "vendor_raw", "contract_said", "contract_raw",
    "uses_personal_data", "personal_data_raw", "assessment_given", "assessment_said", "assessment_url_raw",
    "privacy_assessed", "privacy_assessed_raw", "operational_raw", *_DATED,
    *(column for name in SAFEGUARDS for column in (name, f"{name}_raw")), *_TOLD,
)  # fmt: skip
