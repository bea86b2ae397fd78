#!/bin/sh
# Every check: the code unread and run. The real releases are used when they lie beside the project.
set -eu
cd "$(dirname "$0")/.."
sh scripts/check.sh
if [ -z "${TALLYSTICK_DATA:-}" ] && [ -d ../shared/data ]; then
    TALLYSTICK_DATA="$(cd ../shared/data && pwd)"
    export TALLYSTICK_DATA
fi
# A module's tests stay in one process, so that what they share is made once.
exec .venv/bin/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder -q
