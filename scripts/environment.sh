#!/bin/sh
# Makes .venv from a hashed lock file: scripts/environment.sh run|dev. Does nothing when it is up to date.
# Killed in the middle it leaves no stamp, and the next run begins again.
set -eu
cd "$(dirname "$0")/.."
lock="locks/$1.txt"
stamp=".venv/made-from-$1"

# The browser that the tests drive. Without it they are skipped, and say so.
browser() {
    if command -v chromium >/dev/null; then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing Debian's chromium, for the tests in a browser"
        apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core \
            >/dev/null || true
    fi
    command -v chromium >/dev/null ||
        echo "the tests in a browser need chromium: on Debian, 'sudo apt-get install chromium'" >&2
}
# The warehouse that the tests start on loopback. No server is set up beside it, and none is left running.
postgresql() {
    if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "installing Debian's postgresql, for the tests of engines"
        mkdir -p /etc/postgresql-common/createcluster.d
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/tallystick.conf
        apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null || true
    fi
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
        echo "the tests of engines need PostgreSQL: on Debian, 'sudo apt-get install postgresql'" >&2
}
if [ "$1" = dev ]; then browser; postgresql; fi

up_to_date() {
    [ -f "$2" ] && cmp -s "$1" "$2" && .venv/bin/python -c '' 2>/dev/null
}
# What is not Python: each script sees for itself whether there is anything to do.
beside_python() { sh scripts/geography.sh; }
if up_to_date "$lock" "$stamp"; then beside_python; exit 0; fi
# Everything a run needs is in the development lock too.
if [ "$1" = run ] && up_to_date locks/dev.txt .venv/made-from-dev; then beside_python; exit 0; fi

python=""
for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys; sys.exit(not sys.version_info >= (3, 11))' 2>/dev/null; then
        python="$candidate"
        break
    fi
done
if [ -z "$python" ]; then
    echo "tallystick needs Python 3.11 or newer; none was found on the PATH" >&2
    echo "  next:  on Debian, 'sudo apt-get install python3 python3-venv', then this again" >&2
    exit 1
fi

# Debian keeps apart the module that puts pip into a new environment.
has_ensurepip() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
has_pip() { "$python" -c 'import pip, venv' 2>/dev/null; }
if ! has_ensurepip && ! has_pip && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Debian's python3-venv"
    versioned="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    apt-get update -qq || true
    apt-get install -y -qq "$versioned" >/dev/null || apt-get install -y -qq python3-venv >/dev/null || true
fi

echo "making .venv from $lock (a minute or so, once)"
if has_ensurepip; then
    # Over a half-made or moved environment, too; packages that are there already stay.
    .venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
    pip=".venv/bin/python -m pip"
elif has_pip; then
    .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear --without-pip .venv
    pip="$python -m pip --python .venv/bin/python"
else
    echo "Debian keeps part of Python apart, and it is not here" >&2
    echo "  next:  run 'sudo apt-get install python3-venv', then this again" >&2
    exit 1
fi
$pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
# The checkout itself, without an installer: its source folder on the path and its command in bin.
.venv/bin/python - <<'PY'
import pathlib, sysconfig
root = pathlib.Path.cwd()
pathlib.Path(sysconfig.get_path("purelib"), "tallystick-checkout.pth").write_text(f"{root / 'src'}\n")
command = root / ".venv/bin/tallystick"
command.write_text(f"#!{root}/.venv/bin/python\nfrom tallystick.views.cli.main import run\nrun()\n")
command.chmod(0o755)
PY
cp "$lock" "$stamp"
beside_python
