"""Sends what the outbox holds: signed after Standard Webhooks, over https, to public addresses only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from standardwebhooks import Webhook

from tallystick.clock import Clock
from tallystick.errors import FetchError
from tallystick.notify.hooks import Hook
from tallystick.notify.outbox import Message, Outbox
from tallystick.sources.fetch.address import transport

_PATIENCE = httpx.Timeout(10.0, connect=5.0)
_GONE = 410
_AGENT = "tallystick-webhooks"


@dataclass(frozen=True)
class Delivered:
    """What one round of sending came to: the messages that arrived, and what kept each of the others."""

    arrived: int = 0
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Trouble:
    """What kept a message from arriving, and whether its hook said never to try again."""

    says: str
    is_for_good: bool = False


def deliver(
    outbox: Outbox, hooks: Sequence[Hook], loopback: str | None = None, clock: Clock | None = None
) -> Delivered:
    """Send every message that is due, each once. Redirects are not followed and no answer is read.

    A hook that cannot be reached, or that fails, is left alone for the rest of the round.
    `loopback` is a server on this machine that is told in place of every hook.
    """
    clock = clock or Clock()
    by_name, begun = {hook.name: hook for hook in hooks}, clock.now()
    arrived, troubles = 0, []
    with httpx.Client(transport=transport(loopback), timeout=_PATIENCE, trust_env=False) as http:
        left = dict(by_name)
        while message := outbox.take(left, begun):
            trouble = _sent(http, by_name[message.hook], message, clock)
            if trouble is None:
                outbox.done(message)
                arrived += 1
            else:
                outbox.failed(message, clock.now(), for_good=trouble.is_for_good)
                troubles.append(f"{message.hook}: {trouble.says}")
                del left[message.hook]
    return Delivered(arrived, tuple(troubles))


def _sent(http: httpx.Client, hook: Hook, message: Message, clock: Clock) -> _Trouble | None:
    """Send one message; what went wrong, None when it arrived."""
    now = clock.now()
    headers = {
        "content-type": "application/json",
        "user-agent": _AGENT,
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(hook.secret).sign(message.id, now, message.body),
    }
    try:
        with http.stream("POST", hook.url, content=message.body.encode(), headers=headers) as answer:
            code = answer.status_code
            return None if answer.is_success else _Trouble(f"answered {code}", is_for_good=code == _GONE)
    except FetchError as error:
        return _Trouble(error.what)
    except httpx.HTTPError as error:
        return _Trouble(f"could not be reached: {type(error).__name__}")
