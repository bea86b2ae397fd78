"""The command line: one group, its commands, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import cast

import click

from tallystick.errors import TallystickError
from tallystick.ourselves import __version__
from tallystick.views.cli.interruption import Interruption

USAGE, DEFECT, INTERRUPTED, PIPE_CLOSED = 2, 70, 130, 141
_COMMANDS = {
    "build": "build",
    "show": "show",
    "why": "why",
    "claims": "claims",
    "targets": "targets",
    "area": "sheets",
    "place": "sheets",
    "entries": "entries",
    "findings": "findings",
    "accept": "findings",
    "undo": "findings",
    "diff": "diff",
    "freeze": "freeze",
    "publish": "publish",
    "add": "add",
    "refresh": "refresh",
    "verify": "verify",
    "check": "check",
    "review": "review",
    "new": "new",
    "metrics": "lists",
    "tables": "lists",
    "sources": "lists",
    "releases": "lists",
    "late": "late",
    "serve": "serve",
    "watch": "watch",
    "notify": "notify",
    "report": "report",
    "token": "token",
    "audit": "token",
    "replay": "replay",
    "backup": "backup",
    "restore": "restore",
    "manifest": "manifest",
    "forecast": "forecast",
    "whatif": "whatif",
    "audit-disclosure": "audit_disclosure",
}
"""Each command, in the order of the work, and the module beside this one that has it: read when it is called."""
_MAKERS = ("AnyIO worker thread", "past")
"""How the threads are called in which a server has answers, and past days, worked out: they cannot be told to end."""


class Teaching(click.Group):
    """A group that lists its commands in the order of the work and suggests near names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name; nothing of the others is imported, since some need much."""
        if cmd_name not in _COMMANDS:
            return None
        its = import_module(f"tallystick.views.cli.{_COMMANDS[cmd_name]}")
        return cast("click.Command", getattr(its, cmd_name.replace("-", "_")))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        near = get_close_matches(args[0], _COMMANDS, n=3, cutoff=0.5)
        if args[0] not in _COMMANDS and near and not args[0].startswith("-"):
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
