"""A figure of a claim is the same at the command line, over HTTP, on the server's page, and on a published site."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from typing import Any

from fastapi.testclient import TestClient

from tallystick.pipeline import Pipeline
from tallystick.settings import from_environment
from tallystick.views.answer import figure
from tallystick.views.pages.read import pages
from tallystick.views.publish.names import Wanted
from tallystick.views.publish.timeless import TimelessBench
from tallystick.views.publish.walk import Desk, made_at
from tallystick.views.words import languages
from tests.views.api.conftest import api_over
from tests.views.cli.conftest import Run
from tests.views.cli.test_claims import NAME, judged, own  # noqa: F401
from tests.views.html.conftest import Reader


def _now(told: dict[str, Any]) -> dict[tuple[str, str], Decimal]:
    return {
        (row["definition"], row["check"]): Decimal(row["value"])
        for row in told["figures"]
        if row["known"] == "now" and row["value"] is not None
    }


def test_a_figure_of_a_claim_is_the_same_in_every_view(judged: Run) -> None:  # noqa: F811
    home = from_environment()
    said = _now(json.loads(judged("claims", NAME, "--format", "json").out, parse_float=Decimal))
    assert len(set(said.values())) > 2
    answered = TestClient(api_over(home)).get(f"/api/v1/claims/{NAME}")
    assert _now(json.loads(answered.text, parse_float=Decimal)) == said

    bench = TimelessBench(Pipeline(home))
    catalog = bench.pipeline.catalog
    desk = Desk(bench, pages(catalog), languages(catalog))
    static = made_at(f"/claims/{NAME}", desk.visit(Wanted(f"/claims/{NAME}"), lambda _wanted: None))
    assert static is not None
    served = Reader(bench).reads(f"/claims/{NAME}")
    for value in said.values():
        assert figure(value, "USD") in served
        assert figure(value, "USD") in static.body.decode()

    bundle = made_at(f"/evidence/{NAME}.zip", desk.visit(Wanted(f"/evidence/{NAME}.zip"), lambda _wanted: None))
    assert bundle is not None
    with zipfile.ZipFile(io.BytesIO(bundle.body)) as file:
        frozen = [json.loads(file.read(name)) for name in file.namelist() if name.endswith("question.json")]
    figures = {Decimal(told["answer"][0]["value"]) for told in frozen}
    assert said["as stated", "spent"] in figures
    assert figures <= set(said.values())
