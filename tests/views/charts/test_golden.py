"""Small charts byte for byte: a change of how anything is drawn is seen here first.

After a change that is meant, `python -m tests.views.charts.test_golden` draws them anew: look at each.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from tallystick.views.charts.alone import standalone
from tallystick.views.shown import Chart, Mark, Said, Shown
from tests.views.charts.shown import SVG, by_month, desk, shown

GOLDEN = Path(__file__).parent / "golden"
_DEFINED = (
    {"definition": "as stated", "value": Decimal(72), "then": Decimal(60), "verdict": "holds"},
    {"definition": "by product", "value": Decimal(30), "then": None, "verdict": "fails"},
    {"definition": "a third", "value": None, "then": None, "verdict": "unknown"},
)
_SAID = (Said("more than $70", Decimal(70)),)
_SPECIFICATION = Chart(Mark.SPECIFICATION, "definition", "value", "USD", None, "then", verdict="verdict", said=_SAID)
CHARTS: Mapping[str, Shown] = {
    "line": by_month(Decimal(4), Decimal(-1), None, Decimal(6)),
    "bars": by_month(1, 2, 3, unit="count", mark=Mark.BARS, skip=1),
    "specification": shown(_SPECIFICATION, _DEFINED, value="now", then="then"),
}


def drawn(name: str) -> str:
    Tree.register_namespace("", SVG.strip("{}"))
    return standalone(Tree.tostring(desk(CHARTS[name]), encoding="unicode")).replace("><", ">\n<") + "\n"


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_as_it_was(name: str) -> None:
    assert drawn(name) == (GOLDEN / f"{name}.svg").read_text()


if __name__ == "__main__":
    for one in CHARTS:
        (GOLDEN / f"{one}.svg").write_text(drawn(one))
