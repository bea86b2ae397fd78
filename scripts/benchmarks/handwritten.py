"""The same figure by hand: for each metric a question, and the SQL that a person would write for it.

The benchmark times the two against each other; the tests hold their results against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tallystick.nouns.metric import Question

DAY = date(2026, 8, 20)
_ICE_2025 = "agency = 'ICE' AND action_date BETWEEN '2025-01-20' AND '2025-10-20'"
_USD = "federal_action_obligation_usd"
_GROSS = f"greatest({_USD}, 0)"
_HERE = {"agency": "ICE"}
_PERIOD = (date(2025, 1, 20), date(2025, 10, 20))


@dataclass(frozen=True)
class Pair:
    """A question and the hand-written SQL over the Edition's tables that answers it too."""

    question: Question
    sql: str

    @property
    def name(self) -> str:
        by = f" by {', '.join(self.question.by)}" if self.question.by else ""
        return f"{self.question.metric}{by}"


def _ice(metric: str, *by: str) -> Question:
    return Question(metric, dict(_HERE), by, *_PERIOD)


_SHARES = f"""
    SELECT {{by}} usd::DOUBLE / sum(usd) OVER ({{over}})::DOUBLE AS share FROM (
        SELECT {{by}} recipient, sum({_USD}) AS usd FROM contract_actions
        WHERE {_ICE_2025} GROUP BY ALL HAVING sum({_USD}) > 0)
"""

PAIRS = (
    Pair(
        Question("obligations", {"agency": "ICE", "naics": "332994"}, (), *_PERIOD),
        f"SELECT sum({_USD}) AS value FROM contract_actions WHERE {_ICE_2025} AND naics_code = '332994'",
    ),
    Pair(
        _ice("obligations", "recipient", "month"),
        f"SELECT recipient, month, sum({_USD}) AS value FROM contract_actions "
        f"WHERE {_ICE_2025} GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        _ice("gross_obligations"),
        f"SELECT sum({_GROSS}) AS value FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(
        _ice("de_obligations"),
        f"SELECT sum(least({_USD}, 0)) AS value FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(_ice("actions"), f"SELECT count(*) AS value FROM contract_actions WHERE {_ICE_2025}"),
    Pair(
        _ice("awards"),
        "SELECT count(DISTINCT coalesce(award_key, concat_ws('_', sub_agency_code, piid))) AS value "
        f"FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(
        Question("share_in_september", dict(_HERE), ("fiscal_year",)),
        f"SELECT fiscal_year, coalesce(sum({_USD}) FILTER (month(action_date) = 9), 0)::DOUBLE "
        f"/ nullif(sum({_USD}), 0)::DOUBLE AS value FROM contract_actions "
        "WHERE agency = 'ICE' GROUP BY fiscal_year ORDER BY fiscal_year",
    ),
    Pair(
        _ice("share_unclassified"),
        f"SELECT coalesce(sum({_GROSS}) FILTER (category IS NULL OR category = 'unclassified'), 0)::DOUBLE "
        f"/ nullif(sum({_GROSS}), 0)::DOUBLE AS value FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(
        _ice("change_on_year_before"),
        f"SELECT (now - before)::DOUBLE / nullif(before, 0)::DOUBLE AS value FROM (SELECT "
        f"sum({_USD}) FILTER (action_date BETWEEN '2025-01-20' AND '2025-10-20') AS now, "
        f"sum({_USD}) FILTER (action_date BETWEEN '2024-01-20' AND '2024-10-20') AS before "
        "FROM contract_actions WHERE agency = 'ICE' AND action_date BETWEEN '2024-01-20' AND '2025-10-20')",
    ),
    Pair(
        _ice("obligations_a_year_before", "month"),
        f"SELECT a.month, b.usd AS value FROM (SELECT DISTINCT month FROM contract_actions WHERE {_ICE_2025}) a "
        f"LEFT JOIN (SELECT month, sum({_USD}) AS usd FROM contract_actions WHERE agency = 'ICE' "
        "AND action_date BETWEEN '2024-01-20' AND '2024-10-20' GROUP BY month) b "
        "ON a.month = b.month + INTERVAL 12 MONTH ORDER BY a.month",
    ),
    Pair(
        _ice("concentration"),
        f"SELECT sum(share * share) * 10000 AS value FROM ({_SHARES.format(by='', over='')})",
    ),
    Pair(
        _ice("share_of_top_recipient", "month"),
        "SELECT month, max(share) AS value FROM ("
        f"{_SHARES.format(by='month,', over='PARTITION BY month')}) GROUP BY month ORDER BY month",
    ),
    Pair(
        _ice("share_not_competed"),
        f"SELECT coalesce(sum({_GROSS}) FILTER (extent_competed_code IN ('B', 'C', 'G', 'NDO')), 0)::DOUBLE "
        f"/ nullif(sum({_GROSS}) FILTER (extent_competed_code IS NOT NULL), 0)::DOUBLE AS value "
        f"FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(
        _ice("share_with_one_offer"),
        f"SELECT coalesce(sum({_GROSS}) FILTER (offers_received = 1), 0)::DOUBLE "
        f"/ nullif(sum({_GROSS}) FILTER (offers_received IS NOT NULL), 0)::DOUBLE AS value "
        f"FROM contract_actions WHERE {_ICE_2025}",
    ),
    Pair(
        Question("ceiling", dict(_HERE), ("category",)),
        "SELECT category, sum(ceiling_usd) AS value FROM awards WHERE agency = 'ICE' GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("obligated_under_ceilings", dict(_HERE), ("category",)),
        "SELECT category, sum(obligated_usd) FILTER (ceiling_usd IS NOT NULL) AS value FROM awards "
        "WHERE agency = 'ICE' GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("share_of_ceiling_used", dict(_HERE)),
        "SELECT sum(obligated_usd)::DOUBLE / nullif(sum(ceiling_usd), 0)::DOUBLE AS value FROM awards "
        "WHERE agency = 'ICE' AND obligated_usd IS NOT NULL AND ceiling_usd > 0",
    ),
    Pair(
        Question("awards_ending_within_a_year", dict(_HERE), day=DAY),
        "SELECT CASE WHEN count(current_end_date) > 0 THEN count(*) FILTER "
        "(current_end_date > '2026-08-20' AND current_end_date <= '2027-08-20') END AS value "
        "FROM awards WHERE agency = 'ICE'",
    ),
    Pair(
        Question("obligated_on_awards_ending_within_a_year", dict(_HERE), ("category",), day=DAY),
        "SELECT category, sum(obligated_usd) FILTER "
        "(current_end_date > '2026-08-20' AND current_end_date <= '2027-08-20') AS value "
        "FROM awards WHERE agency = 'ICE' GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("appropriated", {"public_law": "119-21"}, ("agency",)),
        "SELECT agency, sum(amount_usd) AS value FROM appropriations "
        "WHERE public_law = '119-21' GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("budget_obligations_by_object_class", dict(_HERE), ("object_class_name",)),
        "SELECT object_class_name, sum(amount_usd) AS value FROM budget_obligations "
        "WHERE agency = 'ICE' GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("share_of_appropriation_obligated", dict(_HERE)),
        "SELECT (SELECT sum(amount_usd) FROM budget_obligations "
        "WHERE agency = 'ICE' AND funding_source = 'OBBA')::DOUBLE "
        "/ (SELECT sum(amount_usd) FROM appropriations WHERE agency = 'ICE' AND agency IN "
        "(SELECT agency FROM budget_obligations WHERE funding_source = 'OBBA'))::DOUBLE AS value",
    ),
    Pair(
        Question("notices", by=("type",)),
        "SELECT type, count(DISTINCT notice_id) AS value FROM solicitations GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("technology_obligations", dict(_HERE), ("capability",), *_PERIOD),
        f"SELECT capability, sum({_USD}) AS value FROM (SELECT DISTINCT n.capability, a.action_key, a.{_USD} "
        "FROM contract_actions a, technologies_contracts c, "
        "(SELECT technology, capability FROM technologies) n WHERE a.piid = c.piid "
        "AND c.technology = n.technology AND coalesce(c.modification, a.modification_number, '') = "
        f"coalesce(a.modification_number, '') AND {_ICE_2025}) GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("technology_obligated_to_date", by=("action_date",)),
        "SELECT action_date, sum(that_day) OVER (ORDER BY action_date) AS value FROM (SELECT action_date, "
        f"sum({_USD}) AS that_day FROM (SELECT DISTINCT a.action_date, a.action_key, a.{_USD} "
        "FROM contract_actions a, technologies_contracts c WHERE a.piid = c.piid "
        "AND (c.parent_piid IS NULL OR a.parent_piid IS NULL OR c.parent_piid = a.parent_piid) "
        "AND coalesce(c.modification, a.modification_number, '') = coalesce(a.modification_number, '')) "
        "GROUP BY ALL) ORDER BY ALL",
    ),
    Pair(
        Question("technology_ceiling", by=("technology",)),
        "SELECT technology, sum(ceiling_usd) AS value FROM (SELECT DISTINCT c.technology, a.award_key, a.ceiling_usd "
        "FROM awards a, technologies_contracts c WHERE a.piid = c.piid AND c.modification IS NULL) "
        "GROUP BY ALL ORDER BY ALL",
    ),
    Pair(
        Question("technology_current_value", by=("technology",)),
        "SELECT technology, sum(current_value_usd) AS value FROM (SELECT DISTINCT c.technology, a.award_key, "
        "a.current_value_usd FROM awards a, technologies_contracts c WHERE a.piid = c.piid "
        "AND c.modification IS NULL) GROUP BY ALL ORDER BY ALL",
    ),
)
