"""Codes and what they stand for; and codes found again from the descriptions that a source printed instead."""

import ibis
from ibis.expr.types import Table

from tallystick import table
from tallystick.expressions import spelled


@table(key=["psc_code", "psc_name", "valid_from_date", "place"])
def psc_codes(psc_codes_published: Table, code_descriptions: Table) -> Table:
    """Product and service codes with every name each has had, and since and until when, where that is stated.

    Codes of one or two characters name groups; `group_code` is the first two characters of a code. A name seen
    only in contract releases or stated in a register has no dates: NULL is unknown, not always. `place` orders
    the evidence that a name stands for the code: a name in force, a name ended, the long form of either.
    """
    listed = psc_codes_published
    ended = listed.end_date.notnull().cast("int64")
    dates = {"valid_from_date": listed.start_date, "valid_to_date": listed.end_date}
    short = listed.select(psc_code=listed.code, psc_name=listed.name, **dates, place=ended)
    long = listed.select(psc_code=listed.code, psc_name=listed.full_name, **dates, place=ended + 2)
    stated = code_descriptions.filter(code_descriptions.system == "psc")
    unknown = ibis.null("date")
    kept = stated.select(
        psc_code=stated.code,
        psc_name=stated.name,
        valid_from_date=unknown,
        valid_to_date=unknown,
        place=ibis.literal(0, "int64"),
    )
    names = ibis.union(short, long, kept)
    names = names.filter(names.psc_name.notnull())
    return names.mutate(group_code=names.psc_code.left(2), is_group=names.psc_code.length() < 3).distinct()


@table(key=["naics_code", "naics_name"])
def naics_codes(naics_codes_published: Table, code_descriptions: Table) -> Table:
    """Codes of the North American Industry Classification System with every title each has had.

    The list held mixes the editions of 2002 to 2022 and does not say which title is whose. `sector_code` is the
    first two digits.
    """
    listed = naics_codes_published.select(naics_code="code", naics_name="name")
    stated = code_descriptions.filter(code_descriptions.system == "naics").select(
        naics_code="code", naics_name="name"
    )
    names = ibis.union(listed, stated)
    return names.mutate(sector_code=names.naics_code.left(2)).distinct()


@table(key=["agency_code", "frec_code", "sub_agency_code"])
def agency_codes(agency_codes_published: Table) -> Table:
    """Agencies and their sub-agencies; `agency` is the sub-agency's abbreviation, which contract actions go by.

    `valid_to_date` is read from the publisher's comment ("End-dated 9/30/2019"): NULL where it says none.
    """
    listed = agency_codes_published
    ended = listed.comment.re_extract(r"End-dated ([0-9]{1,2}/[0-9]{1,2}/[0-9]{4})", 1).nullif("")
    month, day, year = (ended.split("/")[place].lpad(width, "0") for place, width in ((0, 2), (1, 2), (2, 4)))
    return listed.select(
        "agency_code",
        "agency_name",
        "agency_abbreviation",
        "frec_code",
        "sub_agency_code",
        "sub_agency_name",
        "is_top_tier",
        agency=listed.sub_agency_abbreviation,
        valid_to_date=(year + "-" + month + "-" + day).try_cast("date"),
    )


@table(key=["system", "name"])
def code_meanings(psc_codes: Table, naics_codes: Table) -> Table:
    """Every description by its words, with how many codes it stands for and, where that is one, the code.

    `system` is psc or naics. Descriptions outlive product and service codes, so the best evidence decides: a
    name in force, then one ended, then long forms. Editions of NAICS moved titles between codes ("Wired
    Telecommunications Carriers" has stood for three), and a contract keeps the code of its day, so a shared title
    stands for none: its `code` is NULL.
    """
    products = psc_codes.filter(psc_codes.psc_code.length() == 4)  # fewer signs name a group, or lost one
    industries = naics_codes.filter(naics_codes.naics_code.length() == 6)
    named = ibis.union(
        products.select(
            system=ibis.literal("psc"), name=spelled(products.psc_name), code=products.psc_code, place=products.place
        ),
        industries.select(
            system=ibis.literal("naics"),
            name=spelled(industries.naics_name),
            code=industries.naics_code,
            place=ibis.literal(0, "int64"),
        ),
    )
    named = named.filter(named.name.notnull())
    ranked = named.mutate(best=named.place.min().over(group_by=["system", "name"]))
    best = ranked.filter(ranked.place == ranked.best)
    found = best.group_by("system", "name").aggregate(codes=best.code.nunique(), only=best.code.max())
    return found.select("system", "name", "codes", code=(found.codes == 1).ifelse(found.only, None))


@table(key=["name"])
def psc_by_name(code_meanings: Table) -> Table:
    """The one product or service code that a description stands for, by the words of the description."""
    return _standing_for_one(code_meanings, "psc")


@table(key=["name"])
def naics_by_name(code_meanings: Table) -> Table:
    """The one NAICS code that a description stands for, by the words of the description."""
    return _standing_for_one(code_meanings, "naics")


def _standing_for_one(meanings: Table, system: str) -> Table:
    found = meanings.filter((meanings.system == system) & meanings.code.notnull())
    return found.select("name", **{f"{system}_code": found.code})
