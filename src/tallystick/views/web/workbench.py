"""What every part of the server works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from fastapi import FastAPI

from tallystick.current import Current, Watcher
from tallystick.nouns.page import Page
from tallystick.reporting.taking import Taking
from tallystick.views.web.limits import Limits
from tallystick.views.web.measures import Measures
from tallystick.views.words import Words


@dataclass(frozen=True)
class Workbench:
    """What is in force, what people wrote, and how much may be asked.

    `site` is the scheme and host under which readers reach it. `hosts` are the names that the server answers to; None
    when anybody may call it anything. `watcher` looks for what other processes record; without one, what is in force
    stays. `taking` takes what offices report; without one, nothing can be written.
    """

    current: Current
    pages: Mapping[str, Page]
    languages: Mapping[str, Words]
    site: str = ""
    limits: Limits = field(default_factory=Limits)
    hosts: frozenset[str] | None = None
    watcher: Watcher | None = None
    taking: Taking | None = None
    measures: Measures = field(default_factory=Measures)


Part = Callable[[FastAPI, Workbench], AbstractAsyncContextManager[None] | None]
"""Adds its routes to the application; what it gives back, if anything, is entered for as long as the server runs."""
