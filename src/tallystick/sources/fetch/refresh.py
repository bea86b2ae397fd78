"""Has what is new of a source from its publisher: all of a set, judged, before any of it is given on."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tallystick.clock import Clock
from tallystick.errors import ArchiveError, FetchError, UsageError
from tallystick.nouns.intake import Refused
from tallystick.nouns.refresh import (
    AnyInterface,
    DocumentSearch,
    MonthlyArchive,
    OpportunitySearch,
    PlainFiles,
    TransactionSearch,
)
from tallystick.nouns.source import Source
from tallystick.settings import Network
from tallystick.sources.fetch import (
    content,
    document_search,
    monthly_archive,
    opportunity_search,
    plain_files,
    transaction_search,
)
from tallystick.sources.fetch.address import transport
from tallystick.sources.fetch.client import Client, Tell, opened
from tallystick.sources.fetch.memory import Memory
from tallystick.sources.fetch.partial import Partial, download
from tallystick.sources.fetch.wanted import Fetched, Wanted


@dataclass(frozen=True)
class Fetching:
    """One asking of one source's publishers. `holds` says whether bytes of this sha256 are a release already."""

    source: Source
    home: Path
    network: Network
    clock: Clock
    holds: Callable[[str], bool]
    tell: Tell

    @property
    def folder(self) -> Path:
        return self.home / "fetching" / self.source.id

    def fetched(self) -> Had:
        """What every interface of the source gave. Raises `UsageError` when the source states none."""
        if not self.source.refresh:
            raise UsageError(
                f"source.yml of '{self.source.id}' does not say where its releases are to be had",
                where=str(self.source.folder / "source.yml"),
                next_step=f"download a file, then run 'tallystick add {self.source.id} FILE'",
            )
        had = Had()
        with closing(self._memory()) as memory, opened(self._agent, transport(self.network.loopback)) as http:
            for number, interface in enumerate(self.source.refresh):
                client = Client(http, interface, memory, self.clock, tell=self.tell)
                _Asking(self, client, self.folder / str(number), had).go(interface)
        return had

    def archived(self, had: Had) -> None:
        """Remember what was archived, so that it is not asked for again, and clear it away."""
        with closing(self._memory()) as memory:
            for file in had.files:
                if file.validators is not None:
                    memory.fetched(file.origin, file.validators, _sha256(file.path), self.clock.now())
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One asking of a source at a time, however many processes want to; a killed one leaves nothing locked.

        Raises `FetchError` when another process is at it.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self.folder.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FetchError(
                    f"another process is fetching '{self.source.id}'",
                    where=str(self.folder),
                    next_step="wait until it is done",
                ) from error
            yield

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def _memory(self) -> Memory:
        return Memory(self.home / "fetches.sqlite")

    @property
    def _agent(self) -> str:
        return f"tallystick (+{self.network.about})"


@dataclass
class Had:
    """What came: files waiting to be archived, names of files that did not change, and what was refused."""

    files: list[Fetched] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True)
class _Asking:
    """The asking through one interface, its files waiting in `folder`."""

    fetching: Fetching
    client: Client
    folder: Path
    had: Had

    def go(self, interface: AnyInterface) -> None:
        """Ask; what the publisher fails to give is refused with the reason, so that the rest is still asked for."""
        today = self.fetching.today
        try:
            match interface:
                case MonthlyArchive():
                    self._files(monthly_archive.wanted(self.client, interface, today))
                case PlainFiles():
                    self._files(plain_files.wanted(interface, today))
                case TransactionSearch():
                    self.had.files += transaction_search.captured(self.client, interface, self.folder, today)
                case DocumentSearch():
                    self.had.files += document_search.captured(self.client, interface, self.folder, today)
                case OpportunitySearch():
                    self._notices(interface, today)
        except FetchError as error:
            self.had.refused.append(Refused(interface.hosts[0], error))

    def _notices(self, interface: OpportunitySearch, today: date) -> None:
        memory, clock = self.client.memory, self.client.clock
        daily = self.fetching.network.daily_calls.get(interface.key, interface.daily_calls)
        self.client.before_each = lambda: memory.spend(interface.key, daily, clock.now())
        key = self.fetching.network.keys.get(interface.key)
        if key is None and len(self.fetching.source.refresh) > 1:
            return
        self.had.files += opportunity_search.captured(self.client, interface, self.folder, key, today)

    def _files(self, wanted: list[Wanted]) -> None:
        for done, file in enumerate(wanted):
            self.fetching.tell(file.name, done, len(wanted))
            try:
                self._file(file)
            except FetchError as error:
                self.had.refused.append(Refused(file.name, error))
            except OSError as error:
                raise ArchiveError(
                    f"what the publisher gave could not be kept: {error.strerror}",
                    where=str(error.filename or self.folder),
                    next_step="free some space, then try again; nothing was archived",
                ) from error
        self.fetching.tell("", len(wanted), len(wanted))

    def _file(self, wanted: Wanted) -> None:
        last = self.client.memory.last(wanted.url)
        known = last[0] if last and self.fetching.holds(last[1]) else None
        name = hashlib.sha256(wanted.url.encode()).hexdigest()[:16]
        partial = Partial(self.folder / name, wanted.url)
        if not download(self.client, partial, known):
            self.had.unchanged.append(wanted.name)
            return
        try:
            content.check(partial.path, wanted.name, self.client.interface)
        except FetchError:
            partial.discard()
            raise
        sha256 = _sha256(partial.path)
        if self.fetching.holds(sha256):
            self.client.memory.fetched(wanted.url, partial.validators, sha256, self.client.clock.now())
            partial.discard()
            self.had.unchanged.append(wanted.name)
            return
        self.had.files.append(
            Fetched(wanted.name, wanted.url, partial.path, published=wanted.published, validators=partial.validators)
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
