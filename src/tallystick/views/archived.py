"""Is anything archived where an answer is asked for?"""

from __future__ import annotations

from tallystick.errors import EditionError
from tallystick.pipeline import is_held
from tallystick.settings import Settings


def refuse_no_archive(settings: Settings) -> None:
    """Raise `EditionError` where nothing was ever archived: no figure comes out of an empty folder."""
    if not is_held(settings):
        raise EditionError(
            "there is no archive here yet",
            where=str(settings.home),
            next_step="run 'tallystick build' here, or name the folder of one with --home or TALLYSTICK_HOME",
        )
