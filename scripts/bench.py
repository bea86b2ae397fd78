"""Runs every benchmark and prints its figures beside their bounds: `python -m scripts.bench [NAME...]`.

Ratios are taken within one run on one machine, so that a slow machine is slow for both sides. Nothing is written
into the checkout. The exit code is 1 when a bound is passed.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from dataclasses import dataclass, field

from scripts import benchmarks


@dataclass
class Printed:
    """Prints each figure as it comes and remembers those that passed their bound."""

    over: list[str] = field(default_factory=list)

    def ratio(self, name: str, ours: float, yardstick: float, most: float) -> None:
        ratio = ours / yardstick if yardstick else float("inf")
        verdict = "ok" if ratio <= most else "OVER"
        print(f"  {verdict:5}{name:44}{ours:12.3f} / {yardstick:12.3f} = {ratio:6.2f}  (at most {most})", flush=True)
        if ratio > most:
            self.over.append(name)


def main() -> int:
    """Run the benchmarks named, or all."""
    known = sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__))
    wanted = sys.argv[1:] or known
    if unknown := sorted(set(wanted) - set(known)):
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    report = Printed()
    for name in wanted:
        module = importlib.import_module(f"scripts.benchmarks.{name}")
        if hasattr(module, "run"):
            print(name, flush=True)
            module.run(report)
    return 1 if report.over else 0


if __name__ == "__main__":
    raise SystemExit(main())
