"""Downloads a file so that whatever came stays and is continued, in this process or the next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

from tallystick.errors import FetchError
from tallystick.sources.fetch.client import TRIES, Call, Client
from tallystick.sources.fetch.memory import Validators

_MEGA = 1_000_000


class _Note(msgspec.Struct, frozen=True):
    """What is known of the bytes that came so far: where from, by what to continue them, whether they are all."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class Partial:
    """The bytes of one file at `path`, and beside them a note of what they are part of."""

    path: Path
    url: str

    @property
    def whole(self) -> bool:
        return self._note.whole

    @property
    def validators(self) -> Validators:
        return Validators(self._note.etag, self._note.last_modified)

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def headers(self, known: Validators | None) -> dict[str, str]:
        """What to ask for: the rest of what came, or the whole if it changed since it was `known`."""
        if self.whole:
            return self.validators.conditional()
        if self.size and (unchanged := self.validators.unchanged()):
            return {"Range": f"bytes={self.size}-", "If-Range": unchanged}
        return known.conditional() if known else {}

    def begin(self, validators: Validators) -> None:
        """Forget what came and start anew."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        self._write(_Note(self.url, validators.etag, validators.last_modified))

    def finish(self) -> None:
        self._write(msgspec.structs.replace(self._note, whole=True))

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self._beside.unlink(missing_ok=True)

    @property
    def _beside(self) -> Path:
        return self.path.with_name(self.path.name + ".note")

    @property
    def _note(self) -> _Note:
        try:
            note = msgspec.json.decode(self._beside.read_bytes(), type=_Note)
        except (FileNotFoundError, msgspec.MsgspecError):
            return _Note(self.url)
        return note if note.url == self.url and self.path.exists() else _Note(self.url)

    def _write(self, note: _Note) -> None:
        temporary = self._beside.with_suffix(".writing")
        temporary.write_bytes(msgspec.json.encode(note))
        temporary.replace(self._beside)


def download(client: Client, partial: Partial, known: Validators | None = None) -> bool:
    """Have the whole of the file at `partial.path`: True. False when it is the one that was `known`.

    Raises `FetchError` when it does not come whole; what came stays.
    """
    for _ in range(TRIES):
        with client.answer(Call(partial.url, partial.headers(known))) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return partial.whole
            try:
                if _received(response, partial, client):
                    partial.finish()
                    return True
            except httpx.TransportError:
                continue  # the connection broke: the next try asks for the rest
    raise FetchError(
        f"the file did not come whole in {TRIES} tries",
        where=partial.url,
        next_step=f"try again later; {partial.size:,} bytes are kept and will be continued",
    )


def _received(response: httpx.Response, partial: Partial, client: Client) -> bool:
    """Add the answer's bytes to those that came; False when the rest does not fit them and all is asked anew."""
    if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE or not _fits(response, partial):
        partial.discard()
        return False
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchError(
            f"the file came packed as {response.headers['Content-Encoding']}, which was not asked for",
            where=partial.url,
            next_step="nothing was kept; the publisher's site has changed",
        )
    if response.status_code == httpx.codes.OK or not partial.size:
        partial.begin(Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")))
    said = response.headers.get("Content-Length", "")
    expected = partial.size + int(said) if said.isdecimal() else None
    _check_size(expected or 0, partial, client)
    with partial.path.open("ab") as file:
        size = partial.size
        for chunk in response.iter_raw():
            size += len(chunk)
            _check_size(size, partial, client)
            file.write(chunk)
            client.tell(_told(partial.url), size // _MEGA, (expected or 0) // _MEGA)
            client.check_time(partial.url)
        file.flush()
        os.fsync(file.fileno())
    return expected is None or size == expected


def _told(url: str) -> str:
    return f"{url.rsplit('/', 1)[-1]} (MB)"


def _fits(response: httpx.Response, partial: Partial) -> bool:
    """Whether a part that was asked for continues exactly what came."""
    if response.status_code != httpx.codes.PARTIAL_CONTENT:
        return True
    same = not partial.size or response.headers.get("ETag") in (None, partial.validators.etag)
    return same and response.headers.get("Content-Range", "").startswith(f"bytes {partial.size}-")


def _check_size(size: int, partial: Partial, client: Client) -> None:
    if size > client.interface.max_bytes:
        partial.discard()
        raise FetchError(
            f"the file is larger than the {client.interface.max_bytes:,} bytes that source.yml allows",
            where=partial.url,
            next_step="nothing was kept; if the file is right, raise max_bytes in source.yml",
        )
