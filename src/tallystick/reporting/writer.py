"""One thread that commits: batches from many posts that wait at the same time are brought to the disk together."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from tallystick import clock
from tallystick.errors import BusyError, TallystickError
from tallystick.reporting.batch import Batch
from tallystick.reporting.commit import Receipt, commit
from tallystick.reporting.log import Act, Log

MOST_WAITING = 500
_MOST_TOGETHER = 200
_MOST_ROWS = 20_000
_Waiting = tuple[Batch, "Future[Receipt]"]


class Writer:
    """Commits what is put to it, in order."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._waiting: Queue[_Waiting | Act | None] = Queue(MOST_WAITING)
        self._worker = ThreadPoolExecutor(1, "reports are committed")
        self._thread = Thread(target=self._work, name="reports are written", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Commit what waits, then end."""
        self._waiting.put(None)
        self._thread.join()
        self._worker.shutdown()

    def put(self, batch: Batch) -> Future[Receipt]:
        """Its receipt once it is on the disk, or why it was refused. Raises `BusyError` when too many wait."""
        made: Future[Receipt] = Future()
        if self._waiting.qsize() >= MOST_WAITING - 1:
            raise BusyError(
                "more is reported than can be written", next_step="report it again in a moment", retry_after=1
            )
        self._waiting.put((batch, made))
        return made

    def note(self, act: Act) -> None:
        """Have the log keep what was done, when there is time; in a flood it is not."""
        if self._waiting.qsize() < MOST_WAITING // 2:
            self._waiting.put(act)

    def _work(self) -> None:
        with Log.of(self._home) as log:
            while True:
                together, is_last = self._together()
                acts = [one for one in together if isinstance(one, Act)]
                batches = [one for one in together if not isinstance(one, Act)]
                self._commit(log, batches)
                self._note(log, acts)
                if is_last:
                    return

    def _together(self) -> tuple[list[_Waiting | Act], bool]:
        """All that waits now, at least one, in order, and no more than one transaction should hold."""
        had: list[_Waiting | Act] = []
        rows = 0
        one = self._waiting.get()
        while one is not None:
            had.append(one)
            rows += 0 if isinstance(one, Act) else one[0].came.rows
            if len(had) >= _MOST_TOGETHER or rows >= _MOST_ROWS:
                return had, False
            try:
                one = self._waiting.get_nowait()
            except Empty:
                return had, False
        return had, True

    def _commit(self, log: Log, batches: list[_Waiting]) -> None:
        if not batches:
            return
        work = self._worker.submit(commit, log, [batch for batch, _ in batches], clock.now())
        trouble = work.exception()  # whatever it is, each who waits must be told
        if trouble is not None:
            for _, made in batches:
                made.set_exception(trouble)
            return
        outcomes = work.result()
        for (_, made), outcome in zip(batches, outcomes, strict=True):
            if isinstance(outcome, TallystickError):
                made.set_exception(outcome)
            else:
                made.set_result(outcome)

    def _note(self, log: Log, acts: list[Act]) -> None:
        if not acts:
            return
        try:
            with log.writing():
                for act in acts:
                    log.note(act)
        except TallystickError:
            return  # the disk is full, which whoever reports next is told
