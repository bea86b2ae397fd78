"""The process that draws for another: a specification a line comes in, its drawing as a line of JSON goes out.

Run as a file by itself (`vega.Drawers`), it imports nothing of ours, and ends when nobody can write to it any more.
"""

from __future__ import annotations

import json
import signal
import sys

import vl_convert


def main() -> None:
    """Draw until the other side goes away; what cannot be drawn is told as null."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a terminal reaches all: the server says when it ends
    for line in sys.stdin.buffer:
        try:
            drawn: str | None = vl_convert.vegalite_to_svg(line.decode(), allowed_base_urls=[])
        except ValueError:
            drawn = None
        sys.stdout.buffer.write(json.dumps(drawn).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
