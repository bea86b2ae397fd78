"""The client is polite, patient to a point, and goes nowhere it was not sent."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.errors import FetchError, UsageError
from tallystick.sources.fetch.address import public_address, transport
from tallystick.sources.fetch.client import Call, Client, retry_after
from tests.sources.fetch.conftest import AGENT, URL
from tests.sources.fetch.publisher import START, Answer, Publisher, Time, told

PLACE = "files.example.gov/codes.csv"


def ask(client: Client, url: str = URL) -> Any:
    return client.decoded(Call(url), dict[str, Any])


def test_the_publisher_is_told_who_asks(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [told({})]
    ask(client)
    assert site.asked[0].headers["User-Agent"] == AGENT
    assert site.asked[0].host == "files.example.gov"


def test_two_requests_lie_a_pause_apart(client: Client, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [told({})]
    ask(client)
    ask(client)
    assert time.slept == [client.interface.pause_seconds]


def test_a_503_is_asked_again_and_the_200_taken(client: Client, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [Answer(status=503), told({"good": True})]
    assert ask(client) == {"good": True}
    assert time.slept


def test_retry_after_in_seconds_is_waited_for(client: Client, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [Answer(status=429, headers={"Retry-After": "17"}), told({})]
    ask(client)
    assert 17.0 in time.slept


def test_retry_after_as_a_date_is_waited_for(client: Client, site: Publisher, time: Time) -> None:
    later = format_datetime(datetime(2026, 8, 20, 12, 0, 30, tzinfo=UTC), usegmt=True)
    site.routes[PLACE] = [Answer(status=503, headers={"Retry-After": later}), told({})]
    ask(client)
    assert 30.0 in time.slept


def test_a_long_retry_after_says_when_to_come_back_and_is_kept_to(
    client: Client, site: Publisher, time: Time
) -> None:
    site.routes[PLACE] = [Answer(status=429, headers={"Retry-After": "43200"})]
    with pytest.raises(FetchError) as first:
        ask(client)
    assert first.value.next_step == "come back after 2026-08-21 00:00 UTC"
    with pytest.raises(FetchError, match="asked to be left alone"):
        ask(client)
    assert len(site.asked) == 1
    assert not time.slept or max(time.slept) <= client.interface.pause_seconds


def test_a_site_that_never_answers_is_given_up_with_its_last_word(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(status=503)]
    with pytest.raises(FetchError, match="did not answer in 5 tries; the last was status 503"):
        ask(client)
    assert len(site.asked) == 5


def test_a_refusal_is_not_asked_again(client: Client, site: Publisher) -> None:
    with pytest.raises(FetchError, match="refused with status 404"):
        ask(client)
    assert len(site.asked) == 1


def test_a_200_with_an_error_page_is_not_an_answer(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(b"<html><body>Scheduled maintenance</body></html>")]
    with pytest.raises(FetchError, match="not of the form that the publisher documents"):
        ask(client)


def test_an_answer_that_breaks_off_is_asked_for_again(client: Client, site: Publisher) -> None:
    body = b'{"rows": [1, 2, 3]}'
    site.routes[PLACE] = [Answer(body, cut=9), Answer(body)]
    assert ask(client) == {"rows": [1, 2, 3]}


def test_an_answer_that_always_breaks_off_is_given_up(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(b'{"rows": []}', cut=5)]
    with pytest.raises(FetchError, match="broke within the answer, 5 times"):
        ask(client)


def test_an_answer_that_lacks_a_field_is_not_an_answer(client: Client, site: Publisher) -> None:
    class Listing(msgspec.Struct):
        files: list[str]

    site.routes[PLACE] = [told({"detail": "error"})]
    with pytest.raises(FetchError, match="missing required field `files`"):
        client.decoded(Call(URL), Listing)


def test_a_redirect_to_a_host_of_the_source_is_followed(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(status=302, headers={"Location": "https://mirror.example.gov/here"})]
    site.routes["mirror.example.gov/here"] = [told({"moved": True})]
    assert ask(client) == {"moved": True}


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example.com/codes.csv",
        "http://files.example.gov/codes.csv",
        "https://files.example.gov:8443/codes.csv",
        "https://files.example.gov.evil.example/codes.csv",
        "file:///etc/passwd",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_a_redirect_elsewhere_is_not_followed(client: Client, site: Publisher, elsewhere: str) -> None:
    site.routes[PLACE] = [Answer(status=302, headers={"Location": elsewhere})]
    with pytest.raises(FetchError, match="where the source is not to be had"):
        ask(client)
    assert len(site.asked) == 1


@pytest.mark.parametrize("crooked", ["https://[files.example.gov/codes", "https://files.example.gov:port/x", "//"])
def test_a_redirect_to_what_is_no_address_is_a_message(client: Client, site: Publisher, crooked: str) -> None:
    site.routes[PLACE] = [Answer(status=302, headers={"Location": crooked})]
    with pytest.raises(FetchError, match=r"not to be had|no address|Invalid URL|more than 5 times"):
        ask(client)


def test_a_redirect_without_end_is_left(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(status=302, headers={"Location": URL})]
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        ask(client)


def test_a_slow_drip_ends_at_the_deadline(client: Client, site: Publisher, time: Time) -> None:
    site.routes[PLACE] = [told({"long": "x" * 5000})]
    time.each = 400
    with pytest.raises(FetchError, match="not done in 600 seconds"):
        ask(client)


def test_a_key_is_sent_but_stands_in_no_message(client: Client, site: Publisher) -> None:
    site.routes[PLACE] = [Answer(b"no", 403)]
    call = Call(URL, parameters={"limit": "1"}, secret={"api_key": "s3cret"})
    with pytest.raises(FetchError) as refused:
        client.decoded(call, dict[str, Any])
    assert site.asked[0].query == {"limit": "1", "api_key": "s3cret"}
    assert "s3cret" not in f"{refused.value} {call!r}"


def test_a_name_that_leads_to_a_private_address_is_not_asked() -> None:
    for host in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "localhost"):
        with pytest.raises(FetchError, match="not a public one"):
            public_address(host, 443)


def test_only_this_machine_may_stand_in_for_publishers() -> None:
    with pytest.raises(UsageError, match="not this machine"):
        transport("http://192.168.0.7:8000")


@given(st.text(max_size=40) | st.integers(min_value=0).map(str))
def test_any_retry_after_is_an_instant_or_nothing(value: str) -> None:
    until = retry_after(value, START)
    assert until is None or until.tzinfo is not None
