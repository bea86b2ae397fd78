"""Documents in XML and HTML, opened without trusting them: no entities, no network, bounded in size and depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member

_LONGEST = 100_000_000
_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


@dataclass(frozen=True)
class Node:
    """One element of a document. `name` is its tag without a namespace, in HTML in small letters."""

    element: Any

    @property
    def name(self) -> str:
        return str(etree.QName(self.element).localname)

    @property
    def text(self) -> str:
        """All text within, blanks of any kind as one and none at the edges."""
        return " ".join("".join(self.element.itertext()).split())

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(Node(child) for child in self.element if isinstance(child.tag, str))

    def attribute(self, name: str) -> str:
        """What the attribute says; an empty text where there is none."""
        return str(self.element.get(name, ""))

    def has_class(self, name: str) -> bool:
        return name in self.attribute("class").split()

    def all(self, *names: str) -> Iterator[Node]:
        """The elements within that are called one of `names` (any, if none is given), in the document's order."""
        wanted = self.element.iter(*names) if names else self.element.iter(etree.Element)
        return (Node(found) for found in wanted if found is not self.element)

    def first(self, *names: str) -> Node | None:
        return next(self.all(*names), None)

    def says(self, *names: str) -> str:
        """The text of the first element within that is called one of `names`; empty where there is none."""
        found = self.first(*names)
        return found.text if found else ""


def xml_document(member: Member) -> Node:
    """The root of an XML document.

    Raises `ReleaseError` when it is not well formed, states a document type of its own (whose entities could be
    anything), or is larger or deeper than such a file can be.
    """
    parser = etree.XMLParser(**_XML, remove_comments=True, remove_pis=True)
    return _root(member, parser)


def html_document(member: Member) -> Node:
    """The root of a web page as a publisher showed it; what browsers mend is mended.

    Raises `ReleaseError` when there is nothing of a page in it, or it is larger than one can be.
    """
    encoding = "utf-8" if _is_utf8(_bytes(member)) else "cp1252"
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding=encoding
    )
    return _root(member, parser)


def _root(member: Member, parser: Any) -> Node:
    try:
        root = etree.fromstring(_bytes(member), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReleaseError(
            f"this document cannot be taken apart: {error}",
            where=member.name,
            next_step="it is cut off or damaged: get it again from the publisher",
        ) from error
    if root is None:
        raise ReleaseError("there is nothing in this document", where=member.name, next_step="get it again")
    if isinstance(parser, etree.XMLParser) and root.getroottree().docinfo.internalDTD is not None:
        raise ReleaseError(
            "this document states a document type of its own, which this publisher's never do",
            where=member.name,
            next_step="it was changed on its way: get it again from the publisher",
        )
    return Node(root)


def _bytes(member: Member) -> bytes:
    size = member.path.stat().st_size
    if size > _LONGEST:
        raise ReleaseError(
            f"this document has {size:,} bytes; none of its kind has more than {_LONGEST:,}",
            where=member.name,
            next_step="see whether it is what its name says",
        )
    return member.path.read_bytes()


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
