"""A tool that says in our words which of its arguments cannot be taken, and counts the defects that it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mcp.server.mcpserver.exceptions import ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import PrivateAttr, ValidationError

_MOST = 3
_SHOWN = 60
_SAYS: Mapping[str, str] = {
    "missing": "is missing",
    "string_type": "is not text",
    "list_type": "is not a list",
    "string_too_long": "is longer than {max_length} characters",
    "too_long": "has more than {max_length} parts",
    "too_short": "has fewer than {min_length} parts",
    "enum": "is none of: {expected}",
}
_DATE = "is not a day; write it as YEAR-MONTH-DAY"


class Told(Tool):
    """A tool whose errors tell nothing of the libraries that it is made with."""

    _defect: Callable[[str], None] = PrivateAttr(default=lambda _: None)

    def counted_by(self, defect: Callable[[str], None]) -> Told:
        """The same tool; `defect` is called with the kind of each error that nobody foresaw."""
        self._defect = defect
        return self

    async def run(self, arguments: dict[str, Any], context: Any, convert_result: bool = False) -> Any:
        """What the tool answers. Raises `ToolError`, in plain words."""
        try:
            return await super().run(arguments, context, convert_result)
        except UnexpectedToolError as error:
            self._defect(type(error.__cause__ or error).__name__)
            raise ToolError("a defect of ours; tell those who keep this server what you asked") from error
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(self._wrong(error.__cause__)) from error
            raise

    def _wrong(self, error: ValidationError) -> str:
        told = list(dict.fromkeys(_wrong(error)))
        more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
        takes = ", ".join(self.fn_metadata.arg_model.model_fields)
        return f"{'; '.join([*told[:_MOST], *more])}. {self.name} takes: {takes}"


def _wrong(error: ValidationError) -> Iterator[str]:
    """Which arguments cannot be taken and why, each in our words."""
    for told in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in told["loc"])[:_SHOWN]
        kind = told["type"]
        if kind == "extra_forbidden":
            yield f"there is no argument '{name}'"
        elif kind.startswith("date"):
            yield f"'{name}' {_DATE}"
        else:
            yield f"'{name}' {_SAYS.get(kind, 'cannot be taken').format_map(told.get('ctx', {}))}"
