"""Notices are captured whole within the calls that a key is granted, over several days if need be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.errors import UsageError
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings, from_environment
from tests.sources.fetch.publisher import Answer, Asked, Publisher, Time, told

PLACE = "api.sam.gov/opportunities/v2/search"
NOTICES = """
title: Notices
publisher: a test
licence: us-public-domain
citation: https://open.gsa.gov/api/get-opportunities-public-api/
cadence: daily
refresh:
  - interface: opportunity_search
    hosts: [api.sam.gov]
    search: https://api.sam.gov/opportunities/v2/search
    key: sam
    daily_calls: 10
    days: 30
    page_size: 10
    parameters: {organizationName: HOMELAND SECURITY}
    withhold: [pointOfContact]
    file_name: notices_{first:%Y%m%d}_{last:%Y%m%d}.json
publishes:
  notices_published:
    grain: one notice
    columns: {noticeId: {type: code}}
"""


@pytest.fixture
def pipeline(settings: Settings, site: Publisher, tmp_path: Path) -> Pipeline:
    folder = tmp_path / "own" / "sources" / "us" / "notices"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(NOTICES)
    network = Network(loopback=site.address, keys={"sam": "s3cret"})
    return Pipeline(replace(settings, records=(*settings.records, tmp_path / "own"), network=network))


def posted(count: int, notices_a_day: int = 1) -> list[dict[str, Any]]:
    """Notices of the days before the test's own, each with an officer's name and telephone."""
    first = date(2026, 7, 22)
    return [
        {
            "noticeId": f"{n:032x}",
            "title": f"Notice {n}",
            "postedDate": f"{first + timedelta(days=n // notices_a_day)}",
            "pointOfContact": [{"fullName": "An Officer", "phone": "0"}],
            "award": {"amount": 1234.5},
        }
        for n in range(count)
    ]


def opportunities(site: Publisher, notices: list[dict[str, Any]], lost: int = 0) -> None:
    def search(asked: Asked) -> Answer:
        assert asked.query["api_key"] == "s3cret"
        assert asked.query["organizationName"] == "HOMELAND SECURITY"
        first, last = (_day(asked.query, name) for name in ("postedFrom", "postedTo"))
        found = [n for n in notices if first <= date.fromisoformat(n["postedDate"]) <= last]
        limit, offset = int(asked.query["limit"]), int(asked.query["offset"])
        page = found[offset * limit : (offset + 1) * limit][lost:]
        return told({"totalRecords": len(found), "limit": limit, "offset": offset, "opportunitiesData": page})

    site.routes[PLACE] = search


def _day(query: Mapping[str, str], name: str) -> date:
    return datetime.strptime(query[name], "%m/%d/%Y").date()  # noqa: DTZ007


def kept(pipeline: Pipeline) -> dict[str, Any]:
    (release,) = pipeline.ledger.releases()
    with pipeline.store.open(release.sha256) as file:
        return dict(json.loads(file.read()))


def test_notices_are_captured_whole_without_their_officers(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    opportunities(site, posted(25))
    pipeline.refresh("notices", timing=time.clock)
    told_notices = kept(pipeline)
    assert told_notices["totalRecords"] == 25
    assert sorted(n["noticeId"] for n in told_notices["opportunitiesData"]) == [f"{n:032x}" for n in range(25)]
    assert "An Officer" not in json.dumps(told_notices)
    (release,) = pipeline.ledger.releases()
    assert (release.name, release.speaks_for) == ("notices_20260721_20260820.json", date(2026, 8, 20))


def test_the_calls_of_the_day_are_kept_to_and_the_capture_is_continued_the_next_day(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    opportunities(site, posted(60, notices_a_day=2))
    outcome = pipeline.refresh("notices", timing=time.clock)
    assert outcome.refused[0].why.what == "the 10 calls that 'sam' grants a day are spent"
    assert outcome.refused[0].why.next_step == "come back after 2026-08-21 00:00 UTC"
    assert len(site.asked) == 10
    assert not list(pipeline.ledger.releases())
    assert pipeline.refresh("notices", timing=time.clock).refused
    assert len(site.asked) == 10
    time.now += timedelta(days=1)
    pipeline.refresh("notices", timing=time.clock)
    assert kept(pipeline)["totalRecords"] == 60
    asked = [(a.query["postedFrom"], a.query["postedTo"]) for a in site.asked]
    assert len(set(asked)) == len(asked)


def test_a_quota_of_the_sites_own_is_kept_to(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [Answer(b'{"code":"900804"}', 429, {"Retry-After": "43200"})]
    outcome = pipeline.refresh("notices", timing=time.clock)
    assert outcome.refused[0].why.next_step == "come back after 2026-08-21 00:00 UTC"
    assert "s3cret" not in str(outcome)


def test_a_quota_that_names_no_hour_lasts_until_the_next_day(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [Answer(b'{"code":"900804","message":"Message throttled out"}', 429)]
    outcome = pipeline.refresh("notices", timing=time.clock)
    assert outcome.refused[0].why.next_step == "come back after 2026-08-21 00:00 UTC"
    assert len(site.asked) == 1


def test_fewer_notices_than_counted_are_not_published(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    opportunities(site, posted(5), lost=1)
    outcome = pipeline.refresh("notices", timing=time.clock)
    assert "counts 5 notices and gave 4" in outcome.refused[0].why.what
    assert not list(pipeline.ledger.releases())


def test_without_a_key_the_way_to_one_is_told(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    without = Pipeline(replace(pipeline.settings, network=Network(loopback=site.address)))
    with pytest.raises(UsageError, match="needs a key") as refused:
        without.refresh("notices", timing=time.clock)
    assert "TALLYSTICK_KEY_SAM" in refused.value.next_step
    assert not site.asked


def test_keys_and_quotas_come_from_the_environment_and_are_not_shown() -> None:
    network = from_environment({"TALLYSTICK_KEY_SAM": "s3cret", "TALLYSTICK_DAILY_CALLS_SAM": "1000"}).network
    assert network.keys == {"sam": "s3cret"}
    assert network.daily_calls == {"sam": 1000}
    assert "s3cret" not in repr(network)
    with pytest.raises(UsageError, match="not a whole number"):
        from_environment({"TALLYSTICK_DAILY_CALLS_SAM": "many"})


EXTRACT = "falextracts.s3.amazonaws.com/Contract%20Opportunities/datagov/ContractOpportunitiesFullCSV.csv"
HEADER = b"NoticeId,Title,PostedDate,Type\n"


def extract(count: int) -> bytes:
    row = b"%032x,A made up notice whose title is long,2026-08-19 16:57:56.079-04,Solicitation\n"
    return HEADER + b"".join(row % n for n in range(count))


def test_without_a_key_the_public_extract_of_notices_is_had_alone(
    settings: Settings, site: Publisher, time: Time
) -> None:
    site.routes[EXTRACT] = [Answer(extract(2_000), headers={"ETag": '"one"'})]
    pipeline = Pipeline(replace(settings, network=Network(loopback=site.address)))
    (release,) = pipeline.refresh("sam_opportunities", timing=time.clock).new
    assert pipeline.readings.of(release).files[0]["rows"] == 2_000
    assert {asked.host for asked in site.asked} == {"falextracts.s3.amazonaws.com"}


def test_with_a_key_the_notices_of_the_department_are_read_by_the_source_itself(
    settings: Settings, site: Publisher, time: Time
) -> None:
    site.routes[EXTRACT] = [Answer(extract(2_000), headers={"ETag": '"one"'})]
    notices = [{**notice, "type": "Solicitation"} for notice in posted(5)]
    site.routes[PLACE] = [told({"totalRecords": 5, "limit": 1000, "offset": 0, "opportunitiesData": notices})]
    network = Network(loopback=site.address, keys={"sam": "s3cret"})
    pipeline = Pipeline(replace(settings, network=network))
    extracted, searched = pipeline.refresh("sam_opportunities", timing=time.clock).new
    assert extracted.name == "ContractOpportunitiesFullCSV.csv"
    assert searched.name == "sam_opportunities_2026-08-20_from_20260721.json"
    assert searched.speaks_for == date(2026, 8, 20)
    assert pipeline.readings.of(searched).files[0]["rows"] == 5
