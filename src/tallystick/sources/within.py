"""What a workbook carries besides its cells' values: a program, and cells whose formula failed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from tallystick.nouns.finding import Finding, Severity
from tallystick.nouns.member import Member
from tallystick.nouns.release import Release

_SUFFIXES = (".xlsx", ".xlsm")
_FAILED = re.compile(
    rb'<(?:\w+:)?c(?=[^>]*\st="e")(?=[^>]*\sr="([A-Z]{1,3}\d{1,7})")[^>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>'
)
_SHOWN = 20


def carried(release: Release, member: Member) -> Iterator[Finding]:
    """A note for a program, which is never run, and one for cells that show a formula's error, read as blank.

    Of a member that is a readable workbook; of any other nothing.
    """
    if not member.name.lower().endswith(_SUFFIXES) or not zipfile.is_zipfile(member.path):
        return
    with zipfile.ZipFile(member.path) as packed:
        names = packed.namelist()
        if any(PurePosixPath(name).name == "vbaProject.bin" for name in names):
            yield Finding(
                release.id, "holds_macros", Severity.NOTE, f"{member.name} carries a program, which was not run",
                evidence=({"member": member.name},), count=1, next_step="open the file without its macros, if at all",
            )  # fmt: skip
        failed = [
            {"member": member.name, "part": PurePosixPath(name).name, "cell": cell.decode(), "shows": shows.decode()}
            for name in names
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)
            for cell, shows in _FAILED.findall(packed.read(name))
        ]
    if failed:
        yield Finding(
            release.id, "formula_error", Severity.NOTE,
            f"{member.name} has {len(failed):,} cell(s) whose formula failed ({failed[0]['cell']} shows "
            f"{failed[0]['shows']}): they are read as blank",
            evidence=tuple(failed[:_SHOWN]), count=len(failed),
            next_step="ask the publisher for the values, if they are figures",
        )  # fmt: skip
