"""XML and pages are opened without trusting them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.documents import Node, html_document, xml_document
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources import markup

BOMB = (
    '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>'
)


def member(folder: Path, text: str | bytes, name: str = "issue.xml") -> Member:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Member(name, path)


def test_text_has_one_blank_between_words_whatever_stands_within(tmp_path: Path) -> None:
    root = xml_document(member(tmp_path, "<a>\n one <b>two</b>\n  <!-- no --><c/> three</a>"))
    assert (root.name, root.text, root.says("b"), root.says("d")) == ("a", "one two three", "two", "")
    assert [node.name for node in root.all()] == ["b", "c"]


@pytest.mark.parametrize("text", [BOMB, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'])
def test_a_document_with_a_type_of_its_own_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReleaseError, match="states a document type of its own"):
        xml_document(member(tmp_path, text))


def test_a_document_deeper_than_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="cannot be taken apart"):
        xml_document(member(tmp_path, "<a>" * 5000 + "</a>" * 5000))


def test_a_document_larger_than_any_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_LONGEST", 10)
    with pytest.raises(ReleaseError, match="has 15 bytes; none of its kind has more than 10"):
        xml_document(member(tmp_path, "<a>too long</a>"))


def test_a_page_is_mended_as_browsers_do(tmp_path: Path) -> None:
    root = html_document(member(tmp_path, '<table><tr><td class="a b">one<td>two</table>', "page.html"))
    cells = list(root.all("td"))
    assert [cell.text for cell in cells] == ["one", "two"]
    assert cells[0].has_class("b")
    assert not cells[1].has_class("b")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_page_is_read_in_the_encoding_that_it_is_in(tmp_path: Path, encoding: str) -> None:
    text = "<html><body><p>harbour\u2019s \u2013 dues</p></body></html>".encode(encoding)
    assert html_document(member(tmp_path, text, "page.html")).says("p") == "harbour\u2019s \u2013 dues"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=300))
def test_whatever_the_bytes_they_are_read_or_refused(tmp_path: Path, noise: bytes) -> None:
    for opening in (xml_document, html_document):
        try:
            root = opening(member(tmp_path, noise, "noise"))
        except ReleaseError:
            continue
        assert isinstance(root, Node)
        assert isinstance(root.text, str)
