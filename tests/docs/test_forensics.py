"""The page on forensics names every kind of Finding that the machine can emit."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/methods/forensics.md").read_text(encoding="utf-8")
FOLDERS = (ROOT / "src/tallystick/checks", ROOT / "src/tallystick/sources")
SNAKE = re.compile(r"[a-z]+(?:_[a-z]+)+|[a-z]{5,}")


def test_every_kind_that_can_be_found_stands_on_the_page() -> None:
    found = {kind for folder in FOLDERS for path in folder.rglob("*.py") for kind in kinds(path.read_text("utf-8"))}
    assert len(found) > 80
    assert sorted(kind for kind in found if f"`{kind}`" not in PAGE) == []


@pytest.mark.parametrize(
    "code",
    [
        "Finding(release.id, 'stale_tab', severity)",
        "subject.finding('stale_tab', severity)",
        "subject.finding('stale_tab' if many else 'same_tab', severity)",
        "about(tab, 'stale_tab', severity)\ndef about(tab, kind, severity):\n finding(kind, severity)",
        "told = [('stale_tab', 'says', 'which')]\nfor kind, says, which in told:\n Finding(release.id, kind, says)",
        "KINDS = (Kind('stale_tab', 'says'),)\nclass Kind:\n kind: str\n says: str\nfinding(kind.kind, severity)",
    ],
)
def test_a_kind_is_seen_however_it_is_handed_on(code: str) -> None:
    assert "stale_tab" in set(kinds(code))


def kinds(code: str) -> Iterator[str]:
    """The names of kinds in a module: given to a Finding, or to what hands its parameter `kind` on to one."""
    tree = ast.parse(code)
    places = {"Finding": 1, "finding": 0} | dict(_handing_on(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            at = places.get(_called(node))
            if at is not None and len(node.args) > at:
                yield from _names(node.args[at])
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple) and _is_kind(node.target.elts[0]):
            for told in ast.walk(tree):
                if isinstance(told, ast.Tuple) and len(told.elts) == len(node.target.elts):
                    yield from _names(told.elts[0])


def _handing_on(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Functions with a parameter `kind` and classes with a first field of that name, and its place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            named = [one.arg for one in node.args.args if one.arg != "self"]
            if "kind" in named:
                yield node.name, named.index("kind")
        if isinstance(node, ast.ClassDef):
            fields = [one.target for one in node.body if isinstance(one, ast.AnnAssign)]
            if fields and _is_kind(fields[0]):
                yield node.name, 0


def _is_kind(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "kind"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _names(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _names(node.body)
        yield from _names(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and SNAKE.fullmatch(node.value):
        yield node.value
