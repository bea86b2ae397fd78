"""tallystick report: an office's batch of stage events or counts, all accepted or all refused."""

from __future__ import annotations

from pathlib import Path

import click

from tallystick.errors import ReleaseError, UsageError
from tallystick.reporting.commit import Receipt
from tallystick.reporting.door import known_token
from tallystick.reporting.door import report as take
from tallystick.reporting.faults import Refusal
from tallystick.reporting.forms import form_of
from tallystick.reporting.log import Log
from tallystick.reporting.seal import Sealer
from tallystick.reporting.tokens import Token
from tallystick.reporting.vocabulary import Vocabulary, vocabulary
from tallystick.settings import from_environment
from tallystick.views.cli.options import Desk, desk_options, output_options
from tallystick.views.cli.output import Output

COLUMNS = ["file", "kind", "rows", "new", "known", "batch", "author", "told_at"]


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--token-file", type=click.Path(path_type=Path), help="A file that holds the token.")
@output_options
@desk_options
def report(desk: Desk, files: tuple[Path, ...], token_file: Path | None, output: Output) -> None:
    """Take in what an office reports: each FILE (CSV, XLSX, JSON lines) is a batch of stage events or of counts.

    A batch is accepted whole or refused whole, with every bad row: what is wrong in which column, and what to do.
    What was reported before is known by its id, so that a file may be reported again. The columns tell the kind:

    \b
      stage events   event_id, process, unit, stage, event, at, day, corrects
      office counts  office, day, measure, count, revision
      training       agency, role, course, day, measure, count, revision

    The token says whose report it is: 'tallystick token new' makes one. It is read from --token-file, else from
    TALLYSTICK_TOKEN.
    """
    bench = desk.open()
    settings = from_environment(home=desk.home, records=desk.records)
    written = _written(token_file, settings.token)
    words = vocabulary(bench.pipeline.catalog, bench.pipeline.graph)
    rows = []
    with Log.of(settings.home) as log:
        token = known_token(log, written)
        try:
            for path in files:
                receipt = _taken(log, path, token, words)
                rows.append({"file": path.name, **{name: getattr(receipt, name) for name in COLUMNS[1:]}})
        finally:
            if rows:  # what was taken before a file that is refused is told and comes in force
                Sealer(bench.pipeline, log).seal_all()
                output.write(COLUMNS, rows)


def _taken(log: Log, path: Path, token: Token, words: Vocabulary) -> Receipt:
    if not path.is_file():
        raise ReleaseError("there is no such file", where=str(path), next_step="correct the path")
    try:
        return take(log, path.read_bytes(), form_of(path), token, words)
    except ReleaseError as error:
        error.where = error.where or str(path)
        if isinstance(error, Refusal):
            error.what = error.in_full
        raise


def _written(token_file: Path | None, token: str) -> str:
    if token_file is not None:
        if not token_file.is_file():
            raise UsageError("there is no such file", where=str(token_file), next_step="correct --token-file")
        return token_file.read_text(encoding="utf-8")
    if not token:
        raise UsageError("nobody says whose report this is", next_step="name a --token-file, or set TALLYSTICK_TOKEN")
    return token
