"""The list of Findings and the page of one."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tallystick.errors import UnknownName, UsageError
from tallystick.nouns.finding import Severity
from tallystick.views.cells import plain
from tallystick.views.finding import finding_rows
from tallystick.views.words import Words
from tests.views.html.conftest import Reader


def test_every_finding_is_reached_over_the_pages_of_the_list(starter_reader: Reader) -> None:
    total = len(starter_reader.bench.kept.every_finding)
    seen: set[str] = set()
    for number in range(1, -(-total // 50) + 1):
        page = starter_reader.reads("/findings", {"page": (str(number),)})
        assert f"of {total:,}" in page
        seen |= set(re.findall(r'href="/findings/([0-9a-f]{10})"', page))
    assert seen == {finding.id for finding in starter_reader.bench.kept.every_finding}


def test_findings_are_narrowed_by_parameters(starter_reader: Reader) -> None:
    rows = finding_rows(starter_reader.bench)
    kind, release = rows[-1]["kind"], rows[-1]["release"]
    page = starter_reader.reads("/findings", {"kind": (kind,), "release": (release,), "text": (rows[-1]["file"],)})
    wanted = [row["finding"] for row in rows if row["kind"] == kind and row["release"] == release]
    assert set(re.findall(r'href="/findings/([0-9a-f]{10})"', page)) == set(wanted)
    assert "Nothing was found that fits this." in starter_reader.reads("/findings", {"text": ("<no such words>",)})


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "1e3", "9" * 30, "١"])
def test_a_page_that_is_none_is_refused(starter_reader: Reader, number: str) -> None:
    with pytest.raises(UsageError, match="page"):
        starter_reader.gets("/findings", {"page": (number,)})


@pytest.mark.parametrize("name", ["severity", "kind", "source", "release"])
def test_a_filter_that_no_finding_could_pass_is_refused_and_says_what_may_stand_there(
    starter_reader: Reader, name: str
) -> None:
    with pytest.raises(UsageError, match=f"no {name} is called 'nope'") as refused:
        starter_reader.gets("/findings", {name: ("nope",)})
    known = {str(row[name]) for row in finding_rows(starter_reader.bench)}
    assert any(one in str(refused.value.next_step) for one in known)


def test_a_severity_that_nothing_has_today_is_no_slip_of_the_pen(starter_reader: Reader) -> None:
    for severity in Severity:
        assert starter_reader.gets("/findings", {"severity": (severity.value,)}).status == 200


def test_a_finding_shows_its_sentence_its_release_and_what_next(starter_reader: Reader) -> None:
    for finding in starter_reader.bench.findings():
        page = unescape(starter_reader.reads(f"/findings/{finding.id}"))
        assert plain(finding.says, Words()) in page
        assert f'href="/releases/{finding.release}"' in page
        assert "As it stood in the file" in page
        assert finding.next_step[1:] in page


def test_a_finding_is_accepted_only_where_somebody_did(starter_reader: Reader) -> None:
    severe = [one for one in starter_reader.bench.findings() if one.severity in ("severe", "incomplete")]
    for finding in severe:
        page = starter_reader.reads(f"/findings/{finding.id}")
        assert "Nobody accepted it." in page
        assert f"tallystick accept {finding.id}" in page


def test_a_finding_that_there_is_not_is_refused(starter_reader: Reader) -> None:
    with pytest.raises(UnknownName):
        starter_reader.gets("/findings/zzzzzzzzzz")
