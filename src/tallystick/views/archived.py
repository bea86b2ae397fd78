"""Is anything archived where an answer is asked for?"""

from __future__ import annotations

from pathlib import Path

from tallystick.errors import EditionError


def refuse_no_archive(home: Path) -> None:
    """Raise `EditionError` where nothing was ever archived: no figure comes out of an empty folder."""
    if not (home / "ledger.sqlite").exists():
        raise EditionError(
            "there is no archive here yet",
            where=str(home),
            next_step="run 'tallystick build' here, or name the folder of one with --home or TALLYSTICK_HOME",
        )
