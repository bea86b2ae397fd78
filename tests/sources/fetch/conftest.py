"""A publisher's site on this machine, and a client that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tallystick.nouns.refresh import PlainFile, PlainFiles
from tallystick.sources.fetch.address import transport
from tallystick.sources.fetch.client import Client, opened
from tallystick.sources.fetch.memory import Memory
from tests.sources.fetch.publisher import Publisher, Time, publisher

URL = "https://files.example.gov/codes.csv"
AGENT = "tallystick (+https://example.org/tallystick)"


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with closing(Memory(tmp_path / "home" / "fetches.sqlite")) as opened_memory:
        yield opened_memory


@pytest.fixture
def client(site: Publisher, time: Time, memory: Memory) -> Iterator[Client]:
    interface = PlainFiles(
        hosts=["files.example.gov", "mirror.example.gov"],
        files=[PlainFile(url=URL, name="codes.csv")],
        max_bytes=100_000,
        deadline_seconds=600,
    )
    with opened(AGENT, transport(site.address)) as http:
        yield Client(http, interface, memory, time.clock)
