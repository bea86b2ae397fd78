#!/bin/sh
# Makes .venv from a hashed lock file: scripts/environment.sh run|dev. Does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."
lock="locks/$1.txt"
stamp=".venv/made-from-$1"

if [ -f "$stamp" ] && cmp -s "$lock" "$stamp"; then exit 0; fi
# Everything a run needs is in the development lock too.
if [ "$1" = run ] && [ -f .venv/made-from-dev ] && cmp -s locks/dev.txt .venv/made-from-dev; then exit 0; fi

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(not sys.version_info >= (3, 11))' 2>/dev/null; then
        python="$candidate"
        break
    fi
done
[ -n "$python" ] || { echo "tallystick needs Python 3.11 or newer; none was found on the PATH" >&2; exit 1; }

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian ships Python without the module that puts pip into a new environment.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing Debian's python3-venv"
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Debian keeps part of Python apart: run 'sudo apt-get install python3-venv', then this again" >&2
        exit 1
    fi
fi

echo "making .venv from $lock (a minute or so, once)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
cp "$lock" "$stamp"
# The checkout itself, without an installer: its source folder on the path and its command in bin.
.venv/bin/python - <<'PY'
import pathlib, sysconfig
root = pathlib.Path.cwd()
pathlib.Path(sysconfig.get_path("purelib"), "tallystick-checkout.pth").write_text(f"{root / 'src'}\n")
command = root / ".venv/bin/tallystick"
command.write_text(f"#!{root}/.venv/bin/python\nfrom tallystick.views.cli.main import run\nrun()\n")
command.chmod(0o755)
PY
