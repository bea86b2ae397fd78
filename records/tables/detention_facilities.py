"""Facilities as ICE's detention statistics tell of them: who was held, on what terms, and when last inspected."""

import ibis
from ibis.expr.types import Column, StringColumn, Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

PROVENANCE = ("release_id", "scope", "member", "source_row", "as_of", "sheet", "sheet_row")
LEVELS = ("adp_level_a", "adp_level_b", "adp_level_c", "adp_level_d")
BY_SEX = ("adp_male_criminal", "adp_male_non_criminal", "adp_female_criminal", "adp_female_non_criminal")
THREATS = ("adp_threat_level_1", "adp_threat_level_2", "adp_threat_level_3", "adp_no_threat_level")
INSPECTIONS = (
    "last_inspection", "last_nakamoto_inspection", "second_to_last_inspection", "second_to_last_nakamoto_inspection",
)  # fmt: skip
SIZES = ((0, 1, "under 1"), (1, 10, "1 to 9"), (10, 100, "10 to 99"), (100, 1_000, "100 to 999"))


@table(key=["release_id", "member", "fiscal_year", "facility"])
def facility_statistics(detention_facilities_published: Table) -> Table:
    """Facilities used in a fiscal year so far, as each release lists them.

    `facility` is name, city and state together: names alone stand for two or three places. Average daily
    populations (`adp_...`) run from the start of the fiscal year to some days before the release. They are told in
    three ways that should agree and do not always: by classification level (`average_population` is their sum), by
    sex and conviction, by threat level. `guaranteed_minimum` is how many beds are paid for, used or not; NULL where
    none is stated. `last_inspection_date` is the later of the two that some years tell apart by inspector.
    `size` is the average population in classes.
    """
    told = detention_facilities_published
    inspected = ibis.greatest(told.last_inspection_date, told.last_nakamoto_inspection_date)
    year = told.fiscal_year.cast("int64")
    ended = ibis.date(year.cast("int32"), 9, 30)  # a workbook may carry the tab of the year before
    rows = told.mutate(
        fiscal_year=year,
        as_of=ibis.ifelse(told.as_of > ended, ended, told.as_of),
        facility=place(told),
        average_population=summed(told, LEVELS),
        adp_convicted=summed(told, ("adp_male_criminal", "adp_female_criminal")),
        adp_not_convicted=summed(told, ("adp_male_non_criminal", "adp_female_non_criminal")),
        adp_men=summed(told, BY_SEX[:2]),
        adp_women=summed(told, BY_SEX[2:]),
        inspected_date=ibis.coalesce(inspected, told.last_inspection_date, told.last_nakamoto_inspection_date),
    )
    return rows.select(
        *PROVENANCE, "fiscal_year", "facility", "name", "city", "state", "zip", "aor", "average_population",
        "adp_convicted", "adp_not_convicted", "adp_men", "adp_women", *THREATS, "adp_mandatory",
        "guaranteed_minimum", "last_inspection_type", "last_inspection_standard", "last_inspection_rating",
        type="type_detailed", sex="gender", average_days="average_length_of_stay_days",
        last_inspection_date="inspected_date", size=size(rows.average_population),
    )  # fmt: skip


@table(key=["release_id", "member", "fiscal_year", "facility", "inspection_rule"])
def facility_inspections(facility_statistics: Table, inspection_rules: Table) -> Table:
    """Each facility of a release under each rule of how often facilities are inspected, and whether it is overdue.

    A rule asks for an inspection within `within_days`, of facilities with at least `least_population` on average.
    `days_since` counts from the end of the last inspection to the release's day. `is_overdue` is NULL for a facility
    whose last inspection is not stated: that is told apart (`is_stated`), since a new facility has none yet.
    """
    rules = inspection_rules.select(
        "inspection_rule", within_days=inspection_rules.within_days.cast("int64"),
        least_population=inspection_rules.least_population.cast("int64"),
    )  # fmt: skip
    rows = facility_statistics.cross_join(rules)
    rows = rows.filter(rows.average_population >= rows.least_population)
    days = rows.as_of.epoch_days() - rows.last_inspection_date.epoch_days()
    rows = rows.mutate(days_since=days.cast("int64"), is_stated=rows.last_inspection_date.notnull())
    return rows.select(
        *PROVENANCE, "fiscal_year", "facility", "name", "state", "aor", "type", "size", "average_population",
        "last_inspection_type", "last_inspection_standard", "last_inspection_rating", "last_inspection_date",
        "inspection_rule", "within_days", "days_since", "is_stated", is_overdue=rows.days_since > rows.within_days,
    )  # fmt: skip


@table(key=["facility", "inspected_date"])
def inspections(detention_facilities_published: Table) -> Table:
    """Inspections of facilities that any release tells of, as a facility's last one or the one before.

    Each once, by facility and the day on which it ended; standard and rating are those of the newest release that
    tells of it. A facility's inspections between two releases may be missing, and a facility spelled in two ways
    stands twice.
    """
    told = detention_facilities_published
    rows = ibis.union(*[_ended(told, which) for which in INSPECTIONS])
    rows = rows.filter(rows.inspected_date.notnull() & (rows.inspected_date <= rows.as_of))
    # A row may tell of one inspection twice, each time otherwise: then which telling stands is decided by its words.
    said = [rows[name].fill_null("") for name in ("inspection_type", "standard", "rating", "aor")]
    order = ibis.literal(" ").join([rows.as_of.cast("string"), rows.member, *said])
    newest = rows.group_by("facility", "inspected_date").aggregate(
        state=rows.state.argmax(order), aor=rows.aor.argmax(order),
        inspection_type=rows.inspection_type.argmax(order),
        standard=rows.standard.argmax(order), rating=rows.rating.argmax(order), told_as_of=rows.as_of.max(),
    )  # fmt: skip
    day = newest.inspected_date
    return newest.mutate(month=month_of(day), quarter=quarter_of(day), fiscal_year=fiscal_year_of(day))


def _ended(told: Table, which: str) -> Table:
    """One of the inspections that a row tells of; a column that the row lacks for it is NULL."""
    said = {
        name: told[f"{which}_{name}"] if f"{which}_{name}" in told.columns else ibis.null().cast("string")
        for name in ("type", "standard", "rating")
    }
    return told.select(
        "as_of", "member", "state", "aor",
        facility=place(told), inspected_date=told[f"{which}_date"],
        inspection_type=said["type"], standard=said["standard"], rating=said["rating"],
    )  # fmt: skip


def place(told: Table) -> StringColumn:
    """Name, city and state together: names alone stand for two or three places."""
    return ibis.literal(", ").join([told.name, told.city.fill_null("?"), told.state])


def summed(rows: Table, columns: tuple[str, ...]) -> Column:
    """The sum of columns where any is known; NULL where none is."""
    known = ibis.or_(*[rows[name].notnull() for name in columns])
    total = sum((rows[name].fill_null(0) for name in columns[1:]), rows[columns[0]].fill_null(0))
    return known.ifelse(total, None).cast("float64")


def size(population: Column) -> Column:
    """The class of an average population."""
    classes = [((population >= low) & (population < high), name) for low, high, name in SIZES]
    return ibis.cases((population.isnull(), None), *classes, else_="1,000 and more")
