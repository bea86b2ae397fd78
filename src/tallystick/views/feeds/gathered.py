"""What is new in an Edition: its releases, its Findings, the claims whose verdict is another than it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tallystick.bench import Bench
from tallystick.nouns.finding import Finding
from tallystick.nouns.judgement import Judgement
from tallystick.nouns.release import Release
from tallystick.views.entry import last_told
from tallystick.views.feeds.feed import Entry, Feed
from tallystick.views.finding import REGISTERS
from tallystick.views.listed import releases
from tallystick.views.urls import address
from tallystick.views.visit import Visit

MOST = 100
_SINCE = "2026"


@dataclass(frozen=True)
class Kind:
    """A feed that there is: its title, the page that lists all of it, and what gathers its entries."""

    title: str
    home: str
    entries: Callable[[Visit], Iterable[Entry]]


def gathered(visit: Visit, what: str) -> Feed:
    """The feed called `what`, one of `KINDS`: of very many entries the newest, which it says."""
    kind = KINDS[what]
    every = sorted(kind.entries(visit), key=lambda entry: entry.id)
    every.sort(key=lambda entry: entry.day, reverse=True)
    says = visit.words("{count} of {all}, the newest first.", count=min(len(every), MOST), all=len(every))
    return Feed(
        _tag(visit, what),
        f"Tallystick: {visit.words(kind.title)}",
        says,
        visit.links.whole(kind.home),
        visit.links.whole(visit.here),
        tuple(every[:MOST]),
        every[0].day if every else visit.bench.day,
        visit.words.language,
    )


def _releases(visit: Visit) -> Iterable[Entry]:
    sources = visit.bench.pipeline.catalog.sources
    for release in releases(visit.bench):
        source = sources.get(release.source)
        title = source.title if source else release.source
        stated = release.provenance
        days = [f"{word} {day}" for word, day in (("published", stated.published), ("as of", stated.as_of)) if day]
        says = f"{title}. {release.name}, {', '.join(days) or 'no day stated'}, sha256 {release.sha256}."
        link = visit.links.whole(f"/releases/{release.id}")
        tag = _tag(visit, f"releases/{release.id}")
        yield Entry(tag, release.name, link, _known_on(visit, release), says, (release.source,))


def _findings(visit: Visit) -> Iterable[Entry]:
    known = {release.id: release for release in releases(visit.bench)}
    for finding in visit.bench.findings():
        if finding.release in known:
            yield _finding(visit, finding, known[finding.release])
    entries = {one.about: one for name in visit.bench.kept.schemas for one in visit.bench.kept.of(name)}
    for finding in visit.bench.kept.crosschecked:
        told = last_told([entries[finding.scope]]) if finding.scope in entries else None
        title = f"{finding.severity.value}: {finding.kind.replace('_', ' ')}, {finding.scope}"
        link = visit.links.whole(f"/findings/{finding.id}")
        says = f"{finding.says} {finding.next_step}".strip()
        about = (finding.severity.value, finding.kind, REGISTERS)
        yield Entry(_tag(visit, f"findings/{finding.id}"), title, link, told or visit.bench.day, says, about)


def _finding(visit: Visit, finding: Finding, release: Release) -> Entry:
    title = f"{finding.severity.value}: {finding.kind.replace('_', ' ')} in {release.name}"
    says = f"{finding.says} {finding.next_step}".strip()
    link = visit.links.whole(f"/findings/{finding.id}")
    about = (finding.severity.value, finding.kind, release.source)
    return Entry(_tag(visit, f"findings/{finding.id}"), title, link, _known_on(visit, release), says, about)


def _known_on(visit: Visit, release: Release) -> date:
    """The day a release became known; of one that nobody dated a published site tells the day of its Edition.

    When such a release was retrieved differs from home to home, and a published site tells of none.
    """
    return release.known_on if release.is_dated or visit.links.live else visit.bench.day


def _verdicts(visit: Visit) -> Iterable[Entry]:
    for judgement in visit.bench.claims():
        claim, then, now = judgement.claim, judgement.then.word, judgement.now.word
        if then != now:
            says = f"{claim.said} ({claim.by}, {claim.on}.) As known then: {then}. As known now: {now}."
            tag = _tag(visit, f"claims/{claim.name}/{then}/{now}".replace(" ", "-"))
            link = visit.links.whole(f"/claims/{claim.name}")
            yield Entry(tag, f"{now}: {claim.said}", link, _rests_on(visit.bench, judgement), says, (now,))


def _rests_on(bench: Bench, judgement: Judgement) -> date:
    """The last day on which something became known that the verdict rests on."""
    metrics = {check.metric for check in judgement.claim.checks if check.metric}
    days = (day for metric in metrics for day in bench.days(metric))
    return max((day for day in days if day <= bench.day), default=judgement.claim.on)


def _tag(visit: Visit, what: str) -> str:
    """A name that stays the same wherever the feed is read (RFC 4151)."""
    host = address(visit.links.whole("/")).site.rpartition("/")[2].rpartition("@")[2].split(":")[0]
    return f"tag:{host or 'localhost'},{_SINCE}:tallystick/{what}"


KINDS: Mapping[str, Kind] = {
    "releases": Kind("New releases", "/sources", _releases),
    "findings": Kind("Findings", "/findings", _findings),
    "verdicts": Kind("Changed verdicts", "/claims", _verdicts),
}
