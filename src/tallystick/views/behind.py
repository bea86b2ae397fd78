"""Says the rows behind a figure, each with the file it stands in, and the files with their hashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tallystick.nouns.metric import Question
from tallystick.nouns.release import Release

if TYPE_CHECKING:  # the machine is loaded when it is asked, not when the help of a command is shown
    from tallystick.bench import Bench

_BEST_KNOWN = (
    "table", "file", "source_row", "piid", "modification_number", "action_date", "recipient_name",
    "federal_action_obligation_usd", "obligated_usd", "ceiling_usd", "public_law", "section", "amount_usd",
)  # fmt: skip
_PLACE = ("table", "file", "source_row")
_TOLD_BESIDE = ("member", "scope", "sha256", "as_of")


def telling(columns: Sequence[str]) -> list[str]:
    """The columns that a reader is shown: of contracts the best known, of anything else all, our own keys last."""
    known = [name for name in _BEST_KNOWN if name in columns]
    if set(known) - set(_PLACE):
        return known
    told = [name for name in columns if name not in _TOLD_BESIDE]
    return sorted(told, key=lambda name: (name.endswith("_key"), name not in _PLACE))


def placed_rows(bench: Bench, question: Question, limit: int) -> list[dict[str, Any]]:
    """The rows behind a figure, `limit` of each table, each with its file first."""
    behind = {release.id: release for release in bench.releases_behind(question)}
    return [_placed(row, behind) for row in bench.why(question, limit)]


def file_rows(bench: Bench, question: Question) -> list[dict[str, Any]]:
    """The files that the rows behind a figure stand in."""
    return [_file(release) for release in bench.releases_behind(question)]


def _placed(row: dict[str, Any], behind: Mapping[str, Release]) -> dict[str, Any]:
    """A row with the file it stands in, first; a row of a table that sums rows of many files has none of its own."""
    release = behind.get(row.get("release_id", ""))
    if release is None:
        return row
    place = {"file": release.name, "member": row["member"], "source_row": row["source_row"]}
    return place | row | {"sha256": release.sha256}


def _file(release: Release) -> dict[str, Any]:
    return {
        "file": release.name,
        "release": release.id,
        "as_of": release.provenance.as_of,
        "sha256": release.sha256,
        "origin": release.provenance.origin,
    }
