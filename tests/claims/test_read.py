"""The claims that the project carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.catalog import Catalog
from tallystick.claims.compare import parse
from tallystick.errors import RecordError
from tallystick.metrics.evaluate import Metrics
from tallystick.nouns.claim import Claim
from tallystick.settings import bundled_records
from tallystick.tables.graph import Graph

CATALOG = Catalog((bundled_records(),))
CLAIMS = CATALOG.written("claims", Claim)
WRITTEN = "said: so\nby: news report\non: 2025-01-01\ncitation: none\nchecks: [{arithmetic: 1 + 1, is: '= 2'}]\n"


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_asks_what_there_is_in_words_that_are_known(name: str) -> None:
    metrics = Metrics(CATALOG, Graph(CATALOG))
    claim = CLAIMS[name]
    for check in [*claim.checks, *(other.put_to(check) for other in claim.also for check in claim.checks)]:
        if check.states is not None:
            parse(check.states)
        if check.metric is not None:
            metrics.rows(check.question)


@pytest.mark.parametrize("name", CLAIMS)
def test_every_other_definition_differs_from_the_stated_one(name: str) -> None:
    claim = CLAIMS[name]
    for other in claim.also:
        assert [other.put_to(check) for check in claim.checks] != claim.checks, other.name


def test_two_claims_of_one_name_are_refused(tmp_path: Path) -> None:
    for year in ("2024", "2025"):
        (tmp_path / "claims" / year).mkdir(parents=True)
        (tmp_path / "claims" / year / "same.yml").write_text(WRITTEN)
    with pytest.raises(RecordError, match="same"):
        Catalog((tmp_path,)).written("claims", Claim)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (WRITTEN + "sayd: so\n", "sayd"),
        (WRITTEN.replace("arithmetic: 1 + 1", "metric: obligations, arithmetic: 1 + 1"), "exactly one"),
        (WRITTEN + "also: [{name: x, of: [nothing]}]\n", "nothing"),
    ],
)
def test_a_claim_written_wrong_is_refused_with_what_is_wrong(tmp_path: Path, wrong: str, named: str) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "one.yml").write_text(wrong)
    with pytest.raises(RecordError, match=named):
        Catalog((tmp_path,)).written("claims", Claim)
