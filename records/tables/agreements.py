"""Agreements under section 287(g): what each list has, and what became of each agreement."""

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from tallystick import table
from tallystick.expressions import fiscal_year_of, month_of, quarter_of

_BLANKS = r"[\s\x{00a0}]+"
_KINDS = r"\s+(county|parish|borough|census area|municipality|city and borough|municipio|planning region)$"
_NOWHERE = ["", "#NA", "N/A", "#N/A", "#N?A"]


@table(key=["release_id", "source_row"])
def agreements_287g_entries(
    agreements_287g_participating_published: Table,
    agreements_287g_web_tables_published: Table,
    agreements_287g_corrections: Table,
) -> Table:
    """One agreement as one list of participating agencies has it, of every list and of the older web tables.

    Known errors of state, county, agency and date are mended by the register `agreements_287g_corrections`; a day
    after the list's own is none, and `signed_date` is NULL there. `name` is the agency's name in small letters with
    one space and straight apostrophes, `moa` the file name of the memorandum. `list_number` counts the lists by day,
    then am, mid, pm; `is_last_of_day` marks the last of each.
    """
    later, older = agreements_287g_participating_published, agreements_287g_web_tables_published
    told = [
        "release_id",
        "as_of",
        "member",
        "source_row",
        "state",
        "agency_tidied",
        "model",
        "signed_date",
        "moa_link",
    ]
    rows = ibis.union(
        later.select(*told, "agency_type", "county"),
        older.select(*told, agency_type=ibis.null("string"), county=ibis.null("string")),
    )
    rows = _numbered(_mended(rows, agreements_287g_corrections))
    says = agreements_287g_corrections.filter(agreements_287g_corrections.column == "signed_date")
    says = says.select(dated_state="state", says=says.says.cast("date"), means=says.means.cast("date"))
    rows = rows.left_join(says, [rows.state == says.dated_state, rows.signed_date == says.says])
    signed = ibis.coalesce(rows.means, rows.signed_date)
    return rows.select(
        "release_id", "as_of", "member", "source_row", "list_number", "is_last_of_day", "state", "name",
        "agency", "agency_type", "county", "model", "moa_link",
        signed_date=ibis.ifelse(signed <= rows.as_of, signed, None),
        moa=rows.moa_link.re_extract(r"([^/]+)$", 1).lower().nullif(""),
    )  # fmt: skip


@table(key=["as_of", "agreement_key"])
def agreements_287g_listed(
    agreements_287g_entries: Table,
    agreements_287g_names: Table,
    states: Table,
    county_areas: Table,
    county_population: Table,
    law_enforcement_agencies: Table,
) -> Table:
    """An agreement on each day with a list: the last list of the day, row by row.

    `agency` is the agency as printed but for spaces and apostrophes, `agency_key` holds through its renamings and
    `agreement_key` is that with the model and the date signed. `county` is mended and found among the counties, which
    give `county_fips`, the area of responsibility and how many people live there; state agencies have none.
    `policed_people` are those that the agency itself polices, where the one agency of its place and kind is found.
    """
    rows = _keyed(agreements_287g_entries, agreements_287g_names)
    rows = placed(rows.filter(rows.is_last_of_day), states, county_areas)
    people = county_population.select(counted="county_fips", county_people="population")
    rows = rows.left_join(people, rows.county_fips == people.counted)
    rows = policing(rows, law_enforcement_agencies)
    return rows.select(
        "release_id", "as_of", "member", "source_row", "agreement_key", "agency_key", "state", "state_code",
        "agency", "name", "agency_type", "county", "county_fips", "county_people", "policed_people", "aor", "model",
        "signed_date", "moa_link", month=month_of(rows.as_of), quarter=quarter_of(rows.as_of),
        fiscal_year=fiscal_year_of(rows.as_of),
    )  # fmt: skip


@table(key=["agreement_key"])
def agreements_287g(
    agreements_287g_entries: Table, agreements_287g_names: Table, states: Table, county_areas: Table
) -> Table:
    """Every agreement that a list has had: when it was first and last listed, and what became of it.

    `status` is *active* while the newest list has it; *superseded* when it has gone and a later list has the same
    agency and model under another date (`superseded_by`): signed anew, or its date corrected, which lists do not tell
    apart; *removed* when it has gone and no later list has the agency under that model. What stands beside the key
    is as the last list had it. First listed is not in force since: lists come with gaps.
    """
    rows = _keyed(agreements_287g_entries, agreements_287g_names)
    latest = rows.list_number
    told = {n: rows[n].argmax(latest) for n in ("agency", "agency_type", "county", "moa_link", "moa")}
    made = rows.group_by("agreement_key", "agency_key", "state", "model", "signed_date").aggregate(
        first_listed_date=rows.as_of.min(), last_listed_date=rows.as_of.max(), lists=rows.list_number.nunique(),
        first_list=latest.min(), last_list=latest.max(), **told,
    )  # fmt: skip
    made = made.mutate(newest=made.last_list.max().over(ibis.window()))
    others = made.select("agency_key", "model", by="agreement_key", by_last="last_list", by_first="first_list")
    after = made.join(others, ["agency_key", "model"])
    after = after.filter((after.by_last > after.last_list) & (after.by != after.agreement_key))
    after = after.group_by("agreement_key").aggregate(superseded_by=after.by.argmin(after.by_first))
    made = placed(made.left_join(after, "agreement_key"), states, county_areas)
    status = ibis.cases(
        (made.last_list == made.newest, "active"), (made.superseded_by.notnull(), "superseded"), else_="removed"
    )
    gone = made.last_list < made.newest
    return made.select(
        "agreement_key", "agency_key", "state", "state_code", "agency", "agency_type", "county", "county_fips", "aor",
        "model", "signed_date", "moa_link", "first_listed_date", "last_listed_date", "lists",
        status=status, superseded_by=ibis.ifelse(gone, made.superseded_by, None),
    )  # fmt: skip


def _mended(rows: Table, corrections: Table) -> Table:
    """Rows with state, county and agency tidied, known errors mended, and `name` and `model` for comparing."""
    rows = rows.mutate(
        state=_tidy(rows.state).upper(),
        county=_tidy(rows.county),
        agency=rows.agency_tidied,
        model=ibis.cases(
            (rows.model.lower().startswith("jail"), "jail_enforcement"),
            (rows.model.lower().startswith("task"), "task_force"),
            (rows.model.lower().startswith("warrant"), "warrant_service"),
            (rows.model.lower().contains("tunnel"), "tunnel_task_force"),
            else_=rows.model.lower(),
        ),
    )
    for column in ("state", "county", "agency"):
        told = corrections.filter(corrections.column == column)
        told = told.select(of_state="state", says="says", means="means")
        on = [rows[column] == told.says, told.of_state.isnull() | (told.of_state == rows.state)]
        joined = rows.left_join(told, on)
        rows = joined.mutate(**{column: ibis.coalesce(joined.means, joined[column])}).drop(
            "of_state", "says", "means"
        )
    nowhere = rows.county.upper().isin(_NOWHERE)
    return rows.mutate(name=rows.agency.lower(), county=ibis.ifelse(nowhere, None, rows.county))


def _tidy(text: StringValue) -> StringValue:
    return text.re_replace(_BLANKS, " ").strip()


def _numbered(rows: Table) -> Table:
    """Rows with `list_number`, the place of their list among all, and whether it is the last of its day."""
    part = rows.member.lower().re_extract(r"\d(am|mid|pm)", 1)
    rows = rows.mutate(part_of_day=ibis.cases((part == "am", 1), (part == "pm", 3), else_=2))
    order = [rows.as_of, rows.part_of_day, rows.member, rows.release_id]
    rows = rows.mutate(list_number=ibis.dense_rank().over(ibis.window(order_by=order)) + 1)
    last = rows.list_number.max().over(ibis.window(group_by="as_of"))
    return rows.mutate(is_last_of_day=rows.list_number == last)


def _keyed(entries: Table, names: Table) -> Table:
    """Entries with `agency_key` and `agreement_key`; a row that a list has twice has its number at the end."""
    rows = entries.left_join(names.select("state", "name", "agency_key"), ["state", "name"])
    stem = rows.agency_key + "/" + rows.model + "/" + ibis.coalesce(rows.signed_date.cast("string"), "undated")
    rows = rows.mutate(stem=stem)
    nth = ibis.row_number().over(ibis.window(group_by=["release_id", "stem"], order_by="source_row"))
    rows = rows.mutate(nth=nth + 1)
    again = ibis.ifelse(rows.nth > 1, "/" + rows.nth.cast("string"), "")
    return rows.mutate(agreement_key=rows.stem + again).drop("stem", "nth", "state_right", "name_right")


def placed(rows: Table, states: Table, county_areas: Table) -> Table:
    """Rows with `state_code`, and `county_fips` and `aor` where the county is found in its state."""
    codes = states.select(state_upper=states.state_name.upper(), state_code="state")
    counties = county_areas.select("county_fips", "aor", of_state="state", short=_short(county_areas.county_name))
    once = counties.group_by("of_state", "short").aggregate(
        county_fips=counties.county_fips.min(), aor=counties.aor.min(), found=counties.county_fips.nunique()
    )
    rows = rows.left_join(codes, rows.state == codes.state_upper)
    rows = rows.mutate(county_short=_short(rows.county))
    rows = rows.left_join(once, [rows.state_code == once.of_state, rows.county_short == once.short])
    single: BooleanValue = rows.found == 1
    return rows.mutate(
        county_fips=ibis.ifelse(single, rows.county_fips, None), aor=ibis.ifelse(single, rows.aor, None)
    )


def policing(rows: Table, agencies: Table) -> Table:
    """Rows with `policed_people` and `officers`: of a county agency by its county, of a town's police by its name."""
    told = agencies.select("officers", at="state", sort="agency_type", called="place", policed_people="population")
    is_county, is_town = rows.name.contains("sheriff"), rows.name.contains("police dep")
    town = rows.name.re_replace(r"\b(city|town|village|borough|township) of\b", "").re_replace(r"\bpolice dep.*$", "")
    rows = rows.mutate(
        sort=ibis.cases((is_county, "County"), (is_town, "City")),
        called=ibis.ifelse(is_county, rows.county_short, town.re_replace(r"[.']", "").strip()),
    )
    return rows.left_join(told, [rows.state_code == told.at, rows.sort == told.sort, rows.called == told.called])


def _short(county: StringValue) -> StringValue:
    """A county's name without its kind, in one case, without stops and apostrophes."""
    return county.lower().re_replace(r"[.']", "").re_replace(_KINDS, "").strip()
