"""Whom to tell: the addresses in the operator's file, what each wants to hear, and the secret that signs it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tallystick.catalog import read_yaml
from tallystick.errors import RecordError, UsageError
from tallystick.nouns.written import Words, Written

What = Literal["release", "finding", "verdict"]
_SHORTEST, _LONGEST = 24, 64
_PREFIX = "whsec_"


class _Written(Written, frozen=True, kw_only=True):
    """One hook as an operator writes it."""

    name: Words
    url: Words
    tells: list[What]


@dataclass(frozen=True)
class Hook:
    """An address, what is told there, and the secret (`whsec_…`) by which it knows that we said it."""

    name: str
    url: str
    tells: frozenset[str]
    secret: str = field(repr=False)


def hooks_of(path: Path, secrets: Mapping[str, str]) -> tuple[Hook, ...]:
    """The hooks of a file; `secrets` are by the hook's name in lower case, `-` written `_`.

    Raises `RecordError` for what the file gets wrong, `UsageError` for a secret that is missing or none.
    """
    found = read_yaml(path, list[_Written])
    keys = [_key(one.name) for one in found]
    if len(keys) != len(set(keys)):
        raise RecordError(
            "two hooks have the same name, or names that would share a secret",
            where=str(path),
            next_step="give each its own: `-` and `_`, capitals and small letters are not told apart",
        )
    return tuple(_hook(one, secrets, path) for one in found)


def _hook(written: _Written, secrets: Mapping[str, str], path: Path) -> Hook:
    where = f"{path}, hook {written.name}"
    if not _is_address(written.url):
        raise RecordError(
            f"'{written.url}' is not an address to tell anything to",
            where=where,
            next_step="write one that begins with https:// and names no user",
        )
    key = _key(written.name)
    variable = f"TALLYSTICK_WEBHOOK_SECRET_{key.upper()}"
    if key not in secrets:
        raise UsageError(f"the hook '{written.name}' has no secret", where=where, next_step=f"set {variable}")
    if not _is_secret(secrets[key]):
        raise UsageError(
            f"{variable} is not a secret",
            where=where,
            next_step=f"write {_PREFIX} and then {_SHORTEST} to {_LONGEST} random bytes in base64",
        )
    return Hook(written.name, written.url, frozenset(written.tells), secrets[key])


def _key(name: str) -> str:
    """The name under which the hook's secret is given."""
    return name.lower().replace("-", "_")


def _is_address(written: str) -> bool:
    """Whether it is an https address with a host, a port that there can be, and no user in it."""
    try:
        parts = urlsplit(written)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False


def _is_secret(written: str) -> bool:
    letters = written.removeprefix(_PREFIX).rstrip("=")
    try:
        key = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except ValueError:
        return False
    return written.startswith(_PREFIX) and _SHORTEST <= len(key) <= _LONGEST
