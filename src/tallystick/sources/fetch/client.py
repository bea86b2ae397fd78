"""Asks politely: one request at a time, with pauses, over https, of the hosts that the source names and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx
import msgspec

from tallystick.clock import Clock
from tallystick.errors import FetchError
from tallystick.nouns.refresh import Interface, OpportunitySearch
from tallystick.sources.fetch.memory import Memory, come_back, midnight

TRIES = 5
_REDIRECTS = 5
_LONGEST_TOLD = 366 * 86_400
_LONGEST_WAIT = 120.0
_LONGEST_ANSWER = 64_000_000
_LATER = frozenset({429, 500, 502, 503, 504})
_SPENT = 429
_GOOD = frozenset({200, 206, 304, 416})
_T = TypeVar("_T")


@dataclass(frozen=True)
class Call:
    """One request: a GET, or a POST where there is a `body`. `secret` parameters are never shown.

    A parameter that is a list is sent several times under its name.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Any = None


Tell = Callable[[str, int, int], None]


def _silent(name: str, done: int, of: int) -> None:
    """Tell nobody."""


def _free() -> None:
    """A call that costs nothing."""


@dataclass
class Client:
    """A connection to one publisher. `before_each` is called before every request, also one that is made again, and
    `tell` is told what is under way, how much of it came and of how much (0 if unknown).
    """

    http: httpx.Client
    interface: Interface
    memory: Memory
    clock: Clock
    before_each: Callable[[], None] = _free
    tell: Tell = _silent
    _started: float = field(init=False)
    _last: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._started = self.clock.monotonic()

    @contextmanager
    def answer(self, call: Call) -> Iterator[httpx.Response]:
        """An answer of status 200, 206, 304 or 416 whose body is yet to be read.

        Raises `FetchError` when the publisher refuses, stays out of reach, or wants to be left alone for longer
        than two minutes.
        """
        problem = ""
        for attempt in range(TRIES):
            wait = 2.0**attempt * self.interface.pause_seconds
            try:
                response = self._sent(call)
            except httpx.TransportError as error:
                problem = f"{type(error).__name__}: {error}"
            else:
                with closing(response):
                    if response.status_code in _GOOD:
                        yield response
                        return
                    wait = self._wait(response, call, wait)
                problem = f"status {response.status_code}"
            self.clock.sleep(wait)
        raise FetchError(
            f"the publisher's site did not answer in {TRIES} tries; the last was {problem}",
            where=call.url,
            next_step="try again later; what came so far is kept and will be continued",
        )

    def decoded(self, call: Call, kind: type[_T]) -> _T:
        """The JSON answer as `kind`; numbers with a fraction become Decimal."""
        body = self._body(call)
        try:
            return msgspec.json.Decoder(kind, float_hook=Decimal).decode(body)
        except msgspec.MsgspecError as error:
            raise FetchError(
                f"the answer is not of the form that the publisher documents: {error}; it begins {body[:60]!r}",
                where=call.url,
                next_step="try again later; if it stays so, the publisher's interface has changed",
            ) from error

    def _body(self, call: Call) -> bytes:
        problem: httpx.RequestError | None = None
        for _ in range(TRIES):
            body = bytearray()
            with self.answer(call) as response:
                try:
                    for chunk in response.iter_bytes():
                        body += chunk
                        self.check_time(call.url)
                        if len(body) > _LONGEST_ANSWER:
                            raise FetchError("the answer is longer than any it ever gives", where=call.url)
                    return bytes(body)
                except (httpx.TransportError, httpx.DecodingError) as error:
                    problem = error
        raise FetchError(
            f"the connection broke within the answer, {TRIES} times: {problem}",
            where=call.url,
            next_step="try again later",
        )

    def check_time(self, url: str) -> None:
        """Raises `FetchError` when the whole of the asking has taken longer than it may."""
        if self.clock.monotonic() - self._started > self.interface.deadline_seconds:
            raise FetchError(
                f"the publisher's site was not done in {self.interface.deadline_seconds:.0f} seconds",
                where=url,
                next_step="try again: what came so far is kept and will be continued",
            )

    def _sent(self, call: Call) -> httpx.Response:
        url = _parsed(call.url, call).copy_merge_params({**call.parameters, **call.secret})
        for _ in range(_REDIRECTS):
            self._check_allowed(url, call)
            self._pause()
            self.check_time(call.url)
            self.before_each()
            request = self.http.build_request(
                "GET" if call.body is None else "POST", url, headers=dict(call.headers), json=call.body
            )
            response = self.http.send(request, stream=True)
            if not response.has_redirect_location:
                return response
            response.close()
            url = _parsed(response.headers["Location"], call, url)
        raise FetchError(f"the publisher's site redirected more than {_REDIRECTS} times", where=call.url)

    def _check_allowed(self, url: httpx.URL, call: Call) -> None:
        if url.scheme != "https" or url.host not in self.interface.hosts or url.port not in (None, 443):
            raise FetchError(
                f"this leads to {url.scheme}://{url.host}, where the source is not to be had",
                where=call.url,
                next_step="nothing was asked there; if the publisher has moved, add the host to source.yml",
            )
        self.memory.check_open(url.host, self.clock.now())

    def _pause(self) -> None:
        now = self.clock.monotonic()
        if self._last is not None and (left := self._last + self.interface.pause_seconds - now) > 0:
            self.clock.sleep(left)
        self._last = self.clock.monotonic()

    def _wait(self, response: httpx.Response, call: Call, usual: float) -> float:
        """How long to wait before asking again; raises `FetchError` where asking again is no use."""
        if response.status_code not in _LATER:
            raise FetchError(
                f"the publisher's site refused with status {response.status_code}",
                where=call.url,
                next_step="see whether the address in source.yml is still right, and any key",
            )
        now = self.clock.now()
        until = retry_after(response.headers.get("Retry-After"), now)
        if until is None and response.status_code == _SPENT and isinstance(self.interface, OpportunitySearch):
            until = midnight(now)
        if until is None:
            return usual
        wait = (until - now).total_seconds()
        if wait > _LONGEST_WAIT:
            host = httpx.URL(call.url).host
            self.memory.shut(host, until, now)
            raise come_back(call.url, until, f"'{host}' grants no more calls for now (status {response.status_code})")
        return max(wait, usual)


def _parsed(text: str, call: Call, base: httpx.URL | None = None) -> httpx.URL:
    try:
        return base.join(text) if base else httpx.URL(text)
    except httpx.InvalidURL as error:
        raise FetchError(
            f"the publisher's site leads to what is no address: {error}",
            where=call.url,
            next_step="try again later; nothing was asked there",
        ) from error


def opened(agent: str, transport: httpx.BaseTransport) -> httpx.Client:
    """An HTTP client that says who asks, follows nothing by itself and asks for bytes as they are stored."""
    headers = {"User-Agent": agent, "Accept-Encoding": "identity"}
    return httpx.Client(
        transport=transport, headers=headers, follow_redirects=False, timeout=httpx.Timeout(60.0), trust_env=False
    )


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The instant that a Retry-After header names, in seconds or as a date; None if it names none."""
    if not value:
        return None
    if value.strip().isdecimal():
        return now + timedelta(seconds=min(int(value), _LONGEST_TOLD))
    try:
        told = parsedate_to_datetime(value)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
