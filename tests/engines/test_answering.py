"""A bench answers from the warehouse that a setting names as it does from the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tallystick.bench import Bench
from tallystick.errors import UsageError
from tallystick.nouns.metric import Question
from tallystick.pipeline import Pipeline
from tests.engines.conftest import Two

_ASKED = [
    Question("obligations", {"agency": "ICE"}, ("fiscal_year",)),
    Question("obligations", {"recipient": "*'?\"*"}),
    Question("agreements_in_force", {}, ("state",)),
    Question("average_held", {}, ("month",)),
]


def over(pipeline: Pipeline, engine: str = "", profile: str = "") -> Bench:
    made = Pipeline(replace(pipeline.settings, engine=engine, profile=profile))
    vars(made)["catalog"] = pipeline.catalog
    return Bench(made)


@pytest.fixture
def there(two: Two, sampled: Pipeline, elsewhere: str) -> Iterator[Bench]:
    assert two.there.exists()
    bench = over(sampled, elsewhere)
    yield bench
    bench.close()


@pytest.mark.parametrize("question", _ASKED, ids=lambda question: question.metric)
def test_an_answer_is_the_same_and_tells_the_sql_of_its_engine(
    question: Question, there: Bench, sampled: Pipeline
) -> None:
    here = over(sampled)
    mine, its = here.ask(question), there.ask(question)
    here.close()
    assert replace(its, sql=mine.sql) == mine
    assert its.sql != mine.sql


def test_every_claim_is_judged_the_same(there: Bench, sampled: Pipeline) -> None:
    here = over(sampled)
    names = here.claim_names
    assert {name: there.reading(name) for name in names} == {name: here.reading(name) for name in names}
    here.close()


@pytest.mark.parametrize(
    "elsewhere", ["postgresql"], indirect=True
)  # asked for its schemas, which a cluster has none of
def test_a_past_day_is_answered_by_the_embedded_engine(there: Bench, two: Two) -> None:
    held = "SELECT count(*) AS schemas FROM pg_namespace WHERE nspname LIKE 'tallystick%'"
    before = two.there.query(held)
    assert '"' in there.at(date(2025, 12, 31)).ask(_ASKED[0]).sql
    assert two.there.query(held) == before


def test_a_profile_that_hides_is_not_told_by_a_warehouse(sampled: Pipeline, server: str) -> None:
    bench = over(sampled, server, "public")
    with pytest.raises(UsageError, match="embedded engine alone"):
        bench.ask(_ASKED[0])
    bench.close()


def test_an_engine_that_nobody_knows_is_refused(sampled: Pipeline) -> None:
    bench = over(sampled, "oracle://somewhere")
    with pytest.raises(UsageError, match="'oracle', which is no engine"):
        bench.ask(_ASKED[0])
    bench.close()
