"""Facilities that ICE uses: who is held there, on what terms, and when they were last inspected."""

from ibis.expr.types import Scalar, Table

from tallystick import metric

WHERE = ["facility", "state", "aor", "type", "sex", "size", "as_of", "fiscal_year"]
INSPECTED = [
    "inspection_rule", "facility", "state", "aor", "type", "size", "last_inspection_type",
    "last_inspection_standard", "last_inspection_rating", "as_of", "fiscal_year",
]  # fmt: skip


@metric(unit="count", on="as_of", by=[*WHERE, "last_inspection_rating", "last_inspection_standard"], stock=True)
def facilities_in_use(facility_statistics: Table) -> Scalar:
    """Facilities that the newest good release lists as used in its fiscal year so far, each counted once."""
    return facility_statistics.facility.nunique()


@metric(unit="count", on="as_of", by=WHERE, counts="people", stock=True)
def facility_population(facility_statistics: Table) -> Scalar:
    """The average daily population of facilities from the start of the fiscal year to the newest good release.

    The sum over classification levels. In January to March it says more of autumn than of the day; for a day, see
    the daily population.
    """
    return facility_statistics.average_population.sum()


@metric(unit="share", on="as_of", by=WHERE, counts="people", stock=True)
def share_of_facility_population_without_a_conviction(facility_statistics: Table) -> Scalar:
    """The share of the average daily population without a criminal conviction, charged or not."""
    rows = facility_statistics
    without, known = rows.adp_not_convicted.sum(), (rows.adp_not_convicted + rows.adp_convicted).sum()
    return without / known.nullif(0)


@metric(unit="share", on="as_of", by=WHERE, counts="people", stock=True)
def share_of_facility_population_without_a_threat_level(facility_statistics: Table) -> Scalar:
    """The share of the average daily population to whom ICE gives no threat level.

    ICE gives levels 1 (highest) to 3 by the convictions of a person; none means no conviction that it counts.
    """
    return _threat(facility_statistics, "adp_no_threat_level")


@metric(unit="share", on="as_of", by=WHERE, counts="people", stock=True)
def share_of_facility_population_at_threat_level_1(facility_statistics: Table) -> Scalar:
    """The share of the average daily population at ICE's highest threat level, which it gives by convictions."""
    return _threat(facility_statistics, "adp_threat_level_1")


@metric(unit="share", on="as_of", by=WHERE, counts="people", stock=True)
def share_of_facility_population_of_women(facility_statistics: Table) -> Scalar:
    """The share of the average daily population who are women."""
    rows = facility_statistics
    return rows.adp_women.sum() / (rows.adp_women + rows.adp_men).sum().nullif(0)


@metric(unit="count", on="as_of", by=WHERE, stock=True)
def guaranteed_beds(facility_statistics: Table) -> Scalar:
    """Beds that contracts guarantee to pay for, used or not, in the facilities that state how many."""
    return facility_statistics.guaranteed_minimum.sum().round().cast("int64")


@metric(unit="ratio", on="as_of", by=WHERE, counts="people", stock=True)
def population_per_guaranteed_bed(facility_statistics: Table) -> Scalar:
    """Average daily population for each guaranteed bed, over the facilities that have a guaranteed minimum.

    Below 1, beds are paid for that stand empty; above 1 says nothing of crowding, for which the capacity is needed.
    """
    rows = facility_statistics.guaranteed_minimum
    people = facility_statistics.average_population.sum(where=rows > 0)
    return people / rows.sum(where=rows > 0).nullif(0).cast("float64")


@metric(unit="days", on="as_of", by=WHERE, over=["average_days"], counts="people", stock=True)
def average_length_of_stay_in_facilities(facility_statistics: Table) -> Scalar:
    """How many days people stayed in facilities on average, since October, as the newest good release tells each.

    Of one facility the average that the release prints. Over several, such as those of an area, it is weighed by
    the average daily population of each, since releases do not print how many were booked out: facilities of long
    stays weigh more than they would by people. Not to be set beside `average_length_of_stay`, of whole stays.
    """
    rows = facility_statistics
    there = rows.average_days.notnull() & (rows.average_population > 0)
    days = rows.average_days.cast("float64")
    people = rows.average_population.sum(where=there).nullif(0)
    return (days * rows.average_population).sum(where=there) / people


@metric(unit="count", on="as_of", by=INSPECTED, stock=True)
def inspections_overdue(facility_inspections: Table) -> Scalar:
    """Facilities whose last inspection ended longer ago than a rule allows, on the day of the newest good release.

    Ask with `inspection_rule` (yearly, two-yearly, half-yearly); the register of rules says where each stands.
    Without one, a facility counts if it is overdue under any. Facilities without a stated inspection are not in it.
    """
    rows = facility_inspections
    return rows.facility.nunique(where=rows.is_overdue)


@metric(unit="share", on="as_of", by=INSPECTED, stock=True)
def share_of_inspections_overdue(facility_inspections: Table) -> Scalar:
    """The share of facilities with a stated last inspection that are overdue under a rule on a release's day."""
    rows = facility_inspections
    overdue = rows.facility.nunique(where=rows.is_overdue).cast("float64")
    return overdue / rows.facility.nunique(where=rows.is_stated).nullif(0).cast("float64")


@metric(unit="count", on="as_of", by=INSPECTED, stock=True)
def facilities_without_a_stated_inspection(facility_inspections: Table) -> Scalar:
    """Facilities that a rule is about and of which the newest good release states no last inspection."""
    rows = facility_inspections
    return rows.facility.nunique(where=~rows.is_stated)


@metric(
    unit="count",
    on="inspected_date",
    by=["month", "quarter", "fiscal_year", "rating", "standard", "inspection_type", "state", "aor"],
)
def inspections_made(inspections: Table) -> Scalar:
    """Inspections of facilities that ended in the period, as far as any release tells of them.

    A release tells of each facility's last inspection, and some of the one before: what two releases far apart leave
    out is not seen, so that recent periods and those with few releases are a floor.
    """
    return inspections.count().nullif(0)


def _threat(rows: Table, level: str) -> Scalar:
    everybody = rows.adp_threat_level_1 + rows.adp_threat_level_2 + rows.adp_threat_level_3 + rows.adp_no_threat_level
    return rows[level].sum() / everybody.sum().nullif(0)
