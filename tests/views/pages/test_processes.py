"""The page of processes leaves none out."""

from __future__ import annotations

from tallystick.catalog import Catalog
from tallystick.tables.processes import processes
from tallystick.views.pages.read import pages


def test_the_page_shows_figures_of_every_process(catalog: Catalog) -> None:
    asked = str(pages(catalog)["processes"])
    left = [
        name
        for name, process in processes(catalog).items()
        if f"'{name}'" not in asked and not any(f"'{metric}'" in asked for metric in process.counted_by)
    ]
    assert left == []
