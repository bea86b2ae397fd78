"""Estimates on the workers of a cluster: each is sent the file that makes them, and needs what that file imports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import resources
from types import ModuleType

from tallystick.engines.estimates import FUNCTIONS


def functions() -> Mapping[str, Callable[..., float | None]]:
    """Each function by its name, such that it works where Tallystick is not installed."""
    source = resources.files("tallystick.engines").joinpath("estimates.py").read_text(encoding="utf-8")
    return {name: _sent(name, source) for name in FUNCTIONS}


def _sent(name: str, source: str) -> Callable[..., float | None]:
    # What is within a function is sent as it stands; of a module, only its name would be.
    def call(*told: object) -> float | None:
        its = "estimates_that_were_sent"
        if its not in sys.modules:
            made = ModuleType(its)
            sys.modules[its] = made
            exec(compile(source, "estimates.py", "exec"), made.__dict__)
        value: float | None = getattr(sys.modules[its], name)(*told)
        return value

    return call
