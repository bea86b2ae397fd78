"""`python -m tallystick` is the `tallystick` command."""

from tallystick.views.cli.main import run

run()
