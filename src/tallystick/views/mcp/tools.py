"""The tools that a language model is offered: metrics, claims and Findings with their caveats, and never raw rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from tallystick.bench import Bench
from tallystick.current import Current
from tallystick.errors import ArchiveError, BusyError, TallystickError, UnknownName, UsageError
from tallystick.nouns.finding import Severity
from tallystick.nouns.metric import Answer, Question
from tallystick.views.asked import Asked, asked_of, filters
from tallystick.views.download import told
from tallystick.views.entry import brief_rows, entry_whole, register_rows
from tallystick.views.finding import finding_named, finding_rows, finding_whole
from tallystick.views.formats import as_json
from tallystick.views.judgement import judgement_row, judgement_whole
from tallystick.views.listed import metric_row
from tallystick.views.urls import segment, url

MOST_ROWS = 200
"""How many rows one answer holds: enough for a table, too few to carry records away."""
_SINGLE = frozenset({"piid", "award_key", "action_key", "parent_piid", "modification_number"})

Known = Annotated[
    date | None, Field(description="Answer from what was public on this day, and nothing that came later.")
]
Name = Annotated[str, Field(max_length=200)]
Wanted = Annotated[list[str] | None, Field(max_length=40)]


@dataclass(frozen=True)
class Tools:
    """The tools over what is in force; `site` is the scheme and host under which readers reach the workbench."""

    current: Current
    site: str

    @property
    def every(self) -> Sequence[Callable[..., str]]:
        """All of them."""
        return (
            self.list_metrics, self.ask_metric, self.list_claims, self.read_claim, self.list_findings,
            self.read_finding, self.list_registers, self.read_entry,
        )  # fmt: skip

    def list_metrics(self, about: Annotated[str, Field(max_length=100)] = "") -> str:
        """List the metrics that can be asked: name, unit, title, breakdowns. `about` keeps those that mention it."""
        with self._asked(None) as bench:
            rows = [_brief(metric_row(metric)) for metric in bench.metrics.by_name.values()]
            word = about.lower()
            chosen = [row for row in rows if word in f"{row['metric']} {row['title']}".lower()]
            return _said(bench, {"metrics": chosen, "of": len(rows)})

    def ask_metric(
        self,
        metric: Name,
        where: Wanted = None,
        by: Wanted = None,
        period: Annotated[
            list[date | None] | None,
            Field(description="First and last day, both inside.", max_length=2, min_length=2),
        ] = None,
        as_known_on: Known = None,
    ) -> str:
        """Ask a metric for its figure, or for a table of figures.

        `where` narrows (`agency=ICE`), `by` breaks down (`fiscal_year`). The figure comes with its unit, its
        definition, its Edition, its caveats, which must be told with it, and a link to the rows behind it. null is
        unknown, never zero.
        """
        start, end = period or (None, None)
        with self._asked(as_known_on) as bench:
            question = Question(metric, filters(where or ()), tuple(by or ()), start, end)
            answer = bench.ask(question)
            if not any(row["value"] for row in answer.rows):
                bench.refuse_unheard(question)
            _refuse_records(answer)
            parameters = {**asked_of(question), **_day(as_known_on)}
            whole = told(answer) | {
                "unknown_because": answer.unknown_because or None,
                "counted_rows": answer.counted,
                "why": self._link("/why", parameters),
            }
            return _said(bench, whole)

    def list_claims(self, as_known_on: Known = None) -> str:
        """List what was said by officials, reporters and others, each with its verdict then and now."""
        with self._asked(as_known_on) as bench:
            rows = [judgement_row(judgement) for judgement in bench.claims()]
            short = ("claim", "said", "by", "on", "then", "now", "citation")
            return _said(bench, {"claims": [{name: row[name] for name in short} for row in rows]})

    def read_claim(self, claim: Name, as_known_on: Known = None) -> str:
        """Read one claim: the figure under every definition a fair reader could have meant, with its caveats."""
        with self._asked(as_known_on) as bench:
            whole = judgement_whole(bench.claim(claim))
            figures = [row for row in whole["figures"] if row["known"] == "now"]
            link = self._link(f"/claims/{segment(claim)}", _day(as_known_on))
            return _said(bench, whole | {"figures": figures, "why": link})

    def list_findings(
        self,
        source: Name = "",
        kind: Name = "",
        scope: Name = "",
        severity: Severity | None = None,
        as_known_on: Known = None,
    ) -> str:
        """List what was found wrong or odd in releases and between registers: at most 200.

        Narrow by source, kind, severity, or by `scope`: an entry such as technologies/clearview-ai.
        """
        which = {"source": source, "kind": kind, "severity": severity, "scope": scope}
        wanted = {name: said for name, said in which.items() if said}
        with self._asked(as_known_on) as bench:
            rows = [row for row in finding_rows(bench) if all(row[name] == said for name, said in wanted.items())]
            if len(rows) > MOST_ROWS:
                kinds = ", ".join(sorted({row["kind"] for row in rows})[:20])
                raise UsageError(
                    f"{len(rows):,} Findings are more than {MOST_ROWS} at once",
                    next_step=f"narrow them by source, severity or kind; kinds: {kinds}",
                )
            return _said(bench, {"findings": rows})

    def read_finding(self, finding: Name, as_known_on: Known = None) -> str:
        """Read one Finding: what was found, in which release or of which entry, how often, what to do about it."""
        with self._asked(as_known_on) as bench:
            found = finding_named(bench, finding)
            whole = {
                name: value
                for name, value in finding_whole(found).items()
                if not (name == "evidence" and found.release)
            }
            link = self._link(f"/findings/{found.id}", _day(as_known_on))
            return _said(bench, whole | {"why": link})

    def list_registers(
        self, register: Name = "", about: Annotated[str, Field(max_length=100)] = "", as_known_on: Known = None
    ) -> str:
        """List the registers of technologies, data-sharing instruments and reports; or the entries of one.

        `about` keeps the entries that mention it. They tell of purchases and rules, and of no person.
        """
        with self._asked(as_known_on) as bench:
            if not register:
                return _said(bench, {"registers": register_rows(bench)})
            rows = brief_rows(bench.kept.of(register))
            chosen = [row for row in rows if about.lower() in " ".join(map(str, row.values())).lower()]
            if len(chosen) > MOST_ROWS:
                raise UsageError(
                    f"{len(chosen):,} entries are more than {MOST_ROWS} at once", next_step="narrow them with about"
                )
            return _said(bench, {"entries": chosen, "of": len(rows), "never": bench.kept.schemas[register].never})

    def read_entry(self, register: Name, entry: Name, as_known_on: Known = None) -> str:
        """Read one entry of a register: facts, events, contracts, papers, each row with its citation and told day."""
        with self._asked(as_known_on) as bench:
            whole = entry_whole(bench.kept.one(register, entry))
            link = self._link(f"/registers/{segment(register)}/{segment(entry)}", _day(as_known_on))
            return _said(bench, whole | {"why": link})

    @contextmanager
    def _asked(self, known_on: date | None) -> Iterator[Bench]:
        """The bench; what is refused becomes an error of the tool, what is inside stays there."""
        try:
            with self.current.bench(known_on) as bench:
                yield bench
        except (UnknownName, UsageError, BusyError) as error:
            next_step = f"; {error.next_step}" if error.next_step else ""
            raise ToolError(f"{error.what}{next_step}") from error
        except ArchiveError as error:
            raise ToolError("the archive cannot be read just now; ask again in a few seconds") from error
        except TallystickError as error:
            raise ToolError("this went wrong inside") from error

    def _link(self, path: str, asked: Asked) -> str:
        return self.site + url(path, asked)


def _refuse_records(answer: Answer) -> None:
    """Refuse breakdowns to single records, and tables too long to be read. Raises `UsageError`."""
    if single := sorted(_SINGLE.intersection(answer.question.by)):
        raise UsageError(
            f"a breakdown by {single[0]} is a list of records, which are not given here",
            next_step="break it down by something else, or read the rows at the link to why",
        )
    if len(answer.rows) > MOST_ROWS:
        raise UsageError(
            f"the answer has {len(answer.rows):,} rows, more than {MOST_ROWS} at once",
            next_step="narrow it with where, or break it down by less",
        )


def _said(bench: Bench, whole: Mapping[str, Any]) -> str:
    state = {"edition": bench.edition.id, "speaks_for": bench.day, "as_known_on": bench.known_on}
    return as_json(state | dict(whole)).decode()


def _brief(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("metric", "unit", "title", "by", "period_by")}


def _day(known_on: date | None) -> Asked:
    return {"as_known_on": (str(known_on),)} if known_on else {}
