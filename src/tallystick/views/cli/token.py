"""tallystick token: who may report what. tallystick audit: who did."""

from __future__ import annotations

import click

from tallystick.reporting.door import make_token, revoke_token
from tallystick.reporting.log import Log
from tallystick.reporting.tokens import SCOPES, Token
from tallystick.settings import from_environment
from tallystick.views.cli.options import Desk, Function, desk_options, output_options
from tallystick.views.cli.output import Output

COLUMNS = ["token", "name", *SCOPES, "made", "revoked"]
ACTS = ["at", "author", "act", "says", "rows", "at_fault", "batch", "token"]


@click.group()
def token() -> None:
    """Who may report: make, list and revoke tokens."""


def _scopes(function: Function) -> Function:
    for scope in reversed(SCOPES):
        says = f"A {scope} that it reports for; say it again for more" + (
            "." if scope == "measure" else ", * for all."
        )
        function = click.option(f"--{scope}", multiple=True, metavar="NAME", help=says)(function)
    return function


@token.command("new")
@click.argument("name")
@_scopes
@desk_options
def new(desk: Desk, name: str, **scopes: tuple[str, ...]) -> None:
    """Make a token for NAME, the office that reports, and print it: it is told this once and kept nowhere.

    \b
    Examples:
      tallystick token new "Seattle field office" --office SEA
      tallystick token new "287(g) programme office" --process onboarding_287g
      tallystick token new "An academy" --agency "*" --measure assessed --measure passed
    """
    with Log.of(from_environment(home=desk.home, records=desk.records).home) as log:
        made, written = make_token(log, name, scopes)
    click.echo(written)
    click.echo(f"token {made.id} of {made.name}: keep it like a password; it is not shown again", err=True)


@token.command("list")
@output_options
@desk_options
def list_tokens(desk: Desk, output: Output) -> None:
    """List the tokens, revoked ones too. Their secrets are kept nowhere."""
    with Log.of(from_environment(home=desk.home, records=desk.records).home) as log:
        output.write(COLUMNS, [_row(made) for made in log.tokens()])


@token.command("revoke")
@click.argument("token_id", metavar="TOKEN")
@click.option("--because", required=True, help="Why. Kept in the log for good.")
@desk_options
def revoke(desk: Desk, token_id: str, because: str) -> None:
    """Have a TOKEN (its twelve digits) hold no more, at once. What it reported stays."""
    with Log.of(from_environment(home=desk.home, records=desk.records).home) as log:
        made = revoke_token(log, token_id, because)
    click.echo(f"token {made.id} of {made.name} holds no more")


@click.command()
@click.option("--last", type=click.IntRange(1, 100_000), default=50, show_default=True, help="So many acts.")
@output_options
@desk_options
def audit(desk: Desk, last: int, output: Output) -> None:
    """Tell what was done with tokens: made, revoked, batches accepted, repeated and refused; the newest first."""
    with Log.of(from_environment(home=desk.home, records=desk.records).home) as log:
        output.write(ACTS, [{name: getattr(act, name) for name in ACTS} for act in log.acts(last)])


def _row(made: Token) -> dict[str, object]:
    scopes = {scope: ", ".join(made.scopes.get(scope, ())) for scope in SCOPES}
    return {"token": made.id, "name": made.name, **scopes, "made": made.made, "revoked": made.revoked}
