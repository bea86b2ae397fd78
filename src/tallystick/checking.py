"""Articles held against what one bench answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tallystick.articles.answered import Checked, Judging, checked
from tallystick.articles.article import Article
from tallystick.articles.known import Known, known_of
from tallystick.articles.proposing import Proposer
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.claim import Claim
from tallystick.nouns.judgement import Reading
from tallystick.nouns.metric import Question
from tallystick.once import once
from tallystick.pipeline import Pipeline
from tallystick.sheets.fill import Span


class Asked(Protocol):
    """What holding an article against the record needs of the bench."""

    @property
    def pipeline(self) -> Pipeline: ...
    @property
    def metrics(self) -> Metrics: ...
    @property
    def day(self) -> date: ...
    @property
    def claims_said(self) -> Mapping[str, Claim]: ...
    def read_now(self, claim: Claim) -> Reading: ...
    def read_then(self, claim: Claim) -> Reading: ...
    def span(self, question: Question) -> Span | None: ...
    def apart(self, metric: str) -> Sequence[str]: ...
    def table(self, name: str) -> list[dict[str, Any]]: ...


@dataclass(frozen=True)
class Checking:
    """Checks articles by the claims and metrics of one day."""

    bench: Asked

    def check(
        self, article: Article, day: date | None = None, proposer: Proposer | None = None
    ) -> tuple[Checked, ...]:
        """Each sentence that holds a quantity, with what the claims and metrics find of it.

        `day` is that of the article, where it does not say so itself. A `proposer` may propose matches for numbers
        that nothing matched, and judges nothing.
        """
        its = self.bench
        judging = Judging(its.read_now, its.read_then, its.span, its.metrics.metric, its.apart)
        return checked(article, its.claims_said, self._known, judging, day, proposer)

    @once
    def _known(self) -> Known:
        """By which words sentences ask the metrics, and what they call things."""
        its = self.bench
        recipients = {str(row["name"]): str(row["recipient"]) for row in its.table("recipients")}
        return known_of(its.pipeline.catalog, its.pipeline.graph, recipients, its.day, its.metrics.by_name)
