"""Every template can be read: one that cannot fails only where somebody asks for the page that has it."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from tallystick.views.html.render import TEMPLATES


@pytest.mark.parametrize("name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")))
def test_a_template_can_be_read(name: str) -> None:
    Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).parse((TEMPLATES / name).read_text("utf-8"))
