"""Proposes recipients that may be one, for a person to decide. It never decides.

A likeness of names is a reason to look and no more: a guard company scores above the firm that a search is for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import combinations

import ibis
from rapidfuzz import fuzz

from tallystick.archive.ledger import Decision
from tallystick.engines.duckdb import DuckDB
from tallystick.errors import UsageError
from tallystick.tables.link import normalised
from tallystick.tables.statements import compiled

YES, NO, UNSURE = "yes", "no", "unsure"
CHOICES = (YES, NO, UNSURE)
_KIND = "recipient match"


@dataclass(frozen=True)
class Known:
    """A recipient as the queue sees it: its id, its name and the money it was obligated."""

    recipient: str
    name: str
    obligated_usd: Decimal


@dataclass(frozen=True)
class Proposal:
    """Two recipients that may be one.

    `score` is the likeness of the names from 0 to 100, `because` why they were put side by side, `choice` what
    a person said so far: None, or `unsure`. `at_stake_usd` is the smaller of the two sums obligated: what a
    wrong answer would misplace.
    """

    recipient: str
    other: str
    name: str
    other_name: str
    score: float
    because: str
    at_stake_usd: Decimal
    choice: str | None = None


def proposals(
    known: Iterable[Known],
    shared_awards: Mapping[frozenset[str], str],
    decided: Mapping[frozenset[str], str],
    cutoff: float,
) -> tuple[Proposal, ...]:
    """The pairs worth a look, the most money first; pairs decided yes or no are left out.

    A pair is proposed when one award carries both (`shared_awards`: the award's key by pair), or when the names
    begin with one word and score `cutoff` or more.
    """
    by_id = {one.recipient: one for one in known}
    found: dict[frozenset[str], str] = {
        pair: f"award {award} carries both names" for pair, award in shared_awards.items() if pair <= by_id.keys()
    }
    blocks: dict[str, list[Known]] = defaultdict(list)
    for one in by_id.values():
        blocks[one.name.split(" ", 1)[0]].append(one)
    for block in blocks.values():
        for a, b in combinations(block, 2):
            pair = frozenset((a.recipient, b.recipient))
            if pair not in found and fuzz.token_sort_ratio(a.name, b.name, score_cutoff=cutoff):
                found[pair] = "the names are alike"
    made = [
        _proposal([by_id[recipient] for recipient in sorted(pair)], because, decided.get(pair))
        for pair, because in found.items()
        if decided.get(pair) not in (YES, NO)
    ]
    return tuple(sorted(made, key=lambda p: (-abs(p.at_stake_usd), p.recipient, p.other)))


def review_queue(engine: DuckDB, decisions: Mapping[str, Decision], cutoff: float) -> tuple[Proposal, ...]:
    """The proposals over an Edition's tables, without those decided in the register or in the ledger."""
    listed = ibis.table(
        {"recipient": "string", "name": "string", "obligated_usd": "decimal(38, 2)"}, name="recipients"
    )
    spelt = listed.filter(listed.name.notnull()).mutate(name=normalised(listed.name))
    known = [Known(**row) for row in engine.query(compiled(spelt, engine.dialect)).to_pylist()]
    carries = "(SELECT DISTINCT award_key, recipient FROM contract_actions WHERE award_key IS NOT NULL)"
    shared = engine.run(
        f"SELECT one.recipient, other.recipient, min(award_key) FROM {carries} AS one "
        f"JOIN {carries} AS other USING (award_key) WHERE one.recipient < other.recipient GROUP BY 1, 2"
    ).fetchall()
    registered = engine.run("SELECT recipient, stands_as, choice FROM recipient_matches").fetchall()
    said = {frozenset((one, other)): choice for one, other, choice in registered} | decided(decisions)
    return proposals(known, {frozenset((one, other)): award for one, other, award in shared}, said, cutoff)


def known_recipients(engine: DuckDB) -> frozenset[str]:
    """Every recipient that an Edition or a register has, those too that were decided to be another."""
    rows = engine.run(
        "SELECT recipient FROM contract_actions UNION SELECT recipient FROM awards "
        "UNION SELECT recipient FROM recipient_aliases UNION SELECT recipient FROM recipient_matches "
        "UNION SELECT stands_as FROM recipient_matches"
    ).fetchall()
    return frozenset(recipient for (recipient,) in rows if recipient is not None)


def subject(recipient: str, other: str) -> str:
    """How the ledger names the question whether two recipients are one, in either order."""
    return json.dumps([_KIND, *sorted((recipient, other))])


def is_match(about: str) -> bool:
    """Whether the ledger's subject `about` is the question whether two recipients are one."""
    return about.startswith(f'["{_KIND}"')


def match_decision(pair: tuple[str, str], choice: str, because: str, by: str, at: datetime) -> Decision:
    """The decision on a pair of recipients. Raises `UsageError` for what is no decision."""
    recipient, other = pair
    if choice not in CHOICES:
        raise UsageError(f"'{choice}' is no choice", next_step=f"choose one of {', '.join(CHOICES)}")
    if recipient == other:
        raise UsageError(f"a match is between two recipients, and both are '{recipient}'")
    if not because.strip() or not by.strip():
        raise UsageError("a decision needs a reason and a name", next_step="say why, and who decides")
    return Decision(subject(recipient, other), choice, because.strip(), by.strip(), at)


def decided(decisions: Mapping[str, Decision]) -> dict[frozenset[str], str]:
    """What was last said of each pair that the ledger has a decision on."""
    found: dict[frozenset[str], str] = {}
    for about, decision in decisions.items():
        if is_match(about):
            _, recipient, other = json.loads(about)
            found[frozenset((recipient, other))] = decision.choice
    return found


def merged(choices: Mapping[frozenset[str], str]) -> tuple[tuple[str, str], ...]:
    """What `yes` makes of recipients: each with the one it stands as, that being the first of its group.

    A curated id (one without a scheme such as `name:`) goes first, so that it survives.
    """
    groups: dict[str, set[str]] = {}
    for pair, choice in sorted(choices.items(), key=lambda item: sorted(item[0])):
        if choice == YES:
            whole = set(pair).union(*(groups.get(recipient, ()) for recipient in pair))
            groups |= dict.fromkeys(whole, whole)
    stands = {recipient: min(whole, key=lambda one: (":" in one, one)) for recipient, whole in groups.items()}
    return tuple(sorted((recipient, first) for recipient, first in stands.items() if recipient != first))


def _proposal(pair: Sequence[Known], because: str, choice: str | None) -> Proposal:
    one, other = pair
    score = round(fuzz.token_sort_ratio(one.name, other.name), 1)
    stake = min(one.obligated_usd, other.obligated_usd, key=abs)
    return Proposal(one.recipient, other.recipient, one.name, other.name, score, because, stake, choice)
