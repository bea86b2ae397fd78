"""The small capture, to have news of."""

from __future__ import annotations

from tests.views.conftest import small_bench, small_home

__all__ = ["small_bench", "small_home"]
