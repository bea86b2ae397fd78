#!/bin/sh
# Resolves what pyproject.toml and locks/dev.in ask for into hashed lock files, without naming any index.
set -eu
cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml -o locks/run.txt
compile pyproject.toml --all-extras locks/dev.in -c locks/run.txt -o locks/dev.txt
compile locks/npm.in -o locks/npm.txt
npm install --prefix locks/geography --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --silent
