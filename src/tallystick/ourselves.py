"""What we ourselves were when a number was made."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__version__ = "0.1.0"
_PACKAGE = Path(__file__).parent
_NOT_COMPUTING = ("views", "notify", "articles", "reporting", "_records")


@cache
def fingerprint(package: Path = _PACKAGE) -> str:
    """A hash over the sources of every floor below the views, whose change may change a number.

    Views only show, notify only tells, what matches articles only asks, and reporting only takes in. Records have a
    fingerprint of their own. Line ends are read as one sign, since some systems write others on checking out.
    """
    digest = hashlib.sha256()
    paths = {path.relative_to(package).as_posix(): path for path in package.rglob("*.py")}
    for name, path in sorted(paths.items()):
        if not name.startswith(tuple(f"{folder}/" for folder in _NOT_COMPUTING)):
            text = path.read_text(encoding="utf-8")  # universal line ends
            digest.update(name.encode() + b"\0" + hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()[:12]
