"""Tokens: what an office proves itself with. Of its secret only a hash is kept.

The secret is 256 random bits. Nobody can try so many, however fast the hash is, so that a plain sha256 keeps it as
well as a slow hash for passwords would, and costs each post some microseconds; a slow one would let anybody who posts
rubbish keep the server busy. Hashes are compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tallystick.errors import UsageError
from tallystick.sources.persons import is_person_like

ANY = "*"
SCOPES = ("process", "office", "agency", "measure")
_NAME = re.compile(r"[A-Za-z0-9(][A-Za-z0-9 ._&/()#+-]{1,79}")
_WRITTEN = re.compile(r"tally_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Token:
    """Whose reports are taken: an office's name, and for which processes, offices, agencies and measures.

    No measure named means any; of the others nothing is allowed that is not named. `ANY` allows all.
    """

    id: str
    name: str
    scopes: Mapping[str, tuple[str, ...]] = field(hash=False)
    made: datetime
    digest: bytes = field(repr=False, default=b"")
    revoked: datetime | None = None

    def may(self, scope: str, value: str) -> bool:
        """Whether it may report for a value of a scope."""
        named = self.scopes.get(scope, ())
        return ANY in named or value in named or (scope == "measure" and not named)

    def fits(self, secret: str) -> bool:
        """Whether the secret is its own."""
        return hmac.compare_digest(self.digest, _digest(secret))


def new_token(name: str, scopes: Mapping[str, tuple[str, ...]], now: datetime) -> tuple[Token, str]:
    """A token, and how it is written, which is kept nowhere. Raises `UsageError` for its name or scopes."""
    if not _NAME.fullmatch(name) or is_person_like(name):
        raise UsageError(
            f"'{name[:80]}' cannot be the name of a token",
            where="name",
            next_step="name the office that reports, such as 'Seattle field office': no person, no comma",
        )
    kept = {scope: tuple(sorted(set(values))) for scope, values in scopes.items() if values}
    if not kept.keys() & {"process", "office", "agency"}:
        raise UsageError(
            "such a token could report nothing",
            next_step="name what it reports for with --process, --office or --agency",
        )
    secret = secrets.token_urlsafe(32)
    token = Token(secrets.token_hex(6), name, kept, now, _digest(secret))
    return token, f"tally_{token.id}_{secret}"


def parts_of(written: str) -> tuple[str, str] | None:
    """The id and the secret of a token as it is written; None where it is none."""
    found = _WRITTEN.fullmatch(written.strip())
    return (found[1], found[2]) if found else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
