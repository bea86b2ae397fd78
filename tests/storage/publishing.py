"""Takes the files of a folder in and puts their Edition in force, in a process of its own, to be killed.

    python -m tests.storage.publishing HOME FOLDER

Where it publishes to is in the environment. Prints the Edition's id.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from tallystick.pipeline import Pipeline
from tallystick.settings import from_environment


def main(home: str, folder: str) -> None:
    pipeline = Pipeline(replace(from_environment(home=home), threads=1, memory_limit="1GB"))
    pipeline.take_in(Path(folder))
    sys.stdout.write(pipeline.build().id)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
