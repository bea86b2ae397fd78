"""The colours of charts: a name that the stylesheet may set, and what stands where there is no stylesheet.

The names and their values on a light ground are those of `html/assets/ground.css`; a test keeps them the same.
"""

from __future__ import annotations


def _paint(name: str, fallback: str) -> str:
    return f"var(--{name}, {fallback})"


INK = _paint("ink", "#1c1f22")
MUTED = _paint("muted", "#565b60")
GROUND = _paint("ground", "#fbfaf6")
SUNKEN = _paint("sunken", "#f2f0e9")
TINT = _paint("note-tint", "#e6edf4")
RULE = _paint("strong-rule", "#8b877c")
GRID = _paint("grid", "#e4e0d6")
UNKNOWN = _paint("unknown", "#dcd8ce")

SERIES = tuple(
    _paint(f"series-{place}", shade)
    for place, shade in enumerate(
        ("#1f5f8b", "#b4531a", "#2c7a4b", "#7b4a9e", "#a3324a", "#86690a", "#2f7682", "#5f6368"), start=1
    )
)
CLASSES = tuple(
    _paint(f"class-{place}", shade)
    for place, shade in enumerate(
        ("#e1ecf4", "#c0d8e8", "#99bfd9", "#6ca1c6", "#437fad", "#285f8c", "#133d60"), start=1
    )
)
VERDICTS = {
    "holds": _paint("holds", "#14603a"),
    "fails": _paint("fails", "#97201f"),
    "unknown": _paint("open", "#5a4a00"),
}

# The first is carried by the drawing library itself and has the widths of the second: every machine measures alike.
FONT = "Liberation Sans, Arial, Helvetica, DejaVu Sans Condensed, sans-serif"
