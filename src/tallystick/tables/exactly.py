"""Sums of broken numbers that are the same in whichever order their rows come: threads and homes have theirs."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.operations as ops

_EXACT = ibis.dtype("decimal(38, 16)")
_BROKEN = ibis.dtype("float64")


def exactly(expression: Any) -> Any:
    """The expression with each sum of floating numbers made of them to sixteen places, which add up exactly.

    A number that has no such places (10^22 or more, or none at all) is refused by the engine.
    """
    node = expression.op()
    if not any(total.arg.dtype.is_floating() for total in node.find(ops.Sum)):
        return expression
    return node.replace(_exact).to_expr()


def _exact(node: Any, changed: dict[str, Any] | None) -> Any:
    if isinstance(node, ops.WindowFunction) and changed and isinstance(changed["func"], ops.Cast):
        total = changed["func"]
        return ops.Cast(node.__recreate__({**changed, "func": total.arg}), total.to)
    made = node.__recreate__(changed) if changed else node
    if isinstance(made, ops.Sum) and made.arg.dtype.is_floating():
        return ops.Cast(ops.Sum(ops.Cast(made.arg, _EXACT), where=made.where), _BROKEN)
    return made
