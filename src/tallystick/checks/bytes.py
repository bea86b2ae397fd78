"""Are the bytes what they are said to be: readable, new, dated?"""

from __future__ import annotations

from tallystick.errors import TallystickError
from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.release import Release


def unreadable(release: Release, error: TallystickError) -> Finding:
    """The bytes are kept, but they cannot be read as a release of their source."""
    return Finding(
        release.id,
        "unreadable_release",
        Severity.SEVERE,
        f"{release.name} cannot be read: {error.what}",
        evidence=({"where": error.where},),
        count=1,
        next_step=error.next_step or "get the file again from the publisher",
    )
