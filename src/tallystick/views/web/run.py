"""Runs the server over a home folder."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import uvicorn

from tallystick.catalog import Catalog
from tallystick.current import Current, Watcher
from tallystick.errors import UsageError
from tallystick.reporting.taking import Taking
from tallystick.settings import Settings
from tallystick.views.charts.vega import drawers
from tallystick.views.pages.read import pages
from tallystick.views.web.app import make_app
from tallystick.views.web.guard import LOOPBACK, OWN, host_of
from tallystick.views.web.impatient import impatient
from tallystick.views.web.limits import Limits
from tallystick.views.web.several import Several
from tallystick.views.web.workbench import Workbench
from tallystick.views.words import languages

_KEEP_ALIVE = 20
_SWITCH = 0.0005
"""Seconds after which a thread that works lets another one work. Whoever asks a file gives his turn away and waits
this long for it again, as often as he asks: with the usual 5 ms a new Edition waited seconds for pages being made."""
_GOODBYE = 3
_DRAWERS = 2
"""A chart is two drawings, for a desk and for a phone: both are made at once."""
_AT_ONCE = 6, 1, 1
"""TCP_NODELAY, which connections have from the socket that listens. Else the body of a short answer waits for the
reader's word that the head came, which he sends 40 ms late: asyncio sets it only where a socket names its protocol,
and uvicorn's does not."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Served:
    """What is served: a home folder, to those who call this server by one of `names`, by so many `processes`.

    It answers to `names` and those of this machine; where others reach it and nobody named it, to any.
    """

    settings: Settings
    names: frozenset[str]
    processes: int = 1


def run(served: Served, address: tuple[str, Sequence[int]], tell: Tell) -> None:
    """Serve until interrupted, at a host and the first of the ports that is free.

    `tell` is told the URL once it answers. Nobody's requests are written down. Raises `UsageError` when the address
    cannot be had.
    """
    sys.setswitchinterval(_SWITCH)
    limits = Limits()
    config = uvicorn.Config(
        "", host=address[0], log_config=None, access_log=False, server_header=False,
        timeout_keep_alive=_KEEP_ALIVE, timeout_graceful_shutdown=_GOODBYE,
        http=impatient(limits), ws="none", proxy_headers=False,
    )  # fmt: skip
    tell_of_defects()
    at = _listening(config, address[1])

    def serve(tells: bool) -> None:
        _serve(served, (config, limits), at, tell if tells else lambda _: None)

    if served.processes == 1:
        serve(True)
    else:
        Several(served.processes, serve).run()


def _serve(served: Served, how: tuple[uvicorn.Config, Limits], at: tuple[Any, str], tell: Tell) -> None:
    """Serve in this process, at a socket that listens."""
    settings, (config, limits), (socket, url) = served.settings, how, at
    catalog = Catalog(settings.records)
    current = Current(settings)
    watcher = Watcher(current, longest=limits.seconds)
    site = settings.site or url
    is_named = bool(served.names or settings.site or config.host in OWN)
    hosts = served.names | {host_of(site)} | LOOPBACK if is_named else None
    taking = Taking(settings) if settings.takes_reports else None
    config.app = make_app(
        Workbench(current, pages(catalog), languages(catalog), site, limits, hosts, watcher, taking)
    )
    # uvicorn ends in good order at a SIGTERM and then raises it again, which must not look like a crash
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    watcher.start()
    try:
        with drawers().beside(_DRAWERS):
            _Server(config, lambda: tell(f"{url}/")).run([socket])
    finally:
        watcher.close()
        current.close()


def tell_of_defects() -> None:
    """Have what is ours to mend said on stderr, whatever a library makes of the logs of all."""
    ours = logging.getLogger("tallystick")
    ours.setLevel(logging.WARNING)
    ours.propagate = False
    ours.addHandler(logging.StreamHandler())


def _listening(config: uvicorn.Config, ports: Sequence[int]) -> tuple[Any, str]:
    """A socket that listens at the first port that is free, and the URL there. Raises `UsageError`."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # it would say before us what we say better
    for config.port in ports:
        with suppress(SystemExit):
            socket = config.bind_socket()
            socket.setsockopt(*_AT_ONCE)
            host, port, *_ = socket.getsockname()
            return socket, f"http://{f'[{host}]' if ':' in host else host}:{port}"
    raise UsageError(
        f"nothing can listen at {config.host}:{config.port}", next_step="choose another --port; 0 takes any free one"
    )


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()
