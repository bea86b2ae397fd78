"""Tells severe Findings at once, on stderr: the sentence, the first rows, and the command that shows them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from tallystick.nouns.finding import Finding
from tallystick.views.cli.layout import plain

_MOST_FINDINGS = 5
_MOST_ROWS = 3


def tell_severe(findings: Iterable[Finding], files: Mapping[str, str]) -> None:
    """Say what keeps something out of the Editions; `files` names the file of each release."""
    told = list(findings)
    for finding in told[:_MOST_FINDINGS]:
        click.echo(f"tallystick: severe: {plain(finding.says)}", err=True)
        click.echo(f"  where: {files.get(finding.release, finding.release)}", err=True)
        for row in finding.evidence[:_MOST_ROWS]:
            click.echo(f"         {_row(row)}", err=True)
        click.echo(f"  next:  tallystick findings {finding.id}", err=True)
    if len(told) > _MOST_FINDINGS:
        click.echo(f"tallystick: {len(told) - _MOST_FINDINGS} more: tallystick findings --severe", err=True)


def _row(row: Mapping[str, object]) -> str:
    return plain(", ".join(f"{name} {value}" for name, value in row.items() if value is not None))
