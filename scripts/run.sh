#!/bin/sh
# From bytes to judged claims and the workbench in the browser: takes in TALLYSTICK_DATA, or the starter edition that
# the project carries, and serves what came of it until Ctrl-C (TALLYSTICK_SERVE=no ends before that).
# Killed in the middle it goes on where it stopped; done again it is quick and changes nothing.
set -eu
cd "$(dirname "$0")/.."
PYTHONPATH="$PWD/src${PYTHONPATH:+:$PYTHONPATH}"
export PYTHONPATH
tallystick() { .venv/bin/python -m tallystick "$@"; }

if [ -n "${TALLYSTICK_DATA:-}" ]; then
    echo "Taking in the releases of $TALLYSTICK_DATA"
else
    echo "No TALLYSTICK_DATA was named: the starter edition, or what is archived already, is used"
fi
tallystick build
echo
tallystick claims
cat <<'NEXT'

What to type next (the command lies in .venv/bin; 'tallystick --help' lists them all):
  .venv/bin/tallystick show obligations --where agency=ICE --where naics=332994 --from 2025-01-20 --to 2025-10-20
  .venv/bin/tallystick why obligations --where agency=ICE --where piid=70CTD022FR0000170
  .venv/bin/tallystick claims ice-weapons-70-million
  .venv/bin/tallystick findings
NEXT

if [ "${TALLYSTICK_SERVE:-yes}" = no ]; then exit 0; fi
echo
exec .venv/bin/python -m tallystick serve
