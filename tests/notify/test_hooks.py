"""The operator's file of hooks: what it must say, and what is refused."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tallystick.errors import RecordError, TallystickError, UsageError
from tallystick.notify.hooks import hooks_of

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
GOOD = "- name: news-room\n  url: https://hooks.example.org/in\n  tells: [release, finding]\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "hooks.yml"
    path.write_text(text)
    return path


def test_a_hook_has_an_address_what_it_hears_and_a_secret_that_nobody_sees(tmp_path: Path) -> None:
    (hook,) = hooks_of(written(tmp_path, GOOD), {"news_room": SECRET})
    assert (hook.url, hook.secret) == ("https://hooks.example.org/in", SECRET)
    assert hook.tells == {"release", "finding"}
    assert SECRET not in repr(hook)


@pytest.mark.parametrize(
    "url",
    [
        "http://x.org",
        "https://",
        "https://user:word@x.org",
        "https://x.org:0",
        "https://x.org:99999",
        "ftp://x.org",
        "x",
    ],
)
def test_only_https_addresses_are_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(RecordError, match="not an address"):
        hooks_of(written(tmp_path, GOOD.replace("https://hooks.example.org/in", url)), {"news_room": SECRET})


@pytest.mark.parametrize("text", [GOOD + GOOD, GOOD.replace("release", "rumour"), "name: x\n", GOOD + "  more: 1\n"])
def test_a_file_that_is_wrong_is_refused_with_where(tmp_path: Path, text: str) -> None:
    with pytest.raises(RecordError) as caught:
        hooks_of(written(tmp_path, text), {"news_room": SECRET})
    assert "hooks.yml" in caught.value.where


@pytest.mark.parametrize(
    "secret", [None, "", "whsec_", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_"), "whsec_é", "whsec_***" + SECRET]
)
def test_a_secret_that_is_missing_or_weak_is_refused_by_its_variable(tmp_path: Path, secret: str | None) -> None:
    secrets = {} if secret is None else {"news_room": secret}
    with pytest.raises(UsageError) as caught:
        hooks_of(written(tmp_path, GOOD), secrets)
    refused: TallystickError = caught.value
    assert "TALLYSTICK_WEBHOOK_SECRET_NEWS_ROOM" in f"{refused.what} {refused.next_step}"


def test_two_names_that_would_share_a_secret_are_refused(tmp_path: Path) -> None:
    text = GOOD + GOOD.replace("news-room", "News_Room")
    assert text.count("News_Room") == 1
    with pytest.raises(RecordError, match="share a secret"):
        hooks_of(written(tmp_path, text), {"news_room": SECRET})
