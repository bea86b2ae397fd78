"""Uses of AI that federal agencies report: how many, at which stage, with which safeguards and papers.

Inventories are never added up over years: a use stands in each year's. A question over several years that does not
break down by them is answered with nothing.
"""

from typing import Any

import ibis
from ibis.expr.types import BooleanValue, Scalar, Table

from tallystick import metric

_BY = [
    "inventory_year", "department", "agency", "stage", "high_impact", "topic", "told_by", "uses_personal_data",
    "assessment_given", "vendor_said", "developed",
]  # fmt: skip


@metric(unit="count", by=_BY)
def ai_use_cases(ai_use_cases: Table, by: list[str]) -> Table:
    """Uses of AI in one year's inventory, each use once.

    Inventories are those that Executive Order 13960 (section 5) and Public Law 117-263 (section 7225) ask for, in the
    form of OMB's guidance of the year: M-24-10 for 2024, M-25-21 for 2025. `stage` puts the years' own words under
    one set of terms (planned, pre_deployment, implementation, pilot, deployed, retired, unknown, blank).
    `high_impact` is what M-25-21 (appendix, section 5) calls so, presumed or not, and for 2024 what M-24-10
    (section 6) calls rights- or safety-impacting: two definitions, so the years do not compare. Intelligence,
    defence and basic research are outside all inventories, and an agency may leave out what may not be told.
    """
    return _of_one_year(ai_use_cases, by, ai_use_cases.use_case_key.notnull())


@metric(unit="count", by=[name for name in _BY if name not in ("stage", "uses_personal_data", "assessment_given")])
def ai_use_cases_without_assessment(ai_use_cases: Table, by: list[str]) -> Table:
    """Deployed uses of AI with personal data for which the inventory gives no privacy impact assessment.

    Of the inventory of 2025, which asks for the assessment's address where it is public (OMB's reporting guidance
    under M-25-21): uses that are deployed, say that they involve personal data which the agency maintains, and give
    neither an address nor a paper's number. That none is given is no proof that there is none: the E-Government Act
    of 2002 (section 208) asks for one, and it may be found elsewhere or not be public. For years whose inventory does
    not ask, unknown.
    """
    rows = ai_use_cases.filter(ai_use_cases.assessment_given.notnull())
    return _of_one_year(rows, by, _deployed_with_personal_data(rows) & ~rows.assessment_given)


@metric(unit="share", by=[name for name in _BY if name not in ("stage", "uses_personal_data", "assessment_given")])
def ai_share_without_assessment(ai_use_cases: Table, by: list[str]) -> Table:
    """Of the deployed uses of AI with personal data, the share for which no privacy impact assessment is given.

    Counted as `ai_use_cases_without_assessment` counts them, over all deployed uses that say yes to personal data.
    """
    rows = ai_use_cases.filter(ai_use_cases.assessment_given.notnull())
    rows = rows.filter(_deployed_with_personal_data(rows))
    without = (~rows.assessment_given).cast("decimal(18, 0)").sum()
    value = ibis.ifelse(rows.inventory_year.nunique() == 1, without.cast("float64") / rows.count(), None)
    return rows.group_by(by).aggregate(value=value) if by else rows.aggregate(value=value)


@metric(unit="count", by=["inventory_year", "department", "agency", "stage", "high_impact", "safeguard", "state"])
def ai_safeguards_reported(ai_use_case_safeguards: Table, by: list[str]) -> Table:
    """Answers of uses of AI about one safeguard each, by their state, in one year's inventory.

    The safeguards are the minimum practices of M-25-21 (appendix, section 4(b)): testing before deployment, impact
    assessment, independent review, monitoring, training of operators, a fail-safe, appeals, consultation; for 2024
    those of M-24-10 (section 5(c)). Agencies answer for uses of high impact that are in use, so most rows are
    `blank`: left empty, which says neither that a safeguard is there nor that it is not.
    """
    return _of_one_year(ai_use_case_safeguards, by, ai_use_case_safeguards.use_case_key.notnull())


@metric(unit="count", by=["inventory_year", "later_year", "department", "agency", "fate", "stage", "linked_by"])
def ai_use_case_fates(ai_use_case_fates: Table, by: list[str]) -> Table:
    """Uses of AI of one inventory by what became of them in the next one of their department.

    No key lasts across years. A use is the same where a person decided so, or where its name stands once in either;
    all others are not found: in that inventory, as of its day, by these means. Not found is not ended: it may stand
    under another name, or be left out because it was retired a year before, as OMB's guidance lets agencies do.
    """
    return _of_one_year(ai_use_case_fates, by, ai_use_case_fates.use_case_key.notnull())


@metric(unit="count", by=["department", "agency", "standing", "is_known", "inventory_year"])
def ai_contracts_named(ai_use_case_contracts: Table) -> Scalar:
    """Different identifiers of contracts that uses of AI name, as written, by how they stand.

    The inventory of 2024 alone asks for them. `standing`: as written (formed as FAR 4.1603 says), repaired (a person
    decided), proposed (a repair waits for a person), an investment, not understood, no identifier.
    """
    return ai_use_case_contracts.said.nunique().nullif(0)


def _deployed_with_personal_data(rows: Table) -> BooleanValue:
    return (rows.stage == "deployed") & (rows.uses_personal_data == "yes")


def _of_one_year(rows: Table, by: list[str], counted: Any) -> Table:
    """How many rows are `counted`; unknown where the rows are of several inventories, or of none."""
    value = ibis.ifelse(rows.inventory_year.nunique() == 1, rows.count(where=counted), None)
    return rows.group_by(by).aggregate(value=value) if by else rows.aggregate(value=value)
