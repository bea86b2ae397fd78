"""The workbooks of detention statistics that the figures of this folder were read from by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

RELEASES = (
    "20241220175644-FY24_detentionStats.xlsx",
    "FY25_detentionStats01162025.xlsx",
    "FY25_detentionStats09242025.xlsx",
    "FY26_detentionStats02022026.xlsx",
    "FY26_detentionStats_04092026.xlsx",
)
"""The last of three fiscal years, and two between."""


@pytest.fixture(scope="session")
def workbooks(real_data: Path) -> Path:
    return real_data / "detention_statistics" / "xlsx"
