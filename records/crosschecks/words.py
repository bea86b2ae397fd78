"""How crosschecks say amounts, days and what no row states: a sentence with a NULL in it would be none."""

import ibis
from ibis.expr.types import DateValue, NumericValue, StringValue


def dollars(usd: NumericValue) -> StringValue:
    """An amount from zero up as people write it: `$1,234,567.80`."""
    cents = (usd * 100).round().cast("int64")
    whole, rest = cents // 100, (cents % 100).cast("string").lpad(2, "0")
    groups = [whole // 1000**power % 1000 for power in (3, 2, 1, 0)]
    said, begun = ibis.literal(""), ibis.literal(False)
    for power, group in zip((3, 2, 1, 0), groups, strict=True):
        text = group.cast("string")
        mark = "," if power else ""
        said += ibis.cases(
            (begun, text.lpad(3, "0") + mark), ((group > 0) | (power == 0), text + mark), else_=ibis.literal("")
        )
        begun = begun | (group > 0)
    return ibis.literal("$") + said + "." + rest


def day(date: DateValue) -> StringValue:
    """A day as people write it, or that none is stated."""
    return date.cast("string").fill_null("no day stated")


def said(text: StringValue, what: str) -> StringValue:
    """What a cell says, or that it says no such thing: `no agency stated`."""
    return text.fill_null(f"no {what} stated")
