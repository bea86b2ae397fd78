"""Book-ins into ICE detention: how many, how many a day, and whose."""

from ibis.expr.types import Scalar, Table

from tallystick import metric, to_date
from tallystick.expressions import per_day

BY_MONTH = ["month", "quarter", "fiscal_year", "arresting_agency"]
TO_DATE = ["fiscal_year", "criminality", "facility_type", "as_of"]


@metric(unit="count", on="month", by=BY_MONTH, counts="people")
def book_ins(book_ins_by_month: Table) -> Scalar:
    """Initial book-ins into ICE detention, after arrests by ICE and by CBP together.

    The first book-in of a stay; a transfer between facilities is none. Of each fiscal year the newest good release;
    a month not yet over counts as far as that release goes. Ask with `arresting_agency` for one of the two.
    """
    return book_ins_by_month.book_ins.sum()


@metric(unit="count", on="month", by=["month", "quarter", "fiscal_year"], counts="people")
def ice_arrest_book_ins(book_ins_by_month: Table) -> Scalar:
    """Initial book-ins into ICE detention after an arrest by ICE.

    The nearest that the statistics come to a count of ICE's arrests: an arrest not followed by detention is not in
    it, nor one by CBP, nor one by the police under a detainer until ICE takes the person over.
    """
    return book_ins_by_month.book_ins.sum(where=book_ins_by_month.arresting_agency == "ICE")


@metric(unit="per_day", on="month", by=BY_MONTH, counts="people")
def book_ins_per_day(book_ins_by_month: Table, by: list[str]) -> Table:
    """Initial book-ins a day, after arrests by ICE and by CBP: those of months over the days of these months.

    Of a month not yet over, the days that the release counts through, as its footnotes say; unknown where they do
    not say so and the month had hardly ended. Leap years have their 29 February.
    """
    return per_day(book_ins_by_month, by, "book_ins")


@metric(unit="per_day", on="month", by=["month", "quarter", "fiscal_year"], counts="people")
def ice_arrest_book_ins_per_day(book_ins_by_month: Table, by: list[str]) -> Table:
    """Initial book-ins a day after an arrest by ICE: those of months over the days of these months.

    An average over whole months, not a count of any day. Of a month not yet over, the days that the release counts
    through, as its footnotes say; unknown where they do not say so and the month had hardly ended.
    """
    return per_day(book_ins_by_month.filter(book_ins_by_month.arresting_agency == "ICE"), by, "book_ins")


@to_date
@metric(unit="count", on="as_of", by=TO_DATE, counts="people", stock=True)
def book_ins_since_october(book_ins_to_date: Table) -> Scalar:
    """Initial book-ins from the start of the fiscal year to a release, after arrests by ICE and by CBP together.

    Told by criminality and type of facility. A count that grows within a fiscal year: of two releases the newer
    holds the older one's book-ins too, so the newest good one answers and none are added up.
    """
    return book_ins_to_date.book_ins.sum()


@metric(unit="share", on="as_of", by=["fiscal_year", "facility_type", "as_of"], counts="people", stock=True)
def share_of_book_ins_with_a_conviction(book_ins_to_date: Table) -> Scalar:
    """The share of the fiscal year's book-ins, to the newest good release, of people with a criminal conviction.

    By ICE and CBP together. A conviction of any kind, whatever the offence and however long ago; the release does
    not say which.
    """
    return _share(book_ins_to_date, "convicted")


@metric(unit="share", on="as_of", by=["fiscal_year", "facility_type", "as_of"], counts="people", stock=True)
def share_of_book_ins_with_a_pending_charge(book_ins_to_date: Table) -> Scalar:
    """The share of the fiscal year's book-ins, to the newest good release, of people charged and not convicted."""
    return _share(book_ins_to_date, "pending")


@metric(unit="share", on="as_of", by=["fiscal_year", "facility_type", "as_of"], counts="people", stock=True)
def share_of_book_ins_with_neither(book_ins_to_date: Table) -> Scalar:
    """The share of the fiscal year's book-ins, to the newest release, of people neither convicted nor charged."""
    return _share(book_ins_to_date, "neither")


@metric(unit="share", on="as_of", by=["fiscal_year", "facility_type", "as_of"], counts="people", stock=True)
def share_of_book_ins_with_a_conviction_or_charge(book_ins_to_date: Table) -> Scalar:
    """The share of the fiscal year's book-ins, to the newest release, of people convicted or charged."""
    return _share(book_ins_to_date, "convicted", "pending")


def _share(rows: Table, *criminality: str) -> Scalar:
    part = rows.book_ins.sum(where=rows.criminality.isin(criminality)).coalesce(0)
    return part.cast("float64") / rows.book_ins.sum().nullif(0).cast("float64")
