"""What all the nouns that people write have in common."""

from __future__ import annotations

from typing import Annotated

import msgspec

Words = Annotated[str, msgspec.Meta(min_length=1)]


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whatever people write: frozen, and a key that nobody named is an error."""
