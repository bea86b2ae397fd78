"""Pages of Oversight.gov and the list of GAO, and what is refused of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from tallystick.catalog import Catalog
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources.read import reader

Change = Callable[[str], str]


def read(catalog: Catalog, source: str, folder: Path, text: str) -> Any:
    function = reader(catalog.source(source))
    assert function is not None
    path = folder / "file"
    path.write_bytes(text.encode())
    made = function(Member(path.name, path))
    return made if isinstance(made, dict) else list(made or ())


def sample(catalog: Catalog, source: str) -> str:
    (path,) = (catalog.source(source).folder / "sample").iterdir()
    return path.read_bytes().decode()


@pytest.fixture
def page(catalog: Catalog) -> str:
    return sample(catalog, "oversight_gov_reports")


@pytest.fixture
def listed(catalog: Catalog) -> str:
    return sample(catalog, "gao_open_recommendations")


def test_a_page_says_what_its_labels_do_and_lists_what_is_open(catalog: Catalog, tmp_path: Path, page: str) -> None:
    made = read(catalog, "oversight_gov_reports", tmp_path, page)
    (report,) = made["oversight_reports_published"]
    assert (report["Report Number"], report["Date Issued"], report["(open)"]) == ("HBR-25-01", "2025-01-15", 2)
    assert report["Components"] == "Lighthouse Service (LHS) | Pilots (PLT)"
    rows = made["oversight_recommendations_published"]
    assert [(row["Recommendation Number"], row["status"], row["text"]) for row in rows] == [
        ("1", "open", "We recommend that the keeper light the lights."),
        ("3", "open", "We recommend that the pilots look out."),
    ]
    assert rows[0]["Recommended Questioned Costs"] == "1200"


def test_the_text_may_stand_in_the_last_cell(catalog: Catalog, tmp_path: Path, page: str) -> None:
    text = page.replace("<td>Agreed</td>", "<td>We recommend that it be lit.</td>")
    text = text.replace('<tr><td colspan="5"><p>We recommend that the keeper light the lights.</p></td></tr>', "")
    row = read(catalog, "oversight_gov_reports", tmp_path, text)["oversight_recommendations_published"][0]
    assert (row["text"], row["Additional Details"]) == ("We recommend that it be lit.", None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda page: page.replace("2 open", "3 open"), "counts 3 open recommendations and lists 2"),
        (lambda page: page[: page.index("<tr><td>3</td>")], "counts 2 open recommendations and lists 1"),
        (lambda page: page.replace("Report Number", "Number of the Report"), "does not say 'Report Number'"),
        (lambda _: "<!doctype html><title>Access Denied</title>", "does not say 'Report Number'"),
        (lambda _: "", "there is nothing in this document"),
    ],
)
def test_a_page_that_is_not_whole_or_of_something_else_is_refused(
    catalog: Catalog, tmp_path: Path, page: str, change: Change, says: str
) -> None:
    with pytest.raises(ReleaseError, match=says):
        read(catalog, "oversight_gov_reports", tmp_path, change(page))


def test_a_page_without_open_recommendations_lists_none(catalog: Catalog, tmp_path: Path, page: str) -> None:
    text = page[: page.index("<h2>")] + "<p>This report has no open recommendations.</p></body></html>"
    made = read(catalog, "oversight_gov_reports", tmp_path, text)
    assert made["oversight_reports_published"][0]["(open)"] == 0
    assert made["oversight_recommendations_published"] == []


def test_the_number_of_a_recommendation_is_what_its_text_ends_with(
    catalog: Catalog, tmp_path: Path, listed: str
) -> None:
    rows = read(catalog, "gao_open_recommendations", tmp_path, listed)
    assert [(row["number"], row["is_matter"]) for row in rows] == [("1", False), ("1", True)]
    assert rows[0]["Recommendation"].startswith("The keeper should light the lights & keep")
    assert {row["Date Publication Issued"] for row in rows} == {"2025-01-15"}
    assert {row["stated_at"] for row in rows} == {"Mar 01, 2025 at 7:05 PM EST"}


@pytest.mark.parametrize(
    ("says", "number", "is_matter"),
    [
        ("Light them. (Recommendation 12)", "12", False),
        ("Light them. [Recommendation 1]", "1", False),
        ("Light them. (Matter for Congressional Consideration 2)", "2", True),
        ("Light them. (Recommendation 19-01)", "19-01", False),
        ("See (Recommendation 3) of the report before.", None, None),
        ("Light them.", None, None),
    ],
)
def test_numbers_are_told_in_the_spellings_that_the_list_has(
    catalog: Catalog, tmp_path: Path, listed: str, says: str, number: str | None, is_matter: bool | None
) -> None:
    before = "The keeper should light the lights &amp; keep them lit. (Recommendation 1)"
    row = read(catalog, "gao_open_recommendations", tmp_path, listed.replace(before, says))[0]
    assert (row["number"], row["is_matter"]) == (number, is_matter)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("Prepared by: GAO", "Draft"), "a line above the list says something new: 'Draft'"),
        (lambda text: text.replace('"Publication Name"', '"Name"'), "no download of GAO's recommendations"),
        (lambda text: text[: text.rindex('"No"')], "row 2 has 9 cells and the header 11"),
        (lambda text: text[:-1], "cannot be taken apart: unexpected end of data"),
        (lambda _: "<html>Access Denied</html>", "no download of GAO's recommendations"),
    ],
)
def test_a_list_that_is_cut_off_or_says_something_new_is_refused(
    catalog: Catalog, tmp_path: Path, listed: str, change: Change, says: str
) -> None:
    with pytest.raises(ReleaseError, match=says):
        read(catalog, "gao_open_recommendations", tmp_path, change(listed))


@tried(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(st.tuples(st.integers(1, 99), st.sampled_from(["Yes", "No"]), st.integers(0, 10**7)), max_size=8),
    below=st.booleans(),
)
def test_any_open_recommendations_are_listed_as_they_stand(
    catalog: Catalog, tmp_path: Path, page: str, told: list[tuple[int, str, int]], below: bool
) -> None:
    lines = [
        f"<tr><td>{number}</td><td>{flag}</td><td>${money:,}</td><td>$0</td><td>{'' if below else 'We recommend it.'}"
        f"</td></tr>" + ("<tr><td colspan=5>We recommend it.</td></tr>" if below else "")
        for number, flag, money in told
    ]
    start, end = page.index("<tbody>") + len("<tbody>"), page.index("</tbody>")
    text = page[:start] + "".join(lines) + page[end:]
    text = text.replace("This report has 2 open", f"This report has {len(told)} open")
    made = read(catalog, "oversight_gov_reports", tmp_path, text)
    assert [
        (row["Recommendation Number"], row["Significant Recommendation"], row["Recommended Questioned Costs"])
        for row in made["oversight_recommendations_published"]
    ] == [(str(number), flag, str(money)) for number, flag, money in told]
    assert all(row["text"] == "We recommend it." for row in made["oversight_recommendations_published"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda page: page.replace("Published:", "Issued:"), "does not say when it was published"),
        (lambda page: page.replace("<p>Open</p>", "<p>Pending</p>"), "recommendation 1 has no status that is known"),
        (lambda _: "<html><body>Access Denied</body></html>", "does not say when it was published"),
    ],
)
def test_a_page_of_gao_that_says_something_else_is_refused(
    catalog: Catalog, tmp_path: Path, change: Change, says: str
) -> None:
    with pytest.raises(ReleaseError, match=says):
        read(catalog, "gao_products", tmp_path, change(sample(catalog, "gao_products")))


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Closed \u2013 Implemented", "Closed - Implemented"),
        ("Open--Partially Addressed", "Open - Partially Addressed"),
        ("Closed - Not Implemented", "Closed - Not Implemented"),
    ],
)
def test_a_status_is_one_however_its_dash_is_printed(
    catalog: Catalog, tmp_path: Path, printed: str, status: str
) -> None:
    text = sample(catalog, "gao_products").replace("<p>Open</p>", f"<p>{printed}</p>")
    row = read(catalog, "gao_products", tmp_path, text)["gao_product_recommendations_published"][0]
    assert (row["status"], row["comments"], row["number"]) == (status, "The keeper agreed.", "1")
