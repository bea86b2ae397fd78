"""A site is whole, or what is missing is told by file."""

from __future__ import annotations

import pytest

from tallystick.views.publish.check import Check

FILES = {"index.html", "claims/x.html", "assets/a.css", "edition.json"}


def _missing(file: str, body: str, site: str = "") -> list[str]:
    check = Check(site)
    check.take(file, body.encode())
    check.take("claims/x.html", b'<h1 id="top">x</h1>')
    return list(check.missing(FILES))


@pytest.mark.parametrize(
    "link", ["claims/x.html", "claims/x.html#top", "#here", "https://example.org/a", "mailto:a@example.org"]
)
def test_a_link_that_leads_somewhere_is_not_missing(link: str) -> None:
    assert _missing("index.html", f'<p id="here"><a href="{link}">x</a></p>') == []


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("claims/y.html", "leads to no file"),
        ("claims", "leads to no file"),
        ("claims/x.html#bottom", "leads to no anchor of claims/x.html"),
        ("#there", "leads to no anchor of index.html"),
        ("/claims/x.html", "only works at the root of a host"),
        ("../claims/x.html", "leads out of the site"),
    ],
)
def test_a_link_that_leads_nowhere_is_missing(link: str, says: str) -> None:
    (told,) = _missing("index.html", f'<p id="here"><a href="{link}">x</a></p>')
    assert told.startswith("index.html: ")
    assert told.endswith(says)


def test_a_figure_without_a_drawing_is_a_missing_chart() -> None:
    drawn = "<h2>Money</h2><figure><svg></svg></figure>"
    assert _missing("index.html", drawn) == []
    assert _missing("index.html", "<h2>Money</h2><figure><figcaption>x</figcaption></figure>") == [
        "index.html: the chart 'Money' is not drawn"
    ]


def test_a_map_that_is_left_out_is_a_missing_chart() -> None:
    says = "the map 'Where' is left out: its shapes are not installed (sh scripts/geography.sh)"
    assert _missing("index.html", "<h2>Where</h2><figure><svg data-left-out='shapes'></svg></figure>") == [
        f"index.html: {says}"
    ]
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" data-left-out="shapes"><title>Where</title></svg>'
    assert _missing("chart/a.svg", drawing) == [f"chart/a.svg: {says}"]


def test_links_of_stylesheets_feeds_and_drawings_are_followed_too() -> None:
    assert _missing("assets/a.css", "p { background: url('b.png') }") == [
        "assets/a.css: the link 'b.png' leads to no file"
    ]
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="x.html"/></feed>'
    assert _missing("feeds/a.atom", atom) == ["feeds/a.atom: the link 'x.html' leads to no file"]
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "x.html"}]}'
    assert _missing("feeds/a.json", feed) == ["feeds/a.json: the link 'x.html' leads to no file"]


def test_the_address_of_the_site_itself_is_resolved_to_its_files() -> None:
    site = "https://example.org/figures"
    assert _missing("index.html", f'<a href="{site}/claims/x.html">x</a>', site) == []
    assert len(_missing("index.html", f'<a href="{site}/claims/y.html">x</a>', site)) == 1


def test_links_of_catalogs_and_of_what_is_written_for_language_models_are_followed_too() -> None:
    dcat = (
        '{"@id": "data.json", "dataset": [{"landingPage": "why.html", "distribution": [{"downloadURL": "a.csv"}]}]}'
    )
    assert _missing("data.json", dcat) == [
        f"data.json: the link '{link}' leads to no file" for link in ("a.csv", "data.json", "why.html")
    ]
    package = '{"homepage": "index.html", "resources": [{"path": "a.csv"}]}'
    assert _missing("datapackage.json", package) == ["datapackage.json: the link 'a.csv' leads to no file"]
    assert _missing("llms.txt", "- [A page](b.html): what it says") == [
        "llms.txt: the link 'b.html' leads to no file"
    ]


@pytest.mark.parametrize(
    ("file", "body"), [("a.csv", ""), ("a.pdf", "<p>sorry</p>"), ("a.xlsx", "a;b"), ("a.zip", "")]
)
def test_a_file_that_is_empty_or_no_file_of_its_kind_is_missing(file: str, body: str) -> None:
    (told,) = _missing(file, body)
    assert told.startswith(f"{file}: ")
