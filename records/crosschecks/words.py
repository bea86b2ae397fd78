"""How crosschecks say amounts and days."""

import ibis
from ibis.expr.types import NumericValue, StringValue


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
