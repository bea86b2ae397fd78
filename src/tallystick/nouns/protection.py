"""Protection: which tables of counts of people may be shown beyond the own machine, as people write it down."""

from __future__ import annotations

from tallystick.nouns.written import Written

NO_PLAN = "hidden: counts of people are told of planned tables only, and this figure is made of others"
TOO_FINE = "hidden: counts of people are told as finely as planned, and this asks for more"
AS_PUBLISHED = "counts of people as they were published: small ones are told here as there"
SMALL = "hidden: few people, or a figure that would tell a small one"


class Protection(Written, frozen=True, kw_only=True):
    """The plan for the table of counts `name`: only the cells of `tables`, and of all coarser ones, are ever told.

    `count` is the column of counts, `dimensions` are the columns that count people apart, each from its finest to its
    coarsest, `tables` the finest tables of the plan. `beside` names tables made of the same releases that hold no
    small counts, with the reason. Of a table that holds some `without` names the rows of these, by a column and its
    cells: they are left out before anything is asked of it, and its rows are not shown. `contributor` is the column
    that says who contributes to a cell, where they are more than persons: a facility.

    `least_revised` marks counts that come in one after another: no pattern is chosen of them, and each is told apart
    from the others (`disclosure/apart.py`). It is the column with the least count above zero that was told of a row
    told several times; `tables` are then days and months, and none that is coarser is ever told but as their sum.
    """

    count: str
    dimensions: list[list[str]]
    tables: list[list[str]]
    beside: dict[str, str] = {}
    without: dict[str, dict[str, list[str]]] = {}
    contributor: str = ""
    least_revised: str = ""
    name: str = ""

    @property
    def coarser(self) -> dict[str, list[str]]:
        """The columns that follow from each column of a dimension: those above it."""
        return {column: names[place + 1 :] for names in self.dimensions for place, column in enumerate(names)}
