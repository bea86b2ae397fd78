"""Sums over numbers and named figures: `appropriated / 4`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation

from tallystick.errors import RecordError, UnknownName

_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}


def worked_out(text: str, figures: Mapping[str, Decimal | None]) -> Decimal | None:
    """The value of `text`, exact until a division; None when a figure in it is unknown or it divides by zero.

    Numbers, names of `figures`, `+ - * /` and brackets. Raises `RecordError` for anything else and `UnknownName`
    for a name that no figure has.
    """
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise _refused(text) from error
    try:
        value = _value(tree.body, text, figures)
    except (DivisionByZero, InvalidOperation):
        return None
    # 75e9 / 4 is 1.875E+10: written out, so that it reads as money
    return value.quantize(Decimal(1)) if value is not None and int(value.as_tuple().exponent) > 0 else value


def names_in(text: str) -> tuple[str, ...]:
    """The names of figures in `text`, each once, in order. Raises `RecordError` for what is no sum."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise _refused(text) from error
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(node.id for node in sorted(names, key=lambda node: node.col_offset)))


def _value(node: ast.expr, text: str, figures: Mapping[str, Decimal | None]) -> Decimal | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        # The digits as written: a binary float would not be what was said.
        return Decimal((ast.get_source_segment(text, node) or "").replace("_", ""))
    if isinstance(node, ast.Name):
        if node.id not in figures:
            raise UnknownName("figure", node.id, figures)
        return figures[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _value(node.operand, text, figures)
        return None if value is None else -value
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _value(node.left, text, figures), _value(node.right, text, figures)
        return None if left is None or right is None else _OPERATIONS[type(node.op)](left, right)
    raise _refused(text)


def _refused(text: str) -> RecordError:
    return RecordError(
        f"'{text}' is no sum", where="arithmetic:", next_step="write numbers, names of checks, + - * / and brackets"
    )
