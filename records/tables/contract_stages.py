"""Milestones of contracts: solicited, awarded, option exercised, performance ended, closed out."""

from typing import Any

import ibis
from ibis.expr.types import BooleanValue, Table

from tallystick import table

from .awards import under_award_keys

_FIRST = "0"
_SIZES = ((10_000, "under $10,000"), (250_000, "$10,000 to $249,999"), (10_000_000, "$250,000 to $9,999,999"))
_EXERCISES, _CLOSES = "G", "K"  # the codes of FPDS for the action types of these names
_OPTION = r"(?i)\bexercis\w*\b.{0,60}\boption|\boption\b.{0,60}\bexercis"
_CLOSE_OUT = r"(?i)\bclos(e|ing)[- ]?out\b"
_COLUMNS = ["unit", "event", "day", "earliest_date", "release_id", "member", "source_row"]


@table(key=["unit", "event", "day", "release_id", "source_row"])
def contract_milestones(
    contract_actions: Table,
    usaspending_transactions_published: Table,
    usaspending_awards_published: Table,
    awards: Table,
) -> Table:
    """What happened to each award, with the row that tells it; all on known days.

    *Awarded* is modification 0, else the first action that an award file states. An option exercised and a close-out
    are told by the action's type where an official file has it, else by its description: one that says neither is not
    seen, and one that speaks of an option in passing is. *Performance ended* is the last end that an award states,
    where that is past.
    """
    actions = _typed(under_award_keys(contract_actions), usaspending_transactions_published)
    later = actions.modification_number != _FIRST
    files = usaspending_awards_published.filter(usaspending_awards_published.award_or_idv == "AWARD")
    files = files.mutate(unit=files.award_key)
    first = actions.filter(actions.modification_number == _FIRST)
    newest = actions.aggregate(newest_date=actions.action_date.max())
    ended = awards.cross_join(newest).filter(ibis._.current_end_date < ibis._.newest_date)
    parts = [
        _told(_solicited(files, usaspending_transactions_published), "solicited", "solicited_date"),
        _told(first, "awarded", "action_date"),
        _told(files.anti_join(first, "unit"), "awarded", "first_action_date"),
        _told(actions.filter(later & _is(actions, _EXERCISES, _OPTION)), "option_exercised", "action_date"),
        _told(ended.mutate(unit=ended.award_key), "performance_ended", "current_end_date"),
        _told(actions.filter(later & _is(actions, _CLOSES, _CLOSE_OUT)), "closed_out", "action_date"),
    ]
    return ibis.union(*parts)


@table(key=["unit"])
def contract_units(contract_actions: Table, awards: Table) -> Table:
    """Every award: its agency, its office as owner, what it bought, and from when to when it was watched.

    One that was awarded before the first action held came to notice with the first that is: had it been closed out
    before, it would not be here. All are watched until the last action of their agency. `size` is the class of its
    ceiling, else of what was obligated; the bounds are those of micro-purchases and simplified acquisitions up to
    September 2025 (Federal Acquisition Regulation 2.101), and ten million.
    """
    actions = under_award_keys(contract_actions)
    seen = actions.group_by(unit=actions.award_key).aggregate(
        first_date=actions.action_date.min(), is_whole=(actions.modification_number == _FIRST).any(),
        agency=actions.agency.max(), owner=actions.office_code.max(), title=actions.piid.max(),
    )  # fmt: skip
    newest = actions.group_by("agency").aggregate(watched_until_date=actions.action_date.max())
    worth = ibis.coalesce(awards.ceiling_usd, awards.obligated_usd)
    classes = [(worth < least, name) for least, name in _SIZES]
    size = ibis.cases((worth.isnull(), None), *classes, else_="$10 million and more")
    kinds = awards.select(unit="award_key", category="category", size=size)
    rows = seen.left_join(newest, "agency").drop("agency_right").left_join(kinds, "unit").drop("unit_right")
    return rows.select(
        "unit", "title", "agency", "owner", "category", "size", "watched_until_date",
        watched_from_date=ibis.ifelse(rows.is_whole, None, rows.first_date),
    )  # fmt: skip


def _typed(actions: Table, official: Table) -> Table:
    """The actions with `unit`, and the official type of each where an official file has it."""
    types = official.filter(official.action_type_code.notnull())
    types = types.group_by(of=types.contract_transaction_unique_key).aggregate(type=types.action_type_code.max())
    typed = actions.left_join(types, actions.action_key == types.of)
    return typed.mutate(unit=typed.award_key)


def _is(actions: Table, type_: str, words: str) -> BooleanValue:
    said = actions.description.re_search(words).fill_null(False)
    return ibis.ifelse(actions.type.notnull(), actions.type == type_, said)


def _solicited(files: Table, official: Table) -> Table:
    """The first day of solicitation that award files and official files of actions state of each award."""
    columns = ["unit", "solicitation_date", "release_id", "member", "source_row"]
    rows = files.select(columns).union(official.mutate(unit=official.award_key).select(columns))
    rows = rows.filter(rows.solicitation_date.notnull(), rows.unit.notnull())
    order = ibis.window(group_by="unit", order_by=[rows.solicitation_date, rows.release_id, rows.source_row])
    first = rows.mutate(place=ibis.row_number().over(order)).filter(ibis._.place == 0)
    return first.rename(solicited_date="solicitation_date")


def _told(rows: Table, event: str, day: str) -> Table:
    place: dict[str, Any] = {
        name: rows[name] if name in rows.columns else ibis.null(kind)
        for name, kind in (("release_id", "string"), ("member", "string"), ("source_row", "int64"))
    }
    rows = rows.filter(rows[day].notnull())
    return rows.select("unit", event=ibis.literal(event), day=rows[day], earliest_date=rows[day], **place).select(
        _COLUMNS
    )
