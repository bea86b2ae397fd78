"""The colours of charts: those of the stylesheet, and told apart from the ground by day and by night."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from tallystick.views.charts import paint
from tallystick.views.html.render import TEMPLATES

STYLES = (TEMPLATES.parent / "assets" / "ground.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part))
    for part in STYLES.split("(prefers-color-scheme: dark)")[:2]
)
PAINTS = [
    *(value for name, value in vars(paint).items() if name.isupper() and isinstance(value, str) and name != "FONT"),
    *paint.SERIES,
    *paint.CLASSES,
    *paint.VERDICTS.values(),
]
MARKS = [*paint.SERIES, *paint.VERDICTS.values(), paint.INK, paint.MUTED]


def name_of(colour: str) -> str:
    return colour.removeprefix("var(--").split(",")[0]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", PAINTS)
def test_a_colour_alone_is_that_of_the_stylesheet_on_a_light_ground(colour: str) -> None:
    name = name_of(colour)
    assert colour == f"var(--{name}, {LIGHT[name]})"
    assert name in DARK


@pytest.mark.parametrize("colour", MARKS)
@pytest.mark.parametrize("styles", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_drawn_stands_out_from_the_ground(styles: dict[str, str], colour: str) -> None:
    assert contrast(styles[name_of(colour)], styles["ground"]) >= 3


@pytest.mark.parametrize("styles", [LIGHT, DARK], ids=["light", "dark"])
def test_classes_of_a_map_go_one_way_in_lightness(styles: dict[str, str]) -> None:
    shades = [luminance(styles[name_of(colour)]) for colour in paint.CLASSES]
    assert shades in (sorted(shades), sorted(shades, reverse=True))
    assert all(
        contrast(styles[name_of(one)], styles[name_of(two)]) > 1.2 for one, two in combinations(paint.CLASSES, 2)
    )


def test_the_styles_were_found() -> None:
    assert Path(TEMPLATES).is_dir()
    assert len(LIGHT) > 30
    assert len(DARK) > 30
