"""Reads the Department of Homeland Security's own workbook of its inventory of 2025."""

from collections.abc import Iterator
from datetime import date, datetime

from tallystick import Member
from tallystick.texts import written_day
from tallystick.workbooks import Cell, listing, workbook

MUST = ("USE CASE NAME", "BUREAU/COMPONENT", "STAGE OF DEVELOPMENT")
QUESTIONS = {
    "USE CASE ID": "id",
    "USE CASE NAME": "use_case_name",
    "BUREAU/COMPONENT": "agency_bureau",
    "EMAIL ADDRESS": "contact_email",
    "STAGE OF DEVELOPMENT": "development_stage",
    "IS THE AI USE CASE HIGH-IMPACT": "is_high_impact",
    "JUSTIFICATION": "HI_justification",
    "USE CASE TOPIC AREA": "topic_area",
    "AI CLASSIFICATION": "classification",
    "WHAT PROBLEM": "problem_solved",
    "WHAT ARE THE EXPECTED BENEFITS": "benefits",
    "DESCRIBE THE AI SYSTEM'S OUTPUTS": "system_outputs",
    "DATE WHEN AI USE CASE BECAME OPERATIONAL": "operational_date",
    "WAS THE SYSTEM": "contracting_usage",
    "VENDOR": "vendor_name",
    "DOES THIS AI USE CASE HAVE AN ASSOCIATED AUTHORIZATION": "have_ato",
    "SYSTEM(S) NAME": "system_name_ato",
    "DESCRIBE ANY DATA USED": "data_description",
    "IF THE DATA IS REQUIRED": "link_to_data",
    "DOES THIS AI USE CASE INVOLVE PERSONALLY": "has_pii",
    "IF PUBLICLY AVAILABLE": "pia_url",
    "WHICH, IF ANY, DEMOGRAPHIC": "demographic_features",
    "DOES THIS PROJECT INCLUDE CUSTOM": "has_custom_code",
    "IF THE CODE IS OPEN SOURCE": "code_url",
    "HAS PRE-DEPLOYMENT TESTING": "hi_testing_conducted",
    "HAS AN AI IMPACT ASSESSMENT": "hi_assessment_completed",
    "WHAT ARE THE POTENTIAL": "hi_potential_impacts",
    "HAS AS INDEPENDENT REVIEW": "hi_independent_review",
    "HAS AN INDEPENDENT REVIEW": "hi_independent_review",
    "IS THERE A PROCESS": "hi_ongoing_monitoring",
    "HAS THE AGENCY ESTABLISHED": "hi_training_established",
    "DOES THIS AI USE CASE HAVE AN APPROPRIATE FAIL-SAFE": "hi_failsafe_presence",
    "IS THERE AN ESTABLISHED APPEAL": "hi_appeal_process",
    "WHAT STEPS HAS THE AGENCY TAKEN": "hi_public_consultation",
}
"""How each question begins, in capitals, and the name that the consolidated inventory has for it."""


def read(member: Member) -> Iterator[dict[str, object]]:
    """One row a use case under the consolidated inventory's names; a header of no known question keeps its words."""
    for row in listing(workbook(member), MUST).rows:
        told = {_name(header): _text(cell) for header, cell in row.items() if header != "is_untidy"}
        if not told.get("id") and not told.get("use_case_name"):
            continue  # a stray mark below the last use case
        day, exact = written_day(told.get("operational_date", ""))
        yield {
            "inventory_year": 2025,
            "reported_by": f"DHS/{told.get('agency_bureau', '')}",
            "agency": "DHS",
            "agency_name": "Department of Homeland Security",
            "operational_day": day,
            "operational_precision": exact,
            **told,
        }


def _name(header: str) -> str:
    return next((name for begins, name in QUESTIONS.items() if header.startswith(begins)), header)


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return str(cell)[:10]
    return str(cell).replace("\xa0", " ").strip()
