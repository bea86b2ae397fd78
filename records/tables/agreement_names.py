"""Which names of agencies in lists of 287(g) agreements are one agency: told by what stands beside the name."""

import ibis
from ibis.expr.types import StringValue, Table

from tallystick import table

_GENERIC = (
    r"\b(police|sheriff'?s?|constables?'?s?|department|departments|dept|deparment|departent|office|offices|services|"
    r"service|division|of|the|and|city|town|village|borough|township|twp|county|parish|state|patrol|corrections|"
    r"correction|detention|facility|board|commissioners|jail|district|regional|authority)\b"
)
_LETTERS = 3
_HOPS = 3  # a name may have been changed this often twice over


@table(key=["state", "name"])
def agreements_287g_names(agreements_287g_entries: Table, agreements_287g_renamings: Table) -> Table:
    """Every name that a list has had for an agency, and the agency it stands for.

    `agency_key` is the state and the first name that the agency was listed under. `because` says why a name has
    another's key: memorandum, date. *ambiguous* marks names that evidence would join although two of those joined
    stand side by side in a list: they are kept apart.
    """
    rows = agreements_287g_entries
    names = rows.group_by("state", "name").aggregate(
        agency=rows.agency.argmax(rows.list_number),
        first_list=rows.list_number.min(),
        first_listed_date=rows.as_of.min(),
        last_listed_date=rows.as_of.max(),
    )
    pairs = agreements_287g_renamings.filter(agreements_287g_renamings.is_joined)
    edges = _both_ways(pairs)
    known = names.select("state", "name", label=names.first_list.cast("string").lpad(6, "0") + " " + names.name)
    for _ in range(_HOPS):
        known = _spread(known, edges)
    why = edges.group_by("state", "name").aggregate(because=edges.because.max())
    doubt = agreements_287g_renamings.filter(~agreements_287g_renamings.is_joined)
    doubt = ibis.union(doubt.select("state", "name"), doubt.select("state", name="other_name"), distinct=True)
    doubt = doubt.mutate(in_doubt=True)
    made = names.join(known, ["state", "name"]).left_join(why, ["state", "name"])
    made = made.drop("state_right", "name_right").left_join(doubt, ["state", "name"])
    first = made.label.re_extract(r"^[0-9]+ (.*)$", 1)
    because = ibis.cases((made.because.notnull(), made.because), (made.in_doubt.notnull(), "ambiguous"), else_="name")
    return made.select(
        "state", "name", "agency", "first_listed_date", "last_listed_date",
        agency_key=_slug(made.state) + "/" + _slug(first), because=because,
    )  # fmt: skip


@table(key=["state", "name", "other_name"])
def agreements_287g_renamings(agreements_287g_entries: Table) -> Table:
    """Pairs of names in a state that may be one agency, with the evidence: a name alike is never enough.

    Both must have had the same memorandum, or a date signed, under the same model, and never stand in one list. By
    memorandum they join when the names differ in three letters at most or name the same place; by date only when,
    besides, the one begins on the very list after the other ends. `is_joined` is false where the names are of
    two kinds (a sheriff and a police department), and where joining would make one agency of names that stand side by
    side: so nobody can tell which is meant.
    """
    seen = agreements_287g_entries.select("state", "name", "list_number").distinct()
    found = _candidates(agreements_287g_entries, seen)
    edges = _both_ways(found)
    two = edges.join(edges.select("state", "name", also="other"), ["state", "name"])
    two = two.filter(two.other < two.also).select("state", "name", a="other", b="also")
    unclear = _side_by_side(two, seen).select("state", "name").distinct()
    left = found.filter(_kind(found.name) == _kind(found.other_name)).anti_join(unclear, ["state", "name"])
    clear = left.anti_join(unclear.select("state", other_name="name"), ["state", "other_name"])
    clear = clear.select("state", "name", "other_name", is_joined=True)
    made = found.left_join(clear, ["state", "name", "other_name"])
    return made.select("state", "name", "other_name", "because", is_joined=made.is_joined.fill_null(False))


def _candidates(entries: Table, seen: Table) -> Table:
    """Pairs of names with evidence that they are one agency, never listed side by side."""
    pairs = ibis.union(
        _sharing(entries, "moa").mutate(memorandum=True, date=False),
        _sharing(entries, "signed_date").mutate(memorandum=False, date=True),
    )
    pairs = pairs.group_by("state", "name", "other_name").aggregate(
        memorandum=pairs.memorandum.max(), date=pairs.date.max()
    )
    spans = seen.group_by("state", "name").aggregate(first=seen.list_number.min(), last=seen.list_number.max())
    theirs = spans.select("state", other_name="name", other_first="first", other_last="last")
    pairs = pairs.join(spans, ["state", "name"]).join(theirs, ["state", "other_name"])
    in_turn = (pairs.other_first - pairs.last == 1) | (pairs.first - pairs.other_last == 1)
    place, other_place = _place(pairs.name, pairs.state), _place(pairs.other_name, pairs.state)
    alike = (pairs.name.levenshtein(pairs.other_name) <= _LETTERS) | ((place == other_place) & (place != ""))
    pairs = pairs.filter((pairs.memorandum | (pairs.date & in_turn)) & alike)
    pairs = pairs.select(
        "state",
        "name",
        "other_name",
        because=ibis.ifelse(pairs.memorandum, "memorandum", "date"),
        a=pairs.name,
        b=pairs.other_name,
    )
    return pairs.anti_join(_side_by_side(pairs, seen), ["state", "a", "b"]).drop("a", "b")


def _sharing(entries: Table, evidence: str) -> Table:
    """Pairs of names of a state that have had the same `evidence` under the same model."""
    facts = entries.select("state", "name", "model", evidence).distinct()
    pairs = facts.join(facts.rename(other_name="name"), ["state", "model", evidence])
    return pairs.filter(pairs.name < pairs.other_name).select("state", "name", "other_name").distinct()


def _side_by_side(pairs: Table, seen: Table) -> Table:
    """Those of the pairs of names `a` and `b` that some list has both of."""
    met = pairs.join(seen.select("state", a="name", at="list_number"), ["state", "a"])
    met = met.select(*pairs.columns, "at")
    return met.semi_join(seen.select("state", b="name", at="list_number"), ["state", "b", "at"]).drop("at").distinct()


def _both_ways(pairs: Table) -> Table:
    return ibis.union(
        pairs.select("state", "name", other="other_name", because="because"),
        pairs.select("state", name="other_name", other="name", because="because"),
    )


def _spread(known: Table, edges: Table) -> Table:
    """Each name takes the earliest label among its own and those of the names it is joined to."""
    theirs = known.select("state", other="name", label="label")
    reached = edges.join(theirs, ["state", "other"]).select("state", "name", "label")
    every = ibis.union(known, reached)
    return every.group_by("state", "name").aggregate(label=every.label.min())


def _place(name: StringValue, state: StringValue) -> StringValue:
    """What is left of a name without the words that say what kind of agency it is, and without its state's."""
    plain = name.replace("&", "and").replace(state.lower(), " ").re_replace("[^a-z0-9' ]+", " ")
    return plain.re_replace(_GENERIC, " ").re_replace("[^a-z0-9]+", " ").strip()


def _kind(name: StringValue) -> StringValue:
    return name.re_extract("police|sheriff|constable", 0)


def _slug(text: StringValue) -> StringValue:
    """The words of a name in small letters with hyphens between, for keys."""
    return text.lower().re_replace("['.]", "").re_replace("[^a-z0-9]+", "-")
