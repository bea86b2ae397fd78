"""The door for reports: a token says whose one is, a batch is taken or refused whole, and all is noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tallystick import clock
from tallystick.errors import TallystickError, UnknownName, UsageError
from tallystick.reporting.batch import Batch, batch
from tallystick.reporting.commit import Receipt, commit
from tallystick.reporting.faults import Refusal
from tallystick.reporting.forms import Form, told_in
from tallystick.reporting.kinds import Kind, kind_named, kind_of
from tallystick.reporting.log import Act, Log
from tallystick.reporting.tokens import Token, new_token, parts_of
from tallystick.reporting.vocabulary import Vocabulary


class NotAllowed(UsageError):
    """Who reports has no token that holds."""


def known_token(log: Log, written: str) -> Token:
    """The token of that writing. Raises `NotAllowed` without telling what is wrong with it."""
    parts = parts_of(written)
    token = log.token(parts[0]) if parts else None
    if token is None or parts is None or not token.fits(parts[1]) or token.revoked:
        raise NotAllowed("this is no token that holds", next_step="ask whoever keeps this bench for one")
    return token


def read(data: bytes, form: Form, token: Token, known: Vocabulary, kind: str | None = None) -> Batch:
    """The batch in some bytes, judged by itself; `kind` is told by its columns if not named.

    Raises `ReleaseError` where it cannot be read at all (a `Refusal` where no line of it can), `UnknownName`.
    """
    told = told_in(data, form)
    if told.faults and not told.columns:
        raise Refusal(told.faults, told.came)
    its: Kind = kind_named(kind) if kind else kind_of(told.columns)
    return batch(its, told, token, known, clock.now())


def report(log: Log, data: bytes, form: Form, token: Token, known: Vocabulary) -> Receipt:
    """Take a batch in, in this process and thread.

    Raises as `read` does, `Refusal` with every fault of every row, and `ArchiveError`.
    """
    try:
        its = read(data, form, token, known)
    except TallystickError as error:
        note_refused(log, token, error)
        raise
    (made,) = commit(log, [its], clock.now())
    if isinstance(made, TallystickError):
        raise made
    return made


def note_refused(log: Log, token: Token, error: TallystickError) -> None:
    """Have the log keep that what came was no batch at all, and not what stood in it."""
    with log.writing():
        log.note(unread(token, error))


def unread(token: Token, error: TallystickError, kind: str = "") -> Act:
    """What the log keeps of a batch that could not be read: names that nobody knows are not repeated."""
    says = "its columns are those of no report" if isinstance(error, UnknownName) else error.what[:200]
    rows = at_fault = None
    if isinstance(error, Refusal):
        says, rows, at_fault = error.says, error.rows, error.at_fault
    said = f"{kind}: {says}" if kind else says
    return Act(clock.now(), token.id, token.name, "refused", said, rows=rows, at_fault=at_fault)


def make_token(log: Log, name: str, scopes: Mapping[str, tuple[str, ...]]) -> tuple[Token, str]:
    """A new token and how it is written, which is told this once. Raises `UsageError`."""
    token, written = new_token(name, scopes, clock.now())
    with log.writing():
        log.add_token(token)
        log.note(Act(token.made, token.id, token.name, "token made", _scopes(token)))
    return token, written


def revoke_token(log: Log, token_id: str, because: str) -> Token:
    """Have a token hold no more, at once. Raises `UnknownName`, and `UsageError` without a reason."""
    token = log.token(token_id)
    if token is None:
        raise UnknownName("token", token_id, [one.id for one in log.tokens()])
    if not because.strip():
        raise UsageError("revoking a token needs a reason", next_step="say why with --because")
    at: datetime = clock.now()
    with log.writing():
        log.revoke(token_id, because.strip(), at)
        log.note(Act(at, token.id, token.name, "token revoked", because.strip()[:200]))
    return log.token(token_id) or token


def _scopes(token: Token) -> str:
    return "; ".join(f"{scope}: {', '.join(values)}" for scope, values in token.scopes.items())
