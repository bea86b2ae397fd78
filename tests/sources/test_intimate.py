"""Files about identified people are refused before anything of them is kept."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from tallystick.errors import ReleaseError
from tallystick.sources.intimate import refuse_identified_people
from tests.sources.readings import Line, lines

ROW = "k1,070,2025-01-02,10.50,ACME LLC,ABC123DEF456,none"


def written(folder: Path, content: str, name: str = "payments.csv") -> Path:
    path = folder / name
    path.write_text(content)
    return path


@pytest.mark.parametrize(
    "header",
    [
        "Alien Number,Facility", "A-Number,Facility", "ALIEN_FILE_NUMBER,x", "AlienNumber;Facility", "DOB|Facility",
        "Date of Birth,Country", "SSN,x", "First Name,Last Name,Country", "detainee_first_name,detainee_last_name",
        "Social Security No.,x", "Passport Number,x",
    ],
)  # fmt: skip
def test_a_column_that_identifies_people_is_refused(tmp_path: Path, header: str) -> None:
    sign = next(sign for sign in ",;|" if sign in header)
    path = written(tmp_path, f"{header}\n{sign.join(['said'] * (header.count(sign) + 1))}\n")
    with pytest.raises(ReleaseError, match="about identified people"):
        refuse_identified_people(path)


@pytest.mark.parametrize(
    "content",
    [
        "Area,Birth Date,Citizenship\nMiami,(B)(6);(B)(7)(C),RUSSIA\nMiami,,RUSSIA\n",
        "Recipient Name,Action Date\nACME LLC,2025-01-01\n",
        "First Name of Series,Amount\nx,1\n",
        "key,note\n1,the alien number is not held\n",
        "",
    ],
)
def test_blacked_out_cells_organisations_and_words_in_a_text_are_let_through(tmp_path: Path, content: str) -> None:
    refuse_identified_people(written(tmp_path, content))


def test_a_header_below_a_preamble_in_a_packed_member_is_found_and_named(tmp_path: Path) -> None:
    text = '"A statistical unit"\n"Removals"\nArea,Alien Number\nMiami,012345678\n'
    packed = tmp_path / "rows.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("about.txt", "nothing\n")
        archive.writestr("rows.csv", text)
    zipped = tmp_path / "rows.csv.gz"
    zipped.write_bytes(gzip.compress(text.encode()))
    for path, where in ((packed, "rows.zip, member rows.csv"), (zipped, "rows.csv.gz")):
        with pytest.raises(ReleaseError, match="Alien Number") as refused:
            refuse_identified_people(path)
        assert refused.value.where == where


def test_keys_of_json_are_columns_too(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="dateOfBirth"):
        refuse_identified_people(written(tmp_path, '[{"id": 1, "dateOfBirth": "1990-01-01"}]', "people.json"))


def test_numbers_of_people_are_found_under_any_head(tmp_path: Path) -> None:
    for number in ("A012345678", "A 012-345-679", "a-01234567", "078-05-1120"):
        rows = [number[:-1] + str(last) for last in range(4)]
        path = written(tmp_path, "Ref,Area\n" + "".join(f"{row},Miami\n" for row in rows))
        with pytest.raises(ReleaseError, match="4 rows of the column 'Ref'") as refused:
            refuse_identified_people(path)
        assert not any(row in str(refused.value) for row in rows)


@settings(max_examples=25)
@given(
    st.lists(st.from_regex(r"70[A-Z]{4}\d{2}[A-Z]{2}\d{7}|[A-Z0-9]{12}|-?\d{1,9}\.\d{2}", fullmatch=True), min_size=3)
)
def test_contract_numbers_entities_and_amounts_are_no_numbers_of_people(codes: list[str]) -> None:
    text = "A Number of Things,x\n" + "".join(f"{code},1\n" for code in codes)
    with TemporaryDirectory() as folder:
        refuse_identified_people(written(Path(folder), text))


@pytest.mark.parametrize("head", ["Unique Identifier", "anumber_hash", "SubjectID hashed", "Person Key"])
@pytest.mark.parametrize("digest", ["md5", "sha1", "sha256"])
def test_hashes_of_what_identifies_someone_are_refused_unless_the_source_declares_them(
    tmp_path: Path, head: str, digest: str
) -> None:
    rows = [hashlib.new(digest, bytes([place]), usedforsecurity=False).hexdigest() for place in range(5)]
    path = written(tmp_path, f"{head},Area\n" + "".join(f"{row},Miami\n" for row in rows))
    with pytest.raises(ReleaseError, match="does not declare it") as refused:
        refuse_identified_people(path)
    assert rows[0] not in str(refused.value)
    refuse_identified_people(path, {head})
    refuse_identified_people(written(tmp_path, path.read_text().replace(head, "NoticeId")))


@pytest.mark.parametrize("name", ["ICE_leaked_rows.csv", "BlueLeaks 2020.csv", "hacked-mail.csv", "sql dump.csv"])
def test_a_file_that_says_it_was_taken_is_refused(tmp_path: Path, name: str) -> None:
    content = "Area,Count\nMiami,12\n"
    with pytest.raises(ReleaseError, match="leaked or taken"):
        refuse_identified_people(written(tmp_path, content, name))
    packed = tmp_path / "release.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    with pytest.raises(ReleaseError, match="leaked or taken"):
        refuse_identified_people(packed)
    refuse_identified_people(written(tmp_path, content, "Leakage tests of tanks, hackathon.csv"))


def test_a_marking_above_the_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="not for the public, in row 2"):
        refuse_identified_people(
            written(tmp_path, "Removals\n** LAW ENFORCEMENT SENSITIVE **\nArea,Count\nMiami,12\n")
        )


def test_a_later_or_hidden_sheet_of_a_workbook_is_looked_at(tmp_path: Path) -> None:
    def made(*, hidden: bool, rows: list[list[str]], name: str = "Second") -> Path:
        path = tmp_path / "book.xlsx"
        with Workbook(str(path)) as book:
            first, second = book.add_worksheet("Sums"), book.add_worksheet(name)
            for place in range(1000):
                first.write_string(place, 0, f"text {place}")
            for place, row in enumerate(rows):
                second.write_row(place + 3, 2, row)
            if hidden:
                second.hide()
        return path

    head, said = ["Area", "Date of Birth"], ["Miami", "1990-01-01"]
    for hidden in (False, True):
        with pytest.raises(ReleaseError, match="'Date of Birth'"):
            refuse_identified_people(made(hidden=hidden, rows=[head, said]))
    refuse_identified_people(made(hidden=False, rows=[head, ["Miami", "(b)(6)"]]))
    numbers = [["Miami", f"A01234567{place}"] for place in range(3)]
    with pytest.raises(ReleaseError, match="alien numbers"):
        refuse_identified_people(made(hidden=False, rows=[["Area", "Ref"], *numbers]))
    with pytest.raises(ReleaseError, match="leaked or taken"):
        refuse_identified_people(made(hidden=False, rows=[["Area", "Count"]], name="hacked"))


def test_what_json_says_under_a_key_is_looked_at(tmp_path: Path) -> None:
    told = ",".join(f'{{"ref": "A01234567{place}", "area": "Miami"}}' for place in range(3))
    with pytest.raises(ReleaseError, match="'ref' look like alien numbers"):
        refuse_identified_people(written(tmp_path, f"[{told}]", "rows.json"))


def test_a_damaged_archive_is_left_to_the_reading(tmp_path: Path) -> None:
    for name, content in (("cut.zip", b"PK\x03\x04cut"), ("cut.csv.gz", b"\x1f\x8b\x08cut")):
        (tmp_path / name).write_bytes(content)
        refuse_identified_people(tmp_path / name)


def test_nothing_of_a_refused_file_is_archived_or_recorded(tmp_path: Path) -> None:
    line = Line(tmp_path)
    with pytest.raises(ReleaseError, match="about identified people") as refused:
        line.add("key,office,First Name,Last Name\nk1,070,JANE,ROE\n")
    assert "JANE" not in str(refused.value)
    assert not list(line.pipeline.ledger.releases())
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file() and b"JANE" in path.read_bytes()]
    line.add(lines(ROW))
    assert len(list(line.pipeline.ledger.releases())) == 1


@pytest.mark.real_data
def test_every_public_file_at_hand_is_let_through(real_data: Path) -> None:
    for path in sorted(real_data.rglob("*")):
        if path.is_file():
            refuse_identified_people(path)


@pytest.mark.parametrize(
    "header",
    [
        "full_name", "Surname", "nombre,apellido", "apellido paterno", "birth_dt", "Birthday", "Fecha de Nacimiento",
        "EID Subject ID", "person_id", "home phone",
    ],
)  # fmt: skip
def test_a_column_of_a_person_that_no_source_declares_is_refused(tmp_path: Path, header: str) -> None:
    path = written(tmp_path, f"Facility,{header}\nBoth,{','.join(['said'] * (header.count(',') + 1))}\n")
    with pytest.raises(ReleaseError, match="about identified people"):
        refuse_identified_people(path)
    refuse_identified_people(path, header.split(","))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("remarks", ["subject M. Lopez A12345678{} was moved", "A 123-456-78{} held", "of A12345678{}"]),
        ("note", ["DOB 1/{}/1980", "dob: 0{}-02-1981, moved", "born 3.{}.82"]),
        ("Name", ["LOPEZ{}, MARIA", "Ruiz{}, Juan C.", "O'Neil{}, Ann"]),
        ("EID", ["{}" + "a" * 63, "{}" + "b" * 63, "{}" + "c" * 63]),
    ],
)
def test_cells_that_tell_of_persons_under_any_head_are_refused(tmp_path: Path, header: str, cells: list[str]) -> None:
    rows = "\n".join(f'{place},"{cell.format(place)}"' for place, cell in enumerate(cells, start=1))
    with pytest.raises(ReleaseError, match="about identified people"):
        refuse_identified_people(written(tmp_path, f"key,{header}\n{rows}\n"))


def test_places_firms_hashes_of_files_and_numbers_of_contracts_are_let_through(tmp_path: Path) -> None:
    rows = "\n".join(
        f'70CDCR20A0000000{place},"Dallas{place}, Texas","Acme {place}, Inc.",{str(place) * 64}'
        for place in range(1, 6)
    )
    refuse_identified_people(written(tmp_path, f"award,place of performance,vendor,sha256\n{rows}\n"))


def test_a_header_below_many_lines_of_a_preamble_is_found(tmp_path: Path) -> None:
    preamble = "".join(f"line {place} of what this is\n" for place in range(30))
    with pytest.raises(ReleaseError, match="about identified people"):
        refuse_identified_people(written(tmp_path, f"{preamble}Area,First Name,Last Name\nMiami,Ana,Ruiz\n"))
