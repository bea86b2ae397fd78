"""What a ledger told before. What stands in one never changes, so that nothing is asked of the file twice.

A look-up costs little by itself, but whoever asks a file lets other threads work meanwhile, and on a server that
works out many pages has to wait for his turn after each row. Hundreds of look-ups for an Edition are then seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tallystick.archive.ledger import Publication
    from tallystick.nouns.finding import Finding
    from tallystick.nouns.release import Release


@dataclass(frozen=True, eq=False)
class Told:
    """What was told of one ledger file to all that have it open in this process, in whichever thread."""

    publications: dict[tuple[str, str], Publication] = field(default_factory=dict, init=False)
    """By release and reading."""
    judgements: dict[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict, init=False)
    """By release and what it was judged under."""
    _releases: list[Release] = field(default_factory=list, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def releases(self, after: Callable[[int], tuple[Release, ...]]) -> tuple[Release, ...]:
        """Every release in the order of recording; `after` gives those recorded after so many."""
        with self._lock:
            self._releases.extend(after(len(self._releases)))
            return tuple(self._releases)
