# The two commands a newcomer needs are `make run` and `make test`; both set up everything themselves.
.PHONY: run test test-spark check bench bench-scale docs lock

run:
	@sh scripts/environment.sh run
	@sh scripts/run.sh

test:
	@sh scripts/environment.sh dev
	@sh scripts/test.sh

# A second job: the tests of engines on Apache Spark itself, which is 400 MB and needs a Java.
test-spark:
	@sh scripts/environment.sh dev
	@sh scripts/spark.sh

check:
	@sh scripts/environment.sh dev
	@sh scripts/check.sh

bench:
	@sh scripts/environment.sh dev
	@.venv/bin/python -m scripts.bench

# SCALE="0.05 1" measures other sizes, in millions; SCALE="1 --engine sail" another engine too.
bench-scale:
	@sh scripts/environment.sh dev
	@PYTHONPATH=src .venv/bin/python -m scripts.scale $(SCALE)

docs:
	@sh scripts/environment.sh dev
	@PYTHONPATH=src .venv/bin/python -m scripts.reference

lock:
	@sh scripts/lock.sh
