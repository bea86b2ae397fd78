"""The environment, read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallystick.errors import UsageError
from tallystick.settings import from_environment


def test_the_address_of_the_site_is_a_scheme_and_a_host() -> None:
    assert from_environment({"TALLYSTICK_SITE": "https://example.org/"}).site == "https://example.org"
    assert from_environment({}).site == ""


@pytest.mark.parametrize("wrong", ["example.org", "ftp://example.org", "https://example.org/path", "https://a b"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="TALLYSTICK_SITE"):
        from_environment({"TALLYSTICK_SITE": wrong})


def test_several_homes_may_keep_what_is_compiled_in_one_file(tmp_path: Path) -> None:
    named = from_environment({"TALLYSTICK_COMPILED": str(tmp_path / "compiled.sqlite")}, home=str(tmp_path / "one"))
    assert named.compiled == tmp_path / "compiled.sqlite"
    assert from_environment({}).compiled is None
