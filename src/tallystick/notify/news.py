"""What is new: the difference between what was known when we last told of it and what is known now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallystick.bench import Bench
from tallystick.nouns.finding import Severity

State = Mapping[str, Mapping[str, str]]
"""By what (release, finding, verdict), by name: how it stands."""


@dataclass(frozen=True)
class Event:
    """Something to tell: `what` it is, the `name` of the thing, and what is said of it."""

    what: str
    name: str
    type: str
    data: Mapping[str, Any] = field(hash=False)


def state_of(bench: Bench, verdicts: bool = True) -> State:
    """How everything stands that there may be news of. Verdicts take seconds, and are left out unless asked for."""
    severe = {finding.id: "severe" for finding in bench.findings() if finding.severity is Severity.SEVERE}
    state = {
        "release": {release.id: "held" for release in bench.pipeline.ledger.releases()},
        "finding": severe,
    }
    if verdicts:
        state["verdict"] = {judgement.claim.name: judgement.word for judgement in bench.claims()}
    return state


def news(bench: Bench, before: State, now: State) -> Iterator[Event]:
    """An event for each release that landed, each severe Finding, and each verdict that is another than before.

    Of a thing that nothing was known of before at all (`before` lacks the whole of it) there is no news.
    """
    edition, findings = bench.edition.id, {finding.id: finding for finding in bench.findings()}
    for release in bench.pipeline.ledger.releases():
        if "release" in before and release.id not in before["release"]:
            told = {"release": release.id, "source": release.source, "name": release.name, "sha256": release.sha256}
            yield Event("release", release.id, "release.landed", {**told, "known_on": release.known_on.isoformat()})
    for name in now.get("finding", {}):
        if "finding" in before and name not in before["finding"]:
            found = findings[name]
            said = {"finding": name, "kind": found.kind, "release": found.release, "scope": found.scope}
            yield Event("finding", name, "finding.severe", {**said, "says": found.says, "edition": edition})
    for name, word in now.get("verdict", {}).items():
        earlier = before.get("verdict", {}).get(name)
        if earlier is not None and earlier != word:
            yield Event(
                "verdict", name, "verdict.changed", {"claim": name, "was": earlier, "is": word, "edition": edition}
            )
