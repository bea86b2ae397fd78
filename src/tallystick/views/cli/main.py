"""The command line: one group, its commands, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from difflib import get_close_matches

import click

from tallystick.errors import TallystickError
from tallystick.ourselves import __version__
from tallystick.views.cli.add import add
from tallystick.views.cli.audit_disclosure import audit_disclosure
from tallystick.views.cli.build import build
from tallystick.views.cli.check import check
from tallystick.views.cli.claims import claims
from tallystick.views.cli.diff import diff
from tallystick.views.cli.entries import entries
from tallystick.views.cli.findings import accept, findings, undo
from tallystick.views.cli.forecast import forecast
from tallystick.views.cli.freeze import freeze
from tallystick.views.cli.interruption import Interruption
from tallystick.views.cli.late import late
from tallystick.views.cli.lists import metrics, releases, sources, tables
from tallystick.views.cli.new import new
from tallystick.views.cli.notify import notify
from tallystick.views.cli.publish import publish
from tallystick.views.cli.refresh import refresh
from tallystick.views.cli.report import report
from tallystick.views.cli.review import review
from tallystick.views.cli.serve import serve
from tallystick.views.cli.sheets import area, place
from tallystick.views.cli.show import show
from tallystick.views.cli.targets import targets
from tallystick.views.cli.token import audit, token
from tallystick.views.cli.verify import verify
from tallystick.views.cli.watch import watch
from tallystick.views.cli.whatif import whatif
from tallystick.views.cli.why import why

USAGE, DEFECT, INTERRUPTED, PIPE_CLOSED = 2, 70, 130, 141
_MAKERS = ("AnyIO worker thread", "past")
"""How the threads are called in which a server has answers, and past days, worked out: they cannot be told to end."""


class Teaching(click.Group):
    """A group that lists its commands in the order of the work and suggests near names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = get_close_matches(args[0], self.commands, n=3, cutoff=0.5)
        if args[0] not in self.commands and near and not args[0].startswith("-"):
            ctx.fail(f"no command is called '{args[0]}'; did you mean {' or '.join(near)}?")
        return super().resolve_command(ctx, args)


@click.group(cls=Teaching, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def tallystick() -> None:
    """Public numbers, beside the records they come from.

    A number is a function of an Edition: a fixed set of archived releases and one state of our own code and
    records. Every figure names its Edition, and 'why' walks it to the rows of the bytes that gave it.

    \b
    Begin:   tallystick build
    Ask:     tallystick show obligations --where agency=ICE --from 2025-01-20
    Check:   tallystick claims
    Doubt:   tallystick why obligations --where agency=ICE --where piid=70CTD022FR0000170

    \b
    Exit codes: 0 done, 2 a name or option that makes no sense, 3 a record, 4 a release, 5 a publisher's site,
    6 the archive, 7 no Edition answers, 8 something judged fails (with --strict), 70 a defect of ours,
    130 interrupted.
    """


_COMMANDS = (
    build, show, why, claims, targets, area, place, entries, findings, accept, undo, diff, freeze, publish, add,
    refresh, verify, check, review, new, metrics, tables, sources, releases, late, serve, watch, notify,
    report, token, audit, forecast, whatif, audit_disclosure,
)  # fmt: skip

for command in _COMMANDS:
    tallystick.add_command(command)


def run() -> None:
    """The entry point of the `tallystick` command."""
    interruption = Interruption()
    code = outcome(sys.argv[1:])
    if interruption.asked and code != INTERRUPTED:
        code = _interrupted()
    _end(code)


def _end(code: int) -> None:
    """End with an exit code at once: what a server's threads were still working out, nobody waits for any more."""
    if any(thread.name.startswith(_MAKERS) and thread.is_alive() for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def outcome(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever went wrong is said on stderr."""
    debug = "--debug" in arguments
    try:
        # not tallystick.main(): it would take a closed pipe and an interruption for errors of its own
        with tallystick.make_context("tallystick", list(arguments)) as context:
            code = tallystick.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except BrokenPipeError:
        _silence_stdout()
        return PIPE_CLOSED
    except TallystickError as error:
        if debug:
            raise
        click.echo(f"tallystick: {error}", err=True)
        return error.exit_code
    except Exception as error:
        if debug:
            raise
        click.echo(f"tallystick: a defect of ours: {type(error).__name__}: {_first_line(error)}", err=True)
        click.echo("  next:  run it again with --debug and report what it prints as an issue", err=True)
        return DEFECT
    return code if isinstance(code, int) else 0


def _interrupted() -> int:
    click.echo("interrupted; what was recorded stays, what was not leaves nothing behind", err=True)
    return INTERRUPTED


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:300]


def _silence_stdout() -> None:
    """Whoever read the pipe is gone: let the interpreter flush into nothing when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
