"""Proposes uses of AI that may be one in two inventories, and identifiers that may be repaired. It never decides.

A decision is a row of a register with its reason and citation: `ai_use_case_matches`, `piid_repairs`. A row whose
choice is `proposed` is none: somebody found it, it waits for a person, and no figure is made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tallystick.engines.duckdb import DuckDB

_TITLE, _CONTENT = 0.7, 0.3
_WORDS = 600  # characters of a purpose that are compared
_EACH = 3  # proposals for one use


@dataclass(frozen=True)
class Use:
    """A use of AI of one inventory as the queue sees it, with its department and component."""

    use_case_key: str
    group: tuple[str, str]
    title: str
    purpose: str = ""


@dataclass(frozen=True)
class UseProposal:
    """Two uses of consecutive inventories that may be one; `score` is the likeness of name and content, 0 to 100."""

    earlier: str
    later: str
    title: str
    later_title: str
    score: float


@dataclass(frozen=True)
class RepairProposal:
    """A dirty identifier, what it may stand for, why, in how many uses it stands, and whether actions are known."""

    says: str
    means: str
    repair: str
    uses: int
    is_known: bool
    agencies: str


def proposed(
    earlier: Iterable[Use], later: Iterable[Use], decided: frozenset[tuple[str, str]], cutoff: float
) -> tuple[UseProposal, ...]:
    """For each earlier use its most alike later ones of the same component, if they score `cutoff` or more.

    Pairs that a person decided, yes or no, are left out.
    """
    by_group: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in later:
        by_group[use.group].append(use)
    made: list[UseProposal] = []
    for use in earlier:
        scored = [
            _pair(use, other)
            for other in by_group[use.group]
            if (use.use_case_key, other.use_case_key) not in decided
        ]
        near = [one for one in scored if one.score >= cutoff]
        made += sorted(near, key=lambda one: (-one.score, one.later))[:_EACH]
    return tuple(sorted(made, key=lambda one: (-one.score, one.earlier, one.later)))


def likeness(one: Use, other: Use) -> float:
    """How alike two uses are, from 0 to 100: their names count for seven tenths, what they are for, for three.

    Where either does not say what it is for, the names count alone.
    """
    names = fuzz.token_set_ratio(one.title.casefold(), other.title.casefold())
    if not one.purpose or not other.purpose:
        return round(names, 1)
    content = fuzz.token_set_ratio(one.purpose[:_WORDS].casefold(), other.purpose[:_WORDS].casefold())
    return round(_TITLE * names + _CONTENT * content, 1)


def use_queue(engine: DuckDB, cutoff: float) -> tuple[UseProposal, ...]:
    """The proposals over an Edition: for uses that are not found in the next inventory of their department.

    First those of the register that the likeness alone does not find at this cutoff.
    """
    missing = engine.run("SELECT use_case_key, later_year FROM ai_use_case_fates WHERE fate = 'not found'").fetchall()
    told = engine.run(
        "SELECT use_case_key, inventory_year, department, agency, title, purpose FROM ai_use_cases"
    ).fetchall()
    taken = {later for (later,) in engine.run("SELECT later_key FROM ai_use_case_links").fetchall()}
    register = engine.run("SELECT earlier, later, choice FROM ai_use_case_matches").fetchall()
    by_year: dict[int, list[Use]] = defaultdict(list)
    for key, year, of, agency, title, purpose in told:
        by_year[year].append(Use(key, (of, agency or ""), title or "", purpose or ""))
    years: dict[int, set[str]] = defaultdict(set)
    for key, year in missing:
        years[year].add(key)
    decided = frozenset((earlier, later) for earlier, later, choice in register if choice != "proposed")
    made = [
        proposal
        for year, keys in sorted(years.items())
        for proposal in proposed(
            [use for uses in by_year.values() for use in uses if use.use_case_key in keys],
            [use for use in by_year[year] if use.use_case_key not in taken],
            decided,
            cutoff,
        )
    ]
    found = {(one.earlier, one.later) for one in made}
    uses = {use.use_case_key: use for of in by_year.values() for use in of}
    waiting = [(earlier, later) for earlier, later, choice in register if choice == "proposed"]
    kept = [_pair(uses[one], uses[other]) for one, other in waiting if {one, other} <= uses.keys()]
    return (*(one for one in kept if (one.earlier, one.later) not in found), *made)


def _pair(use: Use, other: Use) -> UseProposal:
    return UseProposal(use.use_case_key, other.use_case_key, use.title, other.title, likeness(use, other))


def repair_queue(engine: DuckDB) -> tuple[RepairProposal, ...]:
    """The repairs that wait for a person: first those whose order is known from a contract action, then by uses."""
    rows: Sequence[tuple[str, str, str, int, bool, str]] = engine.run(
        "SELECT said, proposed_piid, repair, count(*), bool_or(is_known), "
        "string_agg(DISTINCT agency, ', ' ORDER BY agency) FROM ai_use_case_contracts "
        "WHERE standing = 'proposed' GROUP BY said, proposed_piid, repair "
        "ORDER BY bool_or(is_known) DESC, count(*) DESC, said"
    ).fetchall()
    return tuple(RepairProposal(*row) for row in rows)
