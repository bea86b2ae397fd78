"""Events of a unit in the order of their clocks: those that are sure to be first, one after the other.

Two that have an instant are compared by it, whatever the zones of their clocks; two of which one has only a day are
compared by the days that their clocks showed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from tallystick.reporting.kinds import Row, instant_of

_Queues = dict[tuple[str, str], deque[Row]]
_LAST = "9999-12-31"


class Moments:
    """The events that are not taken yet. Those of one moment that say the same of the same stage wait in a queue."""

    def __init__(self, events: Iterable[Row]) -> None:
        told = list(events)
        self._clocked = _queued([event for event in told if event["at"]], _instant)
        self._dated = _queued([event for event in told if not event["at"]], lambda event: event["day"])
        self._soonest = [_LAST]
        for _, queues in self._clocked:
            self._soonest.append(min(self._soonest[-1], *(one["day"] for queue in queues.values() for one in queue)))

    def first(self) -> list[Row]:
        """Events before which none that waits is sure to have been; none when none waits."""
        return [queue[0] for queues in self._free() for queue in queues.values()]

    def take(self, event: Row) -> Row:
        """Take one of the first."""
        stack = self._clocked if event["at"] else self._dated
        _, queues = stack[-1]
        name = (event["event"], event["stage"])
        queues[name].popleft()
        if not queues[name]:
            del queues[name]
        if not queues:
            stack.pop()
            if event["at"]:
                self._soonest.pop()
        return event

    def _free(self) -> list[_Queues]:
        if not self._clocked or not self._dated:
            return [queues for stack in (self._clocked, self._dated) for _, queues in stack[-1:]]
        (_, clocked), (day, dated) = self._clocked[-1], self._dated[-1]
        if self._soonest[-1] < day:
            return [clocked]
        return [dated] if any(queue[0]["day"] > day for queue in clocked.values()) else [clocked, dated]


def _queued(events: list[Row], moment: Callable[[Row], str]) -> list[tuple[str, _Queues]]:
    """Events by moment, the last first, and within one by what they say of which stage."""
    moments: dict[str, _Queues] = {}
    for event in sorted(events, key=lambda one: (moment(one), one["event_id"])):
        queues = moments.setdefault(moment(event), {})
        queues.setdefault((event["event"], event["stage"]), deque()).append(event)
    return sorted(moments.items(), reverse=True)


def _instant(event: Row) -> str:
    at = instant_of(event)
    return at.isoformat() if at else ""
