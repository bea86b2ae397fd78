"""Are the sheets of a workbook of the day and the year that it claims, and are their figures new?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from tallystick.checks.dossier import Dossier, Held, Row, fiscal_year_of
from tallystick.checks.names import contradicted
from tallystick.nouns.expected import Sheets
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release

_CELLS_TO_JUDGE_BY = 20
_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Tab:
    """One sheet that carries figures: its row, the day it should speak for, the scopes read of it."""

    row: Row
    day: date
    scopes: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"'{str(self.row['sheet']).strip()}'"

    @property
    def kind(self) -> str:
        """What sheets of successive workbooks are the same tab by."""
        return str(self.row.get("tab") or self.row["sheet"]).strip().casefold()

    @property
    def stated(self) -> date | None:
        day = self.row.get("stated_date")
        return day if isinstance(day, date) else None

    @property
    def lag(self) -> int | None:
        """Days from the day printed in the sheet to the one it should speak for, at latest the end of its year."""
        return None if self.stated is None else (self.due - self.stated).days

    @property
    def due(self) -> date:
        year = str(self.row.get("fiscal_year") or "")
        return min(self.day, date(int(year), 9, 30)) if year.isdigit() else self.day

    def lag_with(self, years: int) -> int | None:
        """The lag if the printed year were mistyped by so many years."""
        if self.stated is None:
            return None
        return (self.day - (self.stated + timedelta(days=round(365.25 * years)))).days


def same_tab(dossier: Dossier) -> Iterator[Finding]:
    """Sheets whose every cell is as in an earlier release: one note, since ordinary releases repeat some sheets."""
    for tabs, series in _tabs(dossier):
        again = [(tab, held) for tab in tabs if (held := _last(tab, series)) and _same(tab, held, "fingerprint")]
        if again:
            told = ", ".join(tab.name for tab, _ in again)
            names = sorted({held[0].name for _, held in again})
            yield dossier.finding(
                "same_tab",
                Severity.NOTE,
                f"{dossier.release.name} repeats {len(again)} of its {len(tabs)} sheets cell for cell from "
                f"{', '.join(names)}: {told}",
                evidence=[{"sheet": tab.row["sheet"], "as_in": held[0].name} for tab, held in again],
                count=len(again),
            )


def date_bumped(dossier: Dossier) -> Iterator[Finding]:
    """A sheet that prints a later day over the numbers of the release before: a warning."""
    for tabs, series in _tabs(dossier):
        for tab in tabs:
            held = _last(tab, series)
            if held is None or not _same(tab, held, "body_fingerprint"):
                continue
            before = held[1][0].get("stated_date")
            if tab.stated and before and tab.stated > before:
                yield from _about(
                    dossier,
                    tab,
                    "date_bumped",
                    Severity.WARNING,
                    f"{tab.name} of {dossier.release.name} says {tab.stated}, {held[0].name} said {before}, and "
                    "every number in it is the same",
                )


def stale_tab(dossier: Dossier) -> Iterator[Finding]:
    """A sheet older than its workbook: by the day that it prints, or since it goes back behind a newer one."""
    for tabs, series in _tabs(dossier):
        for tab in tabs:
            late, stale = _limits(dossier, tab)
            usual = _usual_lag(tab, series)
            back = _behind(dossier, tab, series)
            if back is not None:
                older, newer = back
                yield from _about(
                    dossier,
                    tab,
                    "stale_tab",
                    Severity.SEVERE,
                    f"{tab.name} of {dossier.release.name} repeats the numbers of {older.name} ({older.speaks_for}), "
                    f"although {newer.name} ({newer.speaks_for}) had newer ones",
                )
            elif tab.stated and tab.lag is not None and tab.lag > max(late, usual + late):
                mistyped = _is_mistyped(tab, series, late)
                severe = tab.lag > max(stale, usual + stale) and not mistyped
                due = tab.due if _is_beside_the_current(dossier, tab, tabs) else tab.day
                yield from _about(
                    dossier,
                    tab,
                    "mistyped_year" if mistyped else "stale_tab",
                    Severity.SEVERE if severe else Severity.WARNING,
                    f"{tab.name} of {dossier.release.name} says that it is of {tab.stated}, "
                    f"{(due - tab.stated).days} days before {due}"
                    + ("; its numbers are new, so the year is mistyped" if mistyped else ""),
                )


def wrong_fiscal_year(dossier: Dossier) -> Iterator[Finding]:
    """A sheet of another fiscal year than its workbook, with none of the right year: severe. A slip of its name only,
    figures of the year that was running, or the last numbers of a year that is over, unchanged: a warning."""
    year = dossier.named.get("fiscal_year", "")
    year = f"20{year[-2:]}" if year else ""
    declared = next((told for _, told, _ in dossier.expecting("sheets")), Sheets())
    for tabs, series in _tabs(dossier):
        of_year = {tab.kind for tab in tabs if year in (tab.row.get("fiscal_year"), "")}
        for tab in tabs:
            says, name = str(tab.row.get("fiscal_year") or ""), str(tab.row.get("fiscal_year_in_name") or "")
            spans_years = tab.kind in declared.slower
            if year and says and says != year and tab.kind not in of_year and not spans_years:
                running = says == str(fiscal_year_of(dossier.release.speaks_for))
                true = running or _repeats_its_year(dossier, tab, series)
                yield from _about(
                    dossier,
                    tab,
                    "wrong_fiscal_year",
                    Severity.WARNING if true else Severity.SEVERE,
                    f"{tab.name} of {dossier.release.name} is about fiscal year {says} by its own titles; the "
                    f"workbook is about {year}",
                )
            elif says and name and name != says:
                yield from _about(
                    dossier,
                    tab,
                    "wrong_fiscal_year",
                    Severity.WARNING,
                    f"{tab.name} of {dossier.release.name} names fiscal year {name}; its titles say {says}",
                )


def hidden_sheet(dossier: Dossier) -> Iterator[Finding]:
    """Sheets that a reader who opens the workbook does not see: a note, since no figure is taken from them."""
    for _, _, rows in dossier.expecting("sheets"):
        hidden = [row for row in rows if row.get("is_hidden")]
        if hidden:
            yield dossier.finding(
                "hidden_sheet",
                Severity.NOTE,
                f"{dossier.release.name} holds {len(hidden)} hidden sheet(s), from which no figure is taken: "
                + ", ".join(f"'{row['sheet']}'" for row in hidden),
                evidence=[
                    {"sheet": row["sheet"], "title": row.get("title"), "filled": row["filled"]} for row in hidden
                ],
                count=len(hidden),
                next_step="see whether an older state of a table was left in the workbook",
            )


def not_understood(dossier: Dossier) -> Iterator[Finding]:
    """Titles or labels of a shown sheet that no rule knows: what stands below them is not read, or has no place.

    Severe for the sheet's scope where a table is touched that the sheet is published for. It is told once: a
    note where an earlier release had the same words in a sheet of the name.
    """
    for table, _, rows in dossier.expecting("sheets"):
        series = (row for _, all_ in dossier.earlier.get(table, ()) for row in all_)
        before = {(row["sheet"], row.get("not_understood")) for row in series}
        for row in rows:
            words = str(row.get("not_understood") or "")
            if not words or row.get("is_hidden"):
                continue
            of_tab = f"FY{row.get('fiscal_year')}/{row['tab']}" if row.get("tab") else None
            again = (row["sheet"], words) in before
            is_main = bool(row.get("main_not_understood")) and of_tab is not None
            for scope in dossier.scopes_of_sheets.get(row["sheet"], (of_tab,)):
                name = str(row["sheet"]).strip()
                yield dossier.finding(
                    "not_understood",
                    Severity.SEVERE if is_main else Severity.NOTE if again else Severity.WARNING,
                    f"'{name}' of {dossier.release.name} holds what no rule knows: {words[:300]}",
                    scope,
                    evidence=[{"sheet": row["sheet"], "not_understood": words}],
                    count=words.count(";") + 1,
                    next_step="teach the source's read.py the title or label, or accept the Finding with the reason",
                )


def _about(dossier: Dossier, tab: Tab, kind: str, severity: Severity, says: str) -> Iterator[Finding]:
    """The Finding for each scope read of the sheet."""
    evidence = [{n: tab.row.get(n) for n in ("sheet", "title", "fiscal_year", "stated_date")}]
    for scope in tab.scopes:
        yield dossier.finding(
            kind,
            severity,
            says,
            scope,
            evidence=evidence,
            count=1,
            next_step="look at the sheet; accept the Finding, with the reason, if its figures are of this day",
        )


def _tabs(dossier: Dossier) -> Iterator[tuple[list[Tab], Sequence[Held]]]:
    """The shown sheets that figures were read from, and the same table of the releases before, oldest first.

    Releases whose name contradicts them are left out: they stand at a wrong place in the series.
    """
    day = dossier.release.speaks_for
    for table, _, rows in dossier.expecting("sheets"):
        scopes = dossier.scopes_of_sheets
        shown = [row for row in rows if not row.get("is_hidden") and row["filled"] >= _CELLS_TO_JUDGE_BY]
        figures = [row for row in shown if row["sheet"] in scopes and row.get("tab") != ""]
        tabs = [Tab(row, day, scopes[row["sheet"]]) for row in figures if row.get("tab", "list") is not None]
        series = [held for held in dossier.earlier.get(table, ()) if not contradicted(dossier, *held)]
        yield tabs, series


def _limits(dossier: Dossier, tab: Tab) -> tuple[int, int]:
    """Days after which the tab is late and stale, more for one whose figures the source says come less often."""
    declared = next(declared for _, declared, _ in dossier.expecting("sheets"))
    slower = declared.slower.get(tab.kind, 0)
    return declared.late + slower, declared.stale + slower


def _same_kind(tab: Tab, held: Held) -> Iterator[Row]:
    """The shown sheets of another release that are the same tab of the same fiscal year."""
    for row in held[1]:
        of_kind = not row.get("is_hidden") and Tab(row, tab.day, ()).kind == tab.kind
        if of_kind and (row.get("fiscal_year") or "") == (tab.row.get("fiscal_year") or ""):
            yield row


def _history(tab: Tab, series: Sequence[Held]) -> list[Held]:
    """The tab in each earlier release that has it, oldest first, one sheet each."""
    return [(release, (rows[0],)) for release, all_ in series if (rows := list(_same_kind(tab, (release, all_))))]


def _last(tab: Tab, series: Sequence[Held]) -> Held | None:
    history = _history(tab, series)
    return history[-1] if history else None


def _same(tab: Tab, held: Held, what: str) -> bool:
    return bool(tab.row.get(what)) and held[1][0].get(what) == tab.row[what]


def _behind(dossier: Dossier, tab: Tab, series: Sequence[Held]) -> tuple[Release, Release] | None:
    """An earlier release with the tab's numbers, and a later one that had others in between.

    Only a workbook of the tab's own fiscal year tells of it anew: what another says of a year that it is not about is
    no newer state, and a tab that repeats the last state of its year is as it should be.
    """
    history = [held for held in _history(tab, series) if _is_of_its_year(dossier, tab, held[0])]
    same = [i for i, held in enumerate(history) if _same(tab, held, "body_fingerprint")]
    if not same or same[-1] == len(history) - 1:
        return None
    return history[same[-1]][0], history[-1][0]


def _is_beside_the_current(dossier: Dossier, tab: Tab, tabs: Sequence[Tab]) -> bool:
    """Whether a tab of an earlier year stands beside that of the workbook's year; alone, it is taken for the current
    one, and is as old as the workbook's day says."""
    year = f"20{dossier.named.get('fiscal_year', '')[-2:]}"
    of_kind = {str(other.row.get("fiscal_year") or "") for other in tabs if other.kind == tab.kind}
    return str(tab.row.get("fiscal_year") or "") == year or year in of_kind


def _is_of_its_year(dossier: Dossier, tab: Tab, release: Release) -> bool:
    year = dossier.named_in(release.name).get("fiscal_year", "")[-2:]
    return not year or str(tab.row.get("fiscal_year") or "")[-2:] in (year, "")


def _repeats_its_year(dossier: Dossier, tab: Tab, series: Sequence[Held]) -> bool:
    """Whether the tab has the numbers that the last workbook of its own fiscal year told."""
    own = [held for held in _history(tab, series) if _is_of_its_year(dossier, tab, held[0])]
    return bool(own) and _same(tab, own[-1], "body_fingerprint")


def _usual_lag(tab: Tab, series: Sequence[Held]) -> float:
    """The median lag of this tab in earlier releases; 0 where there are fewer than four."""
    lags = [Tab(row, held.speaks_for, ()).lag for held, (row, *_) in _history(tab, series)]
    told = [lag for lag in lags if lag is not None]
    return max(0, median(told)) if len(told) >= 4 else 0


def _is_mistyped(tab: Tab, series: Sequence[Held], late: int) -> bool:
    """Whether another year makes the printed day an ordinary one, over numbers that no earlier release had, of
    whatever fiscal year: a tab a year old has been published before."""
    lag = tab.lag_with(1)
    alike = (row for _, all_ in series for row in all_ if Tab(row, tab.day, ()).kind == tab.kind)
    known = any(row.get("body_fingerprint") == tab.row.get("body_fingerprint") for row in alike)
    return lag is not None and -_AHEAD.days <= lag <= late and not known
