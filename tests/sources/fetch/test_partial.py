"""A file comes whole, is continued where it broke, and is asked for again only if it changed."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from tallystick.errors import FetchError
from tallystick.sources.fetch.client import Client
from tallystick.sources.fetch.memory import Validators
from tallystick.sources.fetch.partial import Partial, download
from tests.sources.fetch.conftest import URL
from tests.sources.fetch.publisher import Answer, Asked, Publisher, Time, ranged

PLACE = "files.example.gov/codes.csv"
BODY = random.Random(7).randbytes(50_000)


@pytest.fixture
def partial(tmp_path: Path) -> Partial:
    return Partial(tmp_path / "fetching" / "codes", URL)


def breaking(body: bytes, cut: int, etag: str = '"one"') -> Publisher:
    """Routes that break the first answer after `cut` bytes and give the rest when asked for it."""
    whole = ranged(body, etag)
    asked_before: list[Asked] = []

    def route(asked: Asked) -> Answer:
        asked_before.append(asked)
        answer = whole(asked)
        if len(asked_before) == 1:
            return Answer(answer.body, answer.status, answer.headers, cut=cut)
        return answer

    return Publisher(routes={PLACE: route})


def test_a_connection_dropped_midway_is_continued_by_range(client: Client, site: Publisher, partial: Partial) -> None:
    site.routes = breaking(BODY, 20_000).routes
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY
    assert site.asked[1].headers["Range"].startswith("bytes=")
    assert site.asked[1].headers["If-Range"] == '"one"'


def test_another_process_continues_what_a_killed_one_left(client: Client, site: Publisher, partial: Partial) -> None:
    partial.begin(Validators('"one"'))
    partial.path.write_bytes(BODY[:30_000])
    site.routes[PLACE] = ranged(BODY)
    assert download(client, Partial(partial.path, URL))
    assert partial.path.read_bytes() == BODY
    assert site.asked[0].headers["Range"] == "bytes=30000-"


def test_a_file_that_changed_meanwhile_is_begun_anew(client: Client, site: Publisher, partial: Partial) -> None:
    partial.begin(Validators('"old"'))
    partial.path.write_bytes(b"x" * 30_000)
    site.routes[PLACE] = ranged(BODY, '"new"')
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY


def test_a_site_that_ignores_range_is_begun_anew(client: Client, site: Publisher, partial: Partial) -> None:
    partial.begin(Validators('"one"'))
    partial.path.write_bytes(BODY[:30_000])
    site.routes[PLACE] = [Answer(BODY, headers={"ETag": '"one"'})]
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY


def test_a_part_that_does_not_continue_what_came_is_not_joined_to_it(
    client: Client, site: Publisher, partial: Partial
) -> None:
    partial.begin(Validators('"one"'))
    partial.path.write_bytes(BODY[:30_000])
    wrong = Answer(BODY[10:], 206, {"ETag": '"one"', "Content-Range": "bytes 10-49999/50000"})
    site.routes[PLACE] = [wrong, Answer(BODY, headers={"ETag": '"one"'})]
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY


def test_more_than_the_whole_came_and_is_begun_anew(client: Client, site: Publisher, partial: Partial) -> None:
    partial.begin(Validators('"one"'))
    partial.path.write_bytes(BODY + b"more")
    site.routes[PLACE] = ranged(BODY)
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY


def test_nothing_to_continue_by_means_the_whole_again(client: Client, site: Publisher, partial: Partial) -> None:
    site.routes[PLACE] = [Answer(BODY, cut=20_000), Answer(BODY)]
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY
    assert "Range" not in site.asked[1].headers


def test_a_content_length_that_is_never_reached_is_given_up(
    client: Client, site: Publisher, partial: Partial
) -> None:
    site.routes[PLACE] = [Answer(BODY, length=60_000)]
    with pytest.raises(FetchError, match="did not come whole in 5 tries"):
        download(client, partial)
    assert not partial.whole


def test_an_unchanged_file_is_not_sent_again(client: Client, site: Publisher, partial: Partial) -> None:
    site.routes[PLACE] = ranged(BODY)
    assert not download(client, partial, known=Validators('"one"'))
    assert not partial.path.exists()


def test_a_whole_file_that_waits_to_be_archived_is_not_sent_again(
    client: Client, site: Publisher, partial: Partial
) -> None:
    site.routes[PLACE] = ranged(BODY)
    assert download(client, partial)
    assert download(client, partial)
    assert site.asked[1].headers["If-None-Match"] == '"one"'
    assert partial.path.read_bytes() == BODY


def test_last_modified_serves_where_the_tag_is_weak(partial: Partial) -> None:
    partial.begin(Validators('W/"one"', "Thu, 20 Aug 2026 12:00:00 GMT"))
    partial.path.write_bytes(b"begun")
    assert partial.headers(None) == {"Range": "bytes=5-", "If-Range": "Thu, 20 Aug 2026 12:00:00 GMT"}


def test_a_file_over_the_cap_is_refused_before_it_comes(client: Client, site: Publisher, partial: Partial) -> None:
    site.routes[PLACE] = [Answer(b"x", length=100_001)]
    with pytest.raises(FetchError, match="larger than the 100,000 bytes"):
        download(client, partial)
    assert not partial.path.exists()


def test_a_part_of_everything_is_the_whole(client: Client, site: Publisher, partial: Partial) -> None:
    headers = {"ETag": '"one"', "Content-Range": "bytes 0-49999/50000"}
    site.routes[PLACE] = [Answer(BODY, 206, headers)]
    assert download(client, partial)
    assert partial.path.read_bytes() == BODY
    assert partial.validators == Validators('"one"')


def test_a_file_packed_on_the_way_is_refused(client: Client, site: Publisher, partial: Partial) -> None:
    site.routes[PLACE] = [Answer(gzip.compress(BODY), headers={"Content-Encoding": "gzip"})]
    with pytest.raises(FetchError, match="came packed as gzip"):
        download(client, partial)


def test_a_slow_file_ends_at_the_deadline_and_is_continued_later(
    client: Client, site: Publisher, partial: Partial, time: Time
) -> None:
    site.routes[PLACE] = ranged(BODY)
    time.each = 250
    with pytest.raises(FetchError, match="not done in 600 seconds"):
        download(client, partial)
    assert not partial.whole
    time.each = 0
    later = Client(client.http, client.interface, client.memory, time.clock)
    assert download(later, partial)
    assert partial.path.read_bytes() == BODY
