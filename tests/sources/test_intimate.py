"""Files about identified people are refused before anything of them is kept."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

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
