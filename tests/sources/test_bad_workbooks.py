"""Whatever arrives under a workbook's name, `tallystick add` says what is wrong or reads it rightly."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.nouns.release import Provenance, Release
from tallystick.sources.within import carried
from tallystick.sources.workbook import workbook
from tallystick.views.cli.main import outcome
from tests.sources.made_workbooks import DATE, TABLE, Made, locked, number, row, text, xlsx

SOURCE = """
title: Stalls of invented towns
publisher: The towns
licence: us-public-domain
citation: https://towns.example/stalls
cadence: irregular
releases: {match: ['stalls_(?P<as_of>[0-9]{8})\\.xls[xm]?']}
publishes:
  town_stalls_published:
    grain: one town
    key: [town]
    columns: {town: {required: true}, stalls: {type: integer, required: true}, opened: {type: date}}
"""
READ = """
from tallystick.workbooks import workbook

def read(member):
    (sheet, *_) = workbook(member).shown
    head, *rows = sheet.rows
    return {"town_stalls_published": [dict(zip(head, row)) for row in rows]}
"""
OUR_ERROR = "a defect of ours"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("records")
    folder = own / "sources" / "us" / "town_stalls"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(SOURCE)
    (folder / "read.py").write_text(READ)
    return own


@pytest.fixture
def add(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], tuple[int, str]]:
    """Adds a file and gives the exit code with all that was said."""

    def added(path: Path) -> tuple[int, str]:
        code = outcome(["add", "town_stalls", str(path), "--home", str(tmp_path / "home"), "--records", str(records)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return added


def stalls(tmp_path: Path, suffix: str = "xlsx") -> Path:
    return tmp_path / f"stalls_20260101.{suffix}"


def test_a_good_workbook_is_read(add: Callable[[Path], tuple[int, str]], tmp_path: Path) -> None:
    code, said = add(xlsx(stalls(tmp_path)))
    assert (code, "stalls_20260101.xlsx" in said) == (0, True)


def test_a_workbook_cut_off_anywhere_is_an_error(tmp_path: Path) -> None:
    path = xlsx(stalls(tmp_path))
    whole = path.read_bytes()
    for end in range(1, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:end])
        with pytest.raises(ReleaseError):
            workbook(Member(path.name, path))


def compound(path: Path) -> Path:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + random.Random(1).randbytes(4000))
    return path


def bomb(path: Path) -> Path:
    return xlsx(path, more={"xl/sharedStrings.xml": b" " * (100 << 20)})


def lying(path: Path) -> Path:
    """A part that states a hundredth of what it unpacks to."""
    part, size = "xl/sharedStrings.xml", 1 << 20
    data = xlsx(path, more={part: b" " * size}).read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", size // 100)))
    return path


def zeroed(path: Path) -> Path:
    data = bytearray(xlsx(path).read_bytes())
    data[200:400] = bytes(200)
    path.write_bytes(data)
    return path


def plain(contents: str) -> Callable[[Path], Path]:
    def made(path: Path) -> Path:
        path.write_text(contents)
        return path

    return made


SHARED = Made("Towns", TABLE + row(3, '<c r="A3" t="s"><v>7</v></c>', number("B3", 1)))
CASES = {
    "locked with a password": (locked, "locked with a password"),
    "a part of the archive locked": (lambda path: _flagged(xlsx(path)), "locked with a password"),
    "garbage in an old container": (compound, "cannot be read"),
    "a CSV under another name": (plain("town,stalls\nAsh,12\n"), "this is no workbook"),
    "a page under another name": (plain("<!DOCTYPE html><html><body>not found</body></html>"), "web page"),
    "no byte": (plain(""), "empty"),
    "zeros in the middle": (zeroed, "damaged"),
    "a bomb": (bomb, "would unpack to"),
    "a bomb that lies": (lying, "damaged"),
    "a string that is not there": (lambda path: xlsx(path, SHARED), "cannot be read"),
    "a sheet that is not there": (
        lambda path: xlsx(path, more={"xl/_rels/workbook.xml.rels": b"<Relationships/>"}), "cannot be read",
    ),
    "two sheets of one name": (
        lambda path: xlsx(path, Made("Towns", TABLE), Made("Towns", row(1, text("A1", "other")))),
        "two sheets are called 'Towns'",
    ),
    "a cell in the last corner": (
        lambda path: xlsx(path, Made("Towns", TABLE + row(1048576, number("XFD1048576", 1)))), "XFD1048576",
    ),
    "a far cell that says where it stands last": (
        lambda path: xlsx(path, Made("Towns", TABLE + row(600000, '<c s="0" r="CZ600000"><v>1</v></c>'))), "CZ600000",
    ),
    "XML that ends early": (lambda path: xlsx(path, Made("Towns", '<row r="1"><c r="A1"><v>1')), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_no_good_workbook_is_refused_with_a_sentence(
    case: str, add: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    make, says = CASES[case]
    code, said = add(make(stalls(tmp_path)))
    assert code == ReleaseError.exit_code, said
    assert says in said
    assert "Traceback" not in said
    assert OUR_ERROR not in said


BAD_CELLS = {
    "not a number": number("B2", "NaN"),
    "infinite": number("B2", "inf"),
    "beyond any number": number("B2", "1e400"),
    "three hundred digits": number("B2", "1e300"),
    "a half": number("B2", "12.5"),
    "a word": text("B2", "twelve"),
    "an error typed as text": text("B2", "#REF!"),
}


@pytest.mark.parametrize("cell", BAD_CELLS)
def test_a_cell_that_is_no_whole_number_is_a_severe_finding_and_never_a_figure(
    cell: str, add: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    rows = row(1, text("A1", "town"), text("B1", "stalls")) + row(2, text("A2", "Ash"), BAD_CELLS[cell])
    code, said = add(xlsx(stalls(tmp_path), Made("Towns", rows)))
    assert code == ReleaseError.exit_code
    assert "does not fit its column" in said
    assert OUR_ERROR not in said


@pytest.mark.parametrize("serial", ["-5", "-1e10", "1e10", "0"])
def test_a_serial_that_is_no_day_is_never_taken_for_one(
    serial: str, add: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    head = row(1, text("A1", "town"), text("B1", "stalls"), text("C1", "opened"))
    day = row(2, text("A2", "Ash"), number("B2", 12), number("C2", serial, DATE))
    code, said = add(xlsx(stalls(tmp_path), Made("Towns", head + day)))
    assert code == ReleaseError.exit_code, said
    assert OUR_ERROR not in said


def test_a_day_in_the_year_5025_is_read_as_it_stands_and_not_mended(tmp_path: Path) -> None:
    path = xlsx(stalls(tmp_path), Made("Towns", row(1, number("A1", 1141366, DATE))))
    ((cell,),) = workbook(Member(path.name, path)).sheets[0].rows
    assert str(cell).startswith("5024-12-1")


def test_a_macro_file_is_read_without_running_anything(
    add: Callable[[Path], tuple[int, str]], tmp_path: Path
) -> None:
    path = xlsx(stalls(tmp_path, "xlsm"), more={"xl/vbaProject.bin": b"a program"})
    assert workbook(Member(path.name, path)).holds_macros
    code, said = add(path)
    assert code == 0
    assert "'tallystick findings' tells what was found" in said


def test_a_program_and_failed_formulas_are_noted_with_their_cells(tmp_path: Path) -> None:
    failed = row(1, text("A1", "town")) + row(
        2, '<c r="A2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', number("B2", 1)
    )
    path = xlsx(stalls(tmp_path, "xlsm"), Made("T", failed), more={"xl/vbaProject.bin": b"a program"})
    release = Release(Provenance("town_stalls", path.name), "0", 1, datetime(2026, 1, 1, tzinfo=UTC))
    program, formula = carried(release, Member(path.name, path))
    assert (program.kind, formula.kind, formula.count) == ("holds_macros", "formula_error", 1)
    assert "A2 shows #DIV/0!" in formula.says
    assert list(carried(release, Member(path.name, xlsx(path)))) == []


def test_a_file_that_is_no_workbook_carries_nothing(tmp_path: Path) -> None:
    release = Release(Provenance("town_stalls", "x.csv"), "0", 1, datetime(2026, 1, 1, tzinfo=UTC))
    for name in ("x.csv", "x.xlsx"):
        (tmp_path / name).write_text("town\nAsh\n")
        assert list(carried(release, Member(name, tmp_path / name))) == []


MEASURE = """
import json, resource, sys
from pathlib import Path
from tallystick.errors import ReleaseError
from tallystick.nouns.member import Member
from tallystick.sources.workbook import workbook
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    book = workbook(Member("x.xlsx", Path(sys.argv[1])))
    said = [[len(sheet.rows), sheet.width] for sheet in book.sheets]
except ReleaseError as error:
    said = error.what
print(json.dumps([said, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024]))
"""
MOST_MB = 200


def measured(path: Path) -> tuple[object, float]:
    """What opening the file gives, in a process of its own, and by how many MB that process grew."""
    ran = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    said, grown = json.loads(ran.stdout)
    return said, grown


def test_a_used_range_of_all_columns_that_are_only_styled_is_read_in_bounded_memory(tmp_path: Path) -> None:
    far = "".join(
        row(place, f'<c r="XFD{place}" s="1"/>', f'<c r="XFC{place}" s="1"></c>') for place in range(3, 5000)
    )
    said, grown = measured(xlsx(stalls(tmp_path), Made("Towns", TABLE + far)))
    assert said == [[2, 2]]
    assert grown < MOST_MB


@pytest.mark.parametrize("make", [bomb, lambda path: xlsx(path, Made("T", row(1048576, number("XFD1048576", 1))))])
def test_what_would_fill_memory_is_refused_in_bounded_memory(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(stalls(tmp_path))
    said, grown = measured(path)
    assert isinstance(said, str)
    assert grown < MOST_MB


def test_no_damage_to_any_part_gives_anything_but_an_error_or_a_workbook(tmp_path: Path) -> None:
    path, chance = xlsx(stalls(tmp_path)), random.Random(5)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    outcomes = set()
    for _ in range(300):
        name = chance.choice(sorted(parts))
        at, long = chance.randrange(len(parts[name])), chance.randint(0, 12)
        noise = bytes(chance.choices(b'<>/="0129ABZ&;', k=chance.randint(0, 8)))
        with zipfile.ZipFile(path, "w") as packed:
            for each, data in parts.items():
                packed.writestr(each, data[:at] + noise + data[at + long :] if each == name else data)
        try:
            outcomes.add(type(workbook(Member(path.name, path))).__name__)
        except ReleaseError:
            outcomes.add("ReleaseError")
    assert outcomes == {"Workbook", "ReleaseError"}


def _flagged(path: Path) -> Path:
    """The same archive with every part marked as locked."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    return path
