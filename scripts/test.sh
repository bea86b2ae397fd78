#!/bin/sh
# Every check: the code unread and run. The real releases are used when they lie beside the project.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${TALLYSTICK_DATA:-}" ] && [ -d ../shared/data ]; then
    TALLYSTICK_DATA="$(cd ../shared/data && pwd)"
    export TALLYSTICK_DATA
fi
# What can be said without running it is found beside the tests, and told below them.
told="$(mktemp)"
trap 'rm -f "$told"' EXIT
sh scripts/check.sh >"$told" 2>&1 &
unread=$!
failed=0
# A module's tests stay in one process, so that what they share is made once. One process more than there are cores
# of a small machine: some wait for a server or a browser.
.venv/bin/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder -q || failed=$?
wait "$unread" || failed=$?
cat "$told"
exit "$failed"
