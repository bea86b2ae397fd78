"""A proposer that is a command: it is told of the numbers as JSON on its standard input and answers in JSON."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import msgspec

from tallystick.articles.proposing import Proposal, Wanted
from tallystick.errors import UsageError
from tallystick.nouns.metric import Metric, Values

MOST_SECONDS = 300
MOST_ANSWER = 5_000_000


class _Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: int
    metric: str
    where: dict[str, Values] = {}
    start: date | None = msgspec.field(default=None, name="from")
    end: date | None = msgspec.field(default=None, name="to")


class _Reply(msgspec.Struct, frozen=True):
    matches: list[_Said]


@dataclass(frozen=True)
class Command:
    """A command that proposes matches; it is run once for an article, without a shell."""

    line: str
    seconds: int = MOST_SECONDS

    @property
    def name(self) -> str:
        return f"the command '{self.line}'"

    def propose(self, wanted: Sequence[Wanted], metrics: Mapping[str, Metric]) -> Sequence[Proposal]:
        """What the command proposes. Raises `UsageError` when it fails, takes too long or answers otherwise."""
        asked = {
            "numbers": [asdict(one) for one in wanted],
            "metrics": [
                {"metric": name, "counts": one.title, "unit": one.unit, "by": one.by, "days": one.on is not None}
                for name, one in sorted(metrics.items())
            ],
        }
        try:
            done = subprocess.run(
                shlex.split(self.line), input=msgspec.json.encode(asked), capture_output=True, timeout=self.seconds,
                check=False,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise self._refused(f"cannot be run: {error}") from error
        except subprocess.TimeoutExpired as error:
            raise self._refused(f"took more than {self.seconds} seconds") from error
        if done.returncode:
            raise self._refused(f"ended with {done.returncode}")
        if len(done.stdout) > MOST_ANSWER:
            raise self._refused(f"answered more than {MOST_ANSWER // 10**6} MB")
        try:
            reply = msgspec.json.decode(done.stdout, type=_Reply)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self._refused(f"answered otherwise than the protocol says: {error}") from error
        return [Proposal(one.id, one.metric, one.where, one.start, one.end) for one in reply.matches]

    def _refused(self, what: str) -> UsageError:
        return UsageError(
            f"the command that was to propose matches {what}",
            where=self.line,
            next_step="mend it, or check the article without --proposer",
        )
