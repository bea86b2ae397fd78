"""What lies packed in a ZIP is read as it is unpacked, and is held to the same as what lies plain."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tallystick.engines.duckdb import DuckDB, quoted
from tallystick.errors import ReleaseError, TallystickError
from tallystick.nouns.member import Member, Packed
from tallystick.sources.flowing import flowing, opened
from tests.sources.readings import ROW, Line, lines
from tests.sources.test_archives import zipped

MANY = lines(
    *[ROW.replace("k1", f"k{number}") for number in range(60_000)]
).encode()  # more than one piece unpacks to


def damaged(content: bytes) -> bytes:
    """A ZIP of the content whose checksum is wrong."""
    packed = bytearray(zipped(("payments.csv", content)))
    packed[packed.rindex(b"PK\x01\x02") + 16] ^= 0xFF
    return bytes(packed)


@pytest.mark.parametrize("content", [
    MANY,
    lines(ROW, ROW.replace("10.50", "ten"), "k2,070,2025-01-02", ROW + ",more").encode(),
    lines(ROW, ROW.replace("ACME", "ACM\xc9")).encode("latin-1"),
    "\ufeff".encode() + lines(ROW).encode().replace(b"\n", b"\r\n"),
])  # fmt: skip
def test_a_packed_file_gives_the_rows_and_findings_of_the_plain_one(tmp_path: Path, content: bytes) -> None:
    told = []
    for name, given in (("payments.csv", content), ("payments.zip", zipped(("payments.csv", content)))):
        line = Line(tmp_path / name)
        published = line.add(given, name)
        found = [(f.kind, f.count, f.evidence) for f in published.findings]
        told.append((line.rows(published, "* EXCLUDE (release_id)"), found))
    assert told[0] == told[1]


@pytest.mark.parametrize("content", [MANY, b"<what,is,this\n" + MANY, MANY + b'k,"' + b"x" * 100 + b"\n" * 70_000])
def test_damage_is_told_before_anything_that_the_bytes_say(tmp_path: Path, content: bytes) -> None:
    line, threads = Line(tmp_path), threading.active_count()
    with pytest.raises(ReleaseError, match="checksum is wrong") as failure:
        line.add(damaged(content), "payments.zip")
    assert failure.value.where == "payments.zip, member payments.csv"
    assert not list((line.settings.home / "published").rglob("*.parquet"))
    assert threading.active_count() == threads


def test_a_nul_byte_is_found_wherever_it_stands_in_a_packed_file(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="NUL byte") as failure:
        Line(tmp_path).add(zipped(("payments.csv", MANY + b"\0")), "payments.zip")
    assert failure.value.where == f"payments.csv, byte {len(MANY)}"


def packed_of(*pieces: bytes) -> Member:
    """A packed member that unpacks to some pieces."""
    return Member("a [1].csv", Path("a [1].csv"), Packed(sum(map(len, pieces)), lambda: iter(pieces)))


def counted(engine: DuckDB, member: Member) -> int:
    (found,) = engine.run(f"SELECT count(*) FROM read_csv({quoted(member.address)}, header = true)").fetchall()
    return int(found[0])


def test_what_stops_a_reader_is_raised_as_it_is() -> None:
    def interrupted() -> Iterator[bytes]:
        yield MANY[:100]
        raise KeyboardInterrupt

    stopped = Member("a.csv", Path("a.csv"), Packed(len(MANY), interrupted))
    with DuckDB() as engine:
        with pytest.raises(KeyboardInterrupt), flowing(engine, [stopped]):
            counted(engine, stopped)
        with pytest.raises(TallystickError, match="refused"), flowing(engine, [packed_of(MANY)]):
            raise TallystickError("the engine refused")


def test_what_was_read_in_part_or_not_at_all_is_an_error() -> None:
    member = packed_of(MANY[:100], MANY[100:])
    with DuckDB() as engine:
        with pytest.raises(TallystickError, match="to its end"), flowing(engine, [member]):
            engine.run(f"SELECT * FROM read_csv({quoted(member.address)}, buffer_size = 8192, max_line_size = 4096)")
        with pytest.raises(TallystickError, match="to its end"), flowing(engine, [member]):
            pass


@pytest.mark.parametrize(
    "pieces", [(MANY,), (MANY[:7], b"", MANY[7:]), [MANY[i : i + 9999] for i in range(0, len(MANY), 9999)]]
)
def test_a_member_can_be_read_again_and_again_whatever_its_pieces(pieces: Sequence[bytes]) -> None:
    packed = packed_of(*pieces)
    with DuckDB() as engine:
        for _ in range(2):
            with opened(packed) as file:
                assert file.read() == MANY
            with flowing(engine, [packed]):
                assert counted(engine, packed) == 60_000


def test_split_files_are_unpacked_side_by_side(tmp_path: Path) -> None:
    line = Line(tmp_path)
    with zipfile.ZipFile(tmp_path / "payments.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(1, 6):
            archive.writestr(f"payments_{part}.csv", MANY)
    published = line.add((tmp_path / "payments.zip").read_bytes(), "payments.zip")
    assert len(line.rows(published, "member, source_row")) == 5 * 60_000
