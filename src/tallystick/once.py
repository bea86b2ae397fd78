"""A value worked out when it is first asked for, and kept with its object."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")
Its = TypeVar("Its")


class once(Generic[T]):  # noqa: N801
    """As `functools.cached_property`, but nobody waits: that one has a lock for all objects of a class (Python 3.11).

    A server's threads that look different things up would stand behind whoever works longest. Two that ask one object
    for the same at once work it out twice.
    """

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, its: None, owner: type) -> Self: ...

    @overload
    def __get__(self, its: object, owner: type) -> T: ...

    def __get__(self, its: object | None, owner: type) -> Self | T:
        if its is None:
            return self
        made = vars(its)[self._name] = self._work_out(its)
        return made


def given(its: Its, **kept: Any) -> Its:
    """The object, to keep from now on what was worked out before: each name is of a value that its class works out.

    So much alone may be put into a frozen object that is just made. Raises `TypeError` for any other name.
    """
    for name, value in kept.items():
        if not isinstance(getattr(type(its), name, None), once | cached_property):
            raise TypeError(f"{type(its).__name__} works out no '{name}'")
        vars(its)[name] = value
    return its
