"""Schemathesis against the API: every check that it has, over every address, with data that fits or does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tallystick.settings import Settings
from tallystick.views.api import metrics
from tests.views.api.conftest import api_over

# 400 and 422 beside 404: no schema can say that a period begins before it ends, or which names there are.
CONFIG = {
    "seed": 1,
    "workers": 1,
    "generation": {"max-examples": 2, "deterministic": True},
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "409", "422"]}},
    "phases": {"stateful": {"enabled": False}},  # nothing is made, changed or taken away
}


@pytest.fixture
def app(small_home: Settings) -> FastAPI:
    return api_over(small_home)


def failures(app: FastAPI, told: Counter[int]) -> Iterator[str]:
    """What the checks have against the application; the statuses of its answers are counted."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, config=SchemathesisConfig.from_dict(CONFIG))
    for event in from_schema(schema).execute():
        assert not isinstance(event, events.NonFatalError | events.FatalError), event
        if not isinstance(event, events.ScenarioFinished):
            continue
        recorder = event.recorder
        told.update(one.response.status_code for one in recorder.interactions.values() if one.response)
        for check in (check for checks in recorder.checks.values() for check in checks):
            if check.failure_info is not None:
                yield f"{recorder.label}, {check.name}: {check.failure_info.failure.message}"


def test_the_api_is_as_it_describes_itself_whatever_it_is_asked(app: FastAPI) -> None:
    told: Counter[int] = Counter()
    assert list(failures(app, told)) == []
    assert set(told) == {200, 400, 404, 405, 422}
    assert told[200] > 100


def test_a_reply_that_is_not_as_described_is_found(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "metric_row", lambda metric: {"metric": metric.name, "unit": 7})
    found = next(failures(app, Counter()))
    assert "response_schema_conformance" in found
