"""One round: what is new goes into the outbox, and what is due goes out."""

from __future__ import annotations

from dataclasses import dataclass

from tallystick.bench import Bench
from tallystick.clock import Clock
from tallystick.errors import UsageError
from tallystick.notify.deliver import Delivered, deliver
from tallystick.notify.hooks import Hook, hooks_of
from tallystick.notify.news import news, state_of
from tallystick.notify.outbox import Outbox
from tallystick.settings import Settings

FILE = "outbox.sqlite"


@dataclass(frozen=True)
class Told:
    """What a round came to: how many events were new, what was delivered, and how many messages still wait."""

    events: int
    delivered: Delivered
    waiting: int


def tell(bench: Bench, settings: Settings, clock: Clock | None = None) -> Told:
    """Tell the operator's hooks what is new since the last round; the first round only takes note of how all stands.

    Raises `UsageError` when no hooks are named, `RecordError` for what their file gets wrong.
    """
    clock, hooks, outbox = clock or Clock(), _named(settings), Outbox(settings.home / FILE)
    before, now = outbox.before(), state_of(bench, any("verdict" in hook.tells for hook in hooks))
    events = list(news(bench, before, now))
    outbox.note(now, events, hooks, clock.now())
    return _delivered(len(events), outbox, hooks, settings, clock)


def tell_again(settings: Settings, clock: Clock | None = None) -> Told:
    """Send what still waits and is due, without looking for anything new. Raises as `tell` does."""
    clock, hooks, outbox = clock or Clock(), _named(settings), Outbox(settings.home / FILE)
    return _delivered(0, outbox, hooks, settings, clock)


def _named(settings: Settings) -> tuple[Hook, ...]:
    if settings.webhooks is None:
        raise UsageError("nobody is named to be told", next_step="name a file of hooks in TALLYSTICK_WEBHOOKS")
    if not settings.webhooks.is_file():
        raise UsageError(
            "TALLYSTICK_WEBHOOKS names a file that is not there", where=str(settings.webhooks), next_step="correct it"
        )
    return hooks_of(settings.webhooks, settings.webhook_secrets)


def _delivered(events: int, outbox: Outbox, hooks: tuple[Hook, ...], settings: Settings, clock: Clock) -> Told:
    delivered = deliver(outbox, hooks, settings.network.loopback, clock)
    return Told(events, delivered, outbox.waiting())
