"""Refreshing a source: what is new is archived and read, what is unchanged is not, and a set comes whole or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from scripts.generate_transactions import Wanted, full

from tallystick.errors import FetchError, UsageError
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings
from tests.sources.fetch.publisher import Answer, Asked, Publisher, Time, ranged, zipped
from tests.sources.fetch.usaspending import FILES, archive

BROKER = "raw.githubusercontent.com/fedspendingtransparency/data-act-broker-backend/master"
CODES_URL = f"{BROKER}/dataactvalidator/config/naics.csv"
CODES = b"naics_code,naics_description\n" + b"".join(b"%06d,Made Up Industry %d\n" % (n, n) for n in range(700))
BULK = """
title: Bulk actions
publisher: a test
licence: us-public-domain
citation: https://api.usaspending.gov
cadence: monthly
releases:
  match: ['FY(\\d{4}|\\(All\\))_070_Contracts_(Full|Delta)_(?P<published>\\d{8})\\.zip']
refresh:
  - interface: monthly_archive
    hosts: [api.usaspending.gov, files.usaspending.gov]
    agencies: https://api.usaspending.gov/api/v2/bulk_download/list_agencies/
    listing: https://api.usaspending.gov/api/v2/bulk_download/list_monthly_files/
    agency: "070"
    type: contracts
    fiscal_years: 2
    min_bytes: 500
publishes:
  bulk_published:
    grain: one row
    columns: {name: {required: true}}
"""
ROWS = b"name\n" + b"".join(b"row %d of many\n" % n for n in range(2_000))
FULL_2025, FULL_2026 = "FY2025_070_Contracts_Full_20260806.zip", "FY2026_070_Contracts_Full_20260806.zip"
DELTA = "FY(All)_070_Contracts_Delta_20260806.zip"


@pytest.fixture
def pipeline(settings: Settings, site: Publisher, tmp_path: Path) -> Pipeline:
    folder = tmp_path / "own" / "sources" / "us" / "bulk"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(BULK)
    records = (*settings.records, tmp_path / "own")
    return Pipeline(replace(settings, records=records, network=Network(loopback=site.address)))


def bulk(*names: str) -> Mapping[str, bytes]:
    return {name: zipped({f"{name[:-4]}_1.csv": ROWS, f"{name[:-4]}_2.csv": ROWS}) for name in names}


def test_the_newest_full_files_and_the_delta_are_archived_with_their_day(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    old = "FY2026_070_Contracts_Full_20260706.zip"
    listed = {2025: [FULL_2025, DELTA], 2026: [old, FULL_2026, DELTA]}
    archive(site, dict(bulk(FULL_2025, FULL_2026, old, DELTA)), listed)
    pipeline.refresh("bulk", timing=time.clock)
    releases = list(pipeline.ledger.releases())
    assert [release.name for release in releases] == [FULL_2025, FULL_2026, DELTA]
    assert {release.provenance.published for release in releases} == {date(2026, 8, 6)}
    assert releases[0].provenance.origin == f"https://{FILES}/{FULL_2025}"
    assert not [asked for asked in site.asked if old in asked.path]


def test_what_did_not_change_is_asked_for_conditionally_and_not_sent(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    archive(site, dict(bulk(FULL_2025, FULL_2026)), {2025: [FULL_2025], 2026: [FULL_2026]})
    pipeline.refresh("bulk", timing=time.clock)
    site.asked.clear()
    outcome = pipeline.refresh("bulk", timing=time.clock)
    assert outcome.unchanged == (FULL_2025, FULL_2026)
    assert not outcome.new
    files = [asked for asked in site.asked if asked.path.endswith(".zip")]
    assert all("If-None-Match" in asked.headers for asked in files)


@pytest.mark.parametrize(
    "broken",
    [
        b"<html><title>Service Unavailable</title></html>".ljust(600),
        bulk(FULL_2026)[FULL_2026][:-100],
        zipped({"x.csv": b"name\n"}).ljust(453, b"\0"),
        zipped({"a_1.csv": ROWS, "a_3.csv": ROWS}),
        zipped({"../a_1.csv": ROWS}),
        zipped({"a_1.csv": b"0" * 30_000_000}),
    ],
    ids=["error page", "truncated", "453 bytes", "part missing", "path traversal", "bomb"],
)
def test_nothing_of_a_set_is_published_while_a_part_is_refused(
    pipeline: Pipeline, site: Publisher, time: Time, broken: bytes
) -> None:
    files = {**bulk(FULL_2025), FULL_2026: broken}
    listed = {2025: [FULL_2025], 2026: [FULL_2026]}
    archive(site, files, listed)
    outcome = pipeline.refresh("bulk", timing=time.clock)
    assert [refused.name for refused in outcome.refused] == [FULL_2026]
    assert not outcome.new
    assert not list(pipeline.ledger.releases())
    archive(site, {**files, **bulk(FULL_2026)}, listed)
    site.asked.clear()
    pipeline.refresh("bulk", timing=time.clock)
    assert [release.name for release in pipeline.ledger.releases()] == [FULL_2025, FULL_2026]
    # what came whole the first time waited, and was not sent again
    files_asked = [asked for asked in site.asked if asked.path.endswith(".zip")]
    assert ["If-None-Match" in asked.headers for asked in files_asked] == [True, False]


def test_a_year_without_its_full_file_means_that_nothing_is_fetched(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    archive(site, dict(bulk(FULL_2026)), {2026: [FULL_2026]})
    outcome = pipeline.refresh("bulk", timing=time.clock)
    assert "lists no whole file of fiscal year 2025" in outcome.refused[0].why.what
    assert not [asked for asked in site.asked if asked.path.endswith(".zip")]


def test_a_code_list_is_refreshed_from_its_address(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    site.routes[CODES_URL] = ranged(CODES)
    told: list[tuple[str, int, int]] = []
    (release,) = pipeline.refresh("naics_codes", lambda *at: told.append(at), timing=time.clock).new
    assert ("naics.csv (MB)", 0, 0) in told
    assert pipeline.readings.of(release).files[0]["rows"] == 700
    assert pipeline.refresh("naics_codes", timing=time.clock).unchanged == ("naics.csv",)


def test_the_same_bytes_from_a_site_without_validators_are_unchanged(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    site.routes[CODES_URL] = [Answer(CODES)]
    pipeline.refresh("naics_codes", timing=time.clock)
    assert pipeline.refresh("naics_codes", timing=time.clock).unchanged == ("naics.csv",)


def test_the_same_bytes_under_a_new_tag_are_unchanged_and_the_tag_is_remembered(
    pipeline: Pipeline, site: Publisher, time: Time
) -> None:
    site.routes[CODES_URL] = ranged(CODES, '"one"')
    pipeline.refresh("naics_codes", timing=time.clock)
    site.routes[CODES_URL] = ranged(CODES, '"two"')
    for _ in range(2):
        assert pipeline.refresh("naics_codes", timing=time.clock).unchanged == ("naics.csv",)
    assert site.asked[-1].headers["If-None-Match"] == '"two"'


def test_a_source_without_an_address_says_how_to_add_its_files(pipeline: Pipeline) -> None:
    with pytest.raises(UsageError, match="does not say where") as refused:
        pipeline.refresh("appropriations")
    assert "tallystick add appropriations FILE" in refused.value.next_step


KILLED = """
import sys
from pathlib import Path
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings, bundled_records
settings = Settings(Path(sys.argv[1]), (bundled_records(),), network=Network(loopback=sys.argv[2]))
Pipeline(settings).refresh("naics_codes")
"""


def test_a_killed_refresh_is_continued_by_the_next(settings: Settings, site: Publisher, time: Time) -> None:
    whole = ranged(CODES)
    running: list[subprocess.Popen[bytes]] = []

    def deadly(asked: Asked) -> Answer:
        """Send half, and kill whoever asked when it comes back for the rest: then the half is on its disk."""
        answer = whole(asked)
        if "Range" not in asked.headers:
            return replace(answer, cut=len(CODES) // 2)
        os.kill(running[0].pid, signal.SIGKILL)
        return answer

    site.routes[CODES_URL] = deadly
    running.append(subprocess.Popen([sys.executable, "-c", KILLED, str(settings.home), site.address]))
    assert running[0].wait(timeout=60) == -signal.SIGKILL
    pipeline = Pipeline(replace(settings, network=Network(loopback=site.address)))
    assert not list(pipeline.ledger.releases())
    site.routes[CODES_URL] = whole
    site.asked.clear()
    (release,) = pipeline.refresh("naics_codes", timing=time.clock).new
    assert release.size == len(CODES)
    assert site.asked[0].headers["Range"].startswith("bytes=")


def test_two_processes_do_not_fetch_one_source_at_once(pipeline: Pipeline, site: Publisher, time: Time) -> None:
    refusals: list[str] = []

    def meanwhile(_: Asked) -> Answer:
        try:
            Pipeline(pipeline.settings).refresh("naics_codes", timing=Time().clock)
        except FetchError as error:
            refusals.append(error.what)
        return Answer(CODES)

    site.routes[CODES_URL] = meanwhile
    assert pipeline.refresh("naics_codes", timing=time.clock).new
    assert refusals == ["another process is fetching 'naics_codes'"]


def test_the_official_files_of_a_department_are_fetched_and_read(
    pipeline: Pipeline, site: Publisher, time: Time, tmp_path: Path
) -> None:
    files = {}
    for year in (2025, 2026):
        path = full(tmp_path, Wanted(rows=300, parts=2, fiscal_year=year, as_of="20260806"))
        files[path.name.replace("_1.zip", ".zip")] = path.read_bytes()
    archive(site, files, {int(name[2:6]): [name] for name in files})
    outcome = pipeline.refresh("usaspending_transactions", timing=time.clock)
    assert not outcome.refused
    assert [release.name for release in outcome.new] == sorted(files)
    assert [pipeline.readings.of(release).files[0]["rows"] for release in outcome.new] == [300, 300]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from tallystick.errors import TallystickError
from tallystick.pipeline import Pipeline
from tallystick.settings import Network, Settings, bundled_records
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
settings = Settings(Path(sys.argv[1]), (bundled_records(),), network=Network(loopback=sys.argv[2]))
try:
    Pipeline(settings).refresh("naics_codes")
except TallystickError as error:
    print(type(error).__name__, error.what)
"""


def test_a_disk_that_takes_no_more_is_a_message_and_the_next_refresh_goes_on(
    settings: Settings, site: Publisher, time: Time
) -> None:
    many = b"naics_code,naics_description\n" + b"".join(b"%06d,Made Up Industry %d\n" % (n, n) for n in range(70_000))
    site.routes[CODES_URL] = ranged(many)
    full_disk = [sys.executable, "-c", FULL_DISK, str(settings.home), site.address]
    told = subprocess.run(full_disk, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout == "ArchiveError what the publisher gave could not be kept: File too large\n"
    pipeline = Pipeline(replace(settings, network=Network(loopback=site.address)))
    assert not list(pipeline.ledger.releases())
    (release,) = pipeline.refresh("naics_codes", timing=time.clock).new
    assert release.size == len(many)
    assert site.asked[-1].headers["Range"] == "bytes=1000000-"
