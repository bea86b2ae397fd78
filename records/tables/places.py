"""Money by place: awards to providers in a county, as far as the files held say where the work is done."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table
from tallystick.expressions import fiscal_year_of

ICE = "7012"
_KINDS = r"\s+(county|parish|borough|census area|municipality|city and borough|municipio|planning region|city)$"


@table(key=["award_key"])
def local_provider_awards(usaspending_awards_published: Table, county_areas: Table) -> Table:
    """ICE's awards whose files say in which county the work is done, each as its latest file states it.

    Award files only, and awards only (an indefinite delivery vehicle is none): the captures of contract actions have
    no place. `obligated_usd` is everything obligated on the award until `as_of`, cumulative, so it is summed over
    awards and never over releases. `provider` is county_or_city, state or other, by the recipient's own registration.
    A county that no list of counties has stays without its code.
    """
    told = usaspending_awards_published.filter(
        (usaspending_awards_published.sub_agency_code == ICE) & (usaspending_awards_published.award_or_idv == "AWARD")
    )
    newest = ibis.row_number().over(
        group_by=told.award_key, order_by=[told.as_of.desc(), told.release_id, told.source_row]
    )
    rows = told.mutate(place=newest).filter(ibis._.place == 0)
    rows = rows.mutate(
        short=_short(rows.place_of_performance_county_name),
        state=rows.place_of_performance_state_code,
        fiscal_year=fiscal_year_of(rows.first_action_date),
        provider=ibis.cases(
            (rows.is_us_local_government, "county_or_city"), (rows.is_us_state_government, "state"), else_="other"
        ),
    )
    counties = county_areas.mutate(short=_short(county_areas.county_name))
    # Some counties share their short name with a city of the same state (Baltimore): these stay without a code.
    alone = counties.group_by(["state", "short"]).aggregate(
        rows=counties.count(), county_fips=counties.county_fips.max()
    )
    alone = alone.filter(alone.rows == 1).select(of_state="state", of_short="short", county_fips="county_fips")
    found = rows.left_join(alone, [rows.state == alone.of_state, rows.short == alone.of_short])
    found = found.left_join(counties.select("county_fips", "county_name", "aor"), "county_fips")
    return found.select(
        "release_id", "as_of", "member", "source_row", "award_key", "piid", "recipient_name", "provider", "state",
        "county_fips", "county_name", "aor", "fiscal_year", "first_action_date", "latest_action_date",
        "obligated_usd",
        named_county="place_of_performance_county_name",
    )  # fmt: skip


def _short(name: StringValue) -> StringValue:
    """A county's name without its kind, in one case, without stops and apostrophes."""
    return name.lower().re_replace(r"[.']", "").re_replace(_KINDS, "").strip()
