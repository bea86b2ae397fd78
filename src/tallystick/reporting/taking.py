"""What a server needs to take reports: tokens looked up, how much each may, batches written and sealed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tallystick import clock
from tallystick.errors import BusyError, TallystickError
from tallystick.pipeline import Pipeline
from tallystick.reporting.commit import Receipt
from tallystick.reporting.door import NotAllowed, known_token, read, unread
from tallystick.reporting.forms import Form
from tallystick.reporting.log import Act, Log
from tallystick.reporting.rate import Bucket
from tallystick.reporting.sealing import Sealing
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import vocabulary
from tallystick.reporting.writer import Writer
from tallystick.settings import Settings

POSTS = (200.0, 400.0)
ROWS = (2_000.0, 20_000.0)
"""Of each token: so many a second, and so many at once."""
_UNKNOWN = (5.0, 50.0)
_SMALL = 4_096
_READERS = 2


class Taking:
    """Takes reports for a home folder while it is started. Its methods are for the thread of one event loop."""

    def __init__(self, settings: Settings) -> None:
        pipeline = Pipeline(settings)
        self._known = vocabulary(pipeline.catalog, pipeline.graph)
        self._log = Log.of(settings.home)
        self._writer = Writer(settings.home)
        self._sealing = Sealing(pipeline.again())
        self._readers = ThreadPoolExecutor(_READERS, "reports are read")
        self._buckets: dict[str, tuple[Bucket, Bucket]] = {}
        self._unknown = Bucket(*_UNKNOWN)

    def start(self) -> None:
        self._writer.start()
        self._sealing.start()

    def close(self) -> None:
        """Write what was put, then end."""
        self._writer.close()
        self._sealing.close()
        self._readers.shutdown(cancel_futures=True)
        self._log.close()

    @property
    def trouble(self) -> str:
        """Why what was reported does not come in force just now; '' when it does."""
        return self._sealing.trouble

    def token(self, written: str) -> Token:
        """Whose report it is. Raises `NotAllowed`, and `BusyError` for one that posts too often."""
        try:
            token = known_token(self._log, written)
        except NotAllowed:
            self._wait(self._unknown, 1.0)
            self._writer.note(Act(clock.now(), "", "", "refused", "a post without a token that holds"))
            raise
        posts, _ = self._buckets.setdefault(token.id, (Bucket(*POSTS), Bucket(*ROWS)))
        self._wait(posts, 1.0)
        return token

    async def take(self, token: Token, data: bytes, form: Form, kind: str) -> Receipt:
        """The receipt of a batch that is on the disk. Raises `ReleaseError`, `BusyError`, `ArchiveError`."""
        try:
            if len(data) <= _SMALL:
                batch = read(data, form, token, self._known, kind)
            else:
                loop = asyncio.get_running_loop()
                batch = await loop.run_in_executor(self._readers, read, data, form, token, self._known, kind)
        except TallystickError as error:
            self._writer.note(unread(token, error, kind))
            raise
        self._wait(self._buckets[token.id][1], batch.came.rows)
        return await asyncio.wrap_future(self._writer.put(batch))

    def _wait(self, bucket: Bucket, wanted: float) -> None:
        seconds = bucket.wait(wanted)
        if seconds:
            raise BusyError(
                "this is more than one token may report", next_step="wait, and put more rows into a batch",
                retry_after=int(seconds) + 1,
            )  # fmt: skip
