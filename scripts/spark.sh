#!/bin/sh
# Brings Apache Spark itself (400 MB, a package of PyPI) to .spark, and tests engines and tasks on a cluster of it: a
# master, two workers and its own server of Spark Connect, on loopback. Killed in the middle the next run begins again.
set -eu
cd "$(dirname "$0")/.."
if ! command -v java >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing Debian's openjdk-17-jre-headless, for Spark's own server"
    apt-get update -qq || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null || true
fi
if ! command -v java >/dev/null; then
    echo "Spark's own server needs a Java: on Debian, 'sudo apt-get install openjdk-17-jre-headless'" >&2
    exit 1
fi
if ! cmp -s locks/spark.txt .spark/made-from; then
    rm -rf .spark
    mkdir -p .spark/new .spark/python
    .venv/bin/python -m pip download -qq --disable-pip-version-check --no-deps --require-hashes -r locks/spark.txt \
        --dest .spark/new
    tar -xzf .spark/new/pyspark-*.tar.gz -C .spark/new --strip-components 1
    mv .spark/new/deps/bin .spark/new/deps/sbin .spark/new/deps/jars .spark
    mv .spark/new/pyspark .spark/new/lib .spark/python
    rm -rf .spark/new
    chmod +x .spark/bin/*
    cp locks/spark.txt .spark/made-from
fi
TALLYSTICK_TEST_SPARK="$PWD/.spark" .venv/bin/python -m pytest -q -k spark tests/engines "$@"
TALLYSTICK_TEST_SPARK="$PWD/.spark" .venv/bin/python -m pytest -q tests/storage/test_tasks.py "$@"
