"""An answer as a file: what its name, its bytes and its second sheet say."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from tallystick.bench import Bench
from tallystick.errors import UnknownName
from tallystick.nouns.metric import Answer, Question, Values
from tallystick.views.download import Form, download, file_name, form_of
from tests.views.conftest import ACTIONS, TOTAL
from tests.views.sheets import sheets_in


def test_every_form_holds_the_same_figures_to_the_cent(small_bench: Bench) -> None:
    answer = small_bench.ask(Question("obligations", {"agency": "ICE"}, ("piid",)))
    made = {form: download(small_bench, answer, form).body for form in Form}
    table = pq.read_table(io.BytesIO(made[Form.PARQUET]))["value"].to_pylist()
    told = [row["value"] for row in json.loads(made[Form.JSON], parse_float=Decimal)["rows"]]
    listed = [Decimal(line.rpartition(",")[2]) for line in made[Form.CSV].decode().splitlines()[1:]]
    sheet = [Decimal(str(row[1])) for row in sheets_in(made[Form.XLSX]).cells["Rows"][1:]]
    assert table == told == listed == sheet
    assert (len(table), sum(table)) == (ACTIONS, TOTAL)


def test_a_workbook_and_parquet_carry_definition_edition_sources_and_address(small_bench: Bench) -> None:
    answer = small_bench.ask(Question("obligations", {"agency": "ICE"}))
    about = dict(sheets_in(download(small_bench, answer, Form.XLSX, "http://x/data").body).cells["About"])
    assert about["edition"] == answer.edition == small_bench.edition.id
    assert about["definition"] == answer.definition
    assert about["sources licence"] == "us-public-domain"
    assert about["address"] == "http://x/data"
    told = pq.read_schema(io.BytesIO(download(small_bench, answer, Form.PARQUET, "http://x/data").body)).metadata
    assert json.loads(told[b"sources"])[0]["licence"] == "us-public-domain"
    assert (told[b"edition"].decode(), told[b"address"]) == (answer.edition, b"http://x/data")


def test_a_file_is_named_for_its_question_and_its_edition() -> None:
    where: dict[str, Values] = {"agency": ["ICE", "CBP"], "recipient_name": 'A/B "é"\r\n'}
    asked = Question("obligations", where, ("month", "psc"))
    name = file_name(Answer(asked, "USD", "", "abc", ()), Form.CSV)
    assert name == "obligations_agency-ICE-CBP_recipient_name-A-B_by-month-psc_abc.csv"


def test_a_wrong_form_gets_near_ones() -> None:
    with pytest.raises(UnknownName) as caught:
        form_of("cvs")
    assert "csv" in caught.value.next_step
