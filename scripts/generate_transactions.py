"""Makes files in the official 297-column layout of contract transactions, for benchmarks and tests.

    python -m scripts.generate_transactions FOLDER --rows 1000000

Every field quoted, blanks and cardinality like a department's fiscal year, nobody real in it. The same arguments
give the same rows on every machine: each cell is a hash of its row and its column.
"""

from __future__ import annotations

import argparse
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.catalog import Catalog
from tallystick.engines.duckdb import DuckDB, named, quoted
from tallystick.settings import bundled_records

SOURCE, TABLE = "usaspending_transactions", "usaspending_transactions_published"
_NOT_IN_FULL = ("only in ", "correction_delete_ind")

_LISTS = {
    "awarding_sub_agency_code": ["7012", "7014", "7003", "7013", "7022", "7001"],
    "award_type_code": ["A", "B", "C", "C", "D", ""],
    "type_of_contract_pricing_code": ["J", "J", "J", "Y", "Z", "U", ""],
    "action_type_code": ["A", "B", "C", "G", "K", "M", "", ""],
    "extent_competed_code": ["A", "A", "A", "C", "G", "F", "CDO", "D", ""],
    "type_of_set_aside_code": ["NONE", "NONE", "SBA", "8A", "SDVOSBC", ""],
    "other_than_full_and_open_competition_code": ["", "", "ONE", "SP2", "UNQ"],
    "solicitation_procedures_code": ["SP1", "NP", "MAFO", "SSS", ""],
    "fair_opportunity_limited_sources_code": ["", "", "FAIR", "FOO"],
    "parent_award_type_code": ["", "B", "C", "E"],
    "undefinitized_action_code": ["X", "X", "A", ""],
    "award_or_idv_flag": ["AWARD", "AWARD", "AWARD", "IDV"],
}
_NAMES = {
    "7012": "U.S. Immigration and Customs Enforcement", "7014": "U.S. Customs and Border Protection",
    "7003": "Citizenship and Immigration Services", "7013": "Transportation Security Administration",
    "7022": "Federal Emergency Management Agency", "7001": "Office of the Secretary",
}  # fmt: skip
_EXTENT = {
    "A": "FULL AND OPEN COMPETITION", "C": "NOT COMPETED", "G": "NOT COMPETED UNDER SAP",
    "F": "COMPETED UNDER SAP", "CDO": "COMPETITIVE DELIVERY ORDER",
    "D": "FULL AND OPEN COMPETITION AFTER EXCLUSION OF SOURCES",
}  # fmt: skip
_AWARD = {"A": "BPA CALL", "B": "PURCHASE ORDER", "C": "DELIVERY ORDER", "D": "DEFINITIVE CONTRACT"}
_ACTION = {
    "A": "ADDITIONAL WORK (NEW AGREEMENT, JUSTIFICATION REQUIRED)",
    "B": "SUPPLEMENTAL AGREEMENT FOR WORK WITHIN SCOPE",
    "C": "FUNDING ONLY ACTION", "G": "EXERCISE AN OPTION", "K": "CLOSE OUT", "M": "OTHER ADMINISTRATIVE ACTION",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What to make: `rows` actions in `parts` split files, of one `fiscal_year`, as of a day (YYYYMMDD).

    The actions are numbered from `first`, so that those of several files are others. `skewed` has few firms get most
    of the actions, and few actions most of the money, as it is; else all are alike.
    """

    rows: int = 1_000_000
    parts: int = 2
    fiscal_year: int = 2025
    as_of: str = "20260106"
    seed: int = 7
    first: int = 0
    skewed: bool = False


def layout() -> tuple[str, ...]:
    """The publisher's names of the 297 columns of a full file, as the source knows them."""
    publication = Catalog((bundled_records(),)).source(SOURCE).publishes[TABLE]
    kept = [column.names(own)[0] for own, column in publication.columns.items()]
    dropped = [name for why, names in publication.drop.items() if not why.startswith(_NOT_IN_FULL) for name in names]
    return tuple(name for name in [*kept, *dropped] if not name.startswith(_NOT_IN_FULL))


def stem(wanted: Wanted) -> str:
    """How the publisher calls the files of one agency's whole fiscal year, without the number of a part."""
    return f"FY{wanted.fiscal_year}_070_Contracts_Full_{wanted.as_of}"


def full(folder: Path, wanted: Wanted) -> Path:
    """Write the ZIP of one agency's whole fiscal year; its path."""
    name = stem(wanted)
    step = -(-wanted.rows // wanted.parts)
    starts = [wanted.first + part * step for part in range(wanted.parts)]
    end = wanted.first + wanted.rows
    parts = {
        f"{name}_{part}.csv": f"range({start}, {min(start + step, end)})" for part, start in enumerate(starts, 1)
    }
    return _zipped(folder / f"{name}_1.zip", parts, "", wanted)


def delta(folder: Path, wanted: Wanted, changed: int, as_of: str) -> Path:
    """Write the ZIP of a delta to `full`: of ten rows eight are amended, one is new, one taken away; its path."""
    name = f"FY(All)_070_Contracts_Delta_{as_of}"
    stride = max(1, wanted.rows // changed)
    number = f"{wanted.first} + CASE WHEN r % 10 = 9 THEN {wanted.rows} + r ELSE r * {stride} END"
    rows = f"(SELECT {number} AS i, r FROM range({changed}) AS r(r))"
    mark = "CASE WHEN r % 10 = 8 THEN 'D' ELSE 'C' END AS correction_delete_ind, '070' AS agency_id, "
    return _zipped(folder / f"{name}_1.zip", {f"{name}_1.csv": rows}, mark, wanted)


def _zipped(path: Path, members: dict[str, str], mark: str, wanted: Wanted) -> Path:
    cells = mark + ", ".join(_cell(name, place, wanted, mark) for place, name in enumerate(layout()))
    packing = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with TemporaryDirectory() as scratch, DuckDB(threads=2) as engine, packing as archive:
        for name, rows in members.items():
            plain = Path(scratch) / name
            of = rows if mark else f"{rows} AS r(i)"
            engine.run(f"COPY (SELECT {cells} FROM {of}) TO {quoted(str(plain))} (FORMAT csv, HEADER, FORCE_QUOTE *)")
            archive.write(plain, name)
            plain.unlink()
    return path


def _cell(name: str, place: int, wanted: Wanted, mark: str) -> str:
    chance = f"(hash(i * 1000 + {place} + {wanted.seed * 1_000_000_007}) % 1000000)::BIGINT"
    value = _known(name, wanted, chance) or _other(name, _few_large(chance) if _is_skewed(name, wanted) else chance)
    if mark:
        value = _changed(name, value)
    return f"({value})::VARCHAR AS {named(name)}"


def _changed(name: str, value: str) -> str:
    """A delta's cell: a row taken away states its key only, an amended one another amount."""
    if name == "contract_transaction_unique_key":
        return value
    if name == "federal_action_obligation":
        value = f"((({value})::DECIMAL(18,2)) + 1.25)::VARCHAR"
    return f"CASE WHEN r % 10 = 8 THEN '' ELSE ({value})::VARCHAR END"


def _pick(values: list[str], chance: str) -> str:
    return f"[{', '.join(map(quoted, values))}][1 + {chance} % {len(values)}]"


def _of(code: str, names: dict[str, str], chance: str) -> str:
    pairs = ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in names.items())
    return f"coalesce(MAP {{{pairs}}}[{_pick(_LISTS[code], chance)}], '')"


def _known(name: str, wanted: Wanted, chance: str) -> str | None:
    """The cell of a column whose values hang together with others' or have a form of their own."""
    seed = wanted.seed * 1_000_000_007
    of = {code: f"(hash(i * 1000 + {900 + at} + {seed}) % 1000000)::BIGINT" for at, code in enumerate(_LISTS)}
    if name in _LISTS:
        return _pick(_LISTS[name], of[name])
    award = "(i // 3)"
    vendor = f"(hash({award} + {seed}) % 20000)"
    if wanted.skewed:
        vendor = f"({vendor} ** 4 / 20000 ** 3)::BIGINT"  # a third of the awards goes to one firm in a hundred
    office = f"'70C' || chr(65 + ({award} % 20)::INT) || 'D' || lpad(({award} % 100)::VARCHAR, 2, '0')"
    piid = f"{office} || 'P' || lpad({award}::VARCHAR, 8, '0')"
    sub = _pick(_LISTS["awarding_sub_agency_code"], of["awarding_sub_agency_code"])
    day = f"DATE '{wanted.fiscal_year - 1}-10-01' + ({chance} % 365)::INT"
    code = "(hash(i * 7 + 3) % 800)"
    current, options = f"(hash({award} * 11 + 5 + {seed}) % 900000)", f"(hash({award} * 13 + 7) % 3) * 50000"
    return {
        "contract_transaction_unique_key": f"{sub} || '_-NONE-_' || {piid} || '_' || i || '_-NONE-_0'",
        "contract_award_unique_key": f"'CONT_AWD_' || {piid} || '_' || {sub} || '_-NONE-_-NONE-'",
        "award_id_piid": piid,
        "modification_number": "CASE i % 3 WHEN 0 THEN '0' ELSE 'P0000' || (i % 3) END",
        "transaction_number": "'0'",
        "current_total_value_of_award": f"{current} || '.25'",
        "potential_total_value_of_award": f"({current} + {options}) || '.25'",
        "parent_award_agency_id": f"CASE WHEN {chance} % 3 = 0 THEN '7001' ELSE '' END",
        "parent_award_id_piid": f"CASE WHEN {chance} % 3 = 0 THEN 'HSHQDC' || {chance} ELSE '' END",
        "awarding_agency_code": "'070'",
        "awarding_agency_name": "'Department of Homeland Security'",
        "funding_agency_code": "'070'",
        "funding_sub_agency_code": sub,
        "awarding_sub_agency_name": _of("awarding_sub_agency_code", _NAMES, of["awarding_sub_agency_code"]),
        "extent_competed": _of("extent_competed_code", _EXTENT, of["extent_competed_code"]),
        "award_type": _of("award_type_code", _AWARD, of["award_type_code"]),
        "action_type": _of("action_type_code", _ACTION, of["action_type_code"]),
        "action_date": day,
        "initial_report_date": day,
        "last_modified_date": day,
        "recipient_uei": f"upper(lpad(to_base({vendor}::BIGINT + 1000000, 36), 12, 'Q'))",
        "cage_code": f"upper(lpad(to_base({vendor}::BIGINT, 36), 5, '1'))",
        "recipient_name": f"'VENDOR NUMBER ' || {vendor} || ' HOLDINGS LLC'",
        "recipient_name_raw": f"'Vendor Number ' || {vendor} || ' Holdings, LLC'",
        "recipient_parent_name": f"'GROUP NUMBER ' || {vendor} % 5000 || ' INC'",
        "recipient_parent_uei": f"upper(lpad(to_base({vendor}::BIGINT % 5000 + 7000000, 36), 12, 'Q'))",
        "recipient_duns": f"CASE WHEN {vendor} % 3 = 0 THEN lpad({vendor}::VARCHAR, 9, '0') ELSE '' END",
        "recipient_parent_duns": f"CASE WHEN {vendor} % 3 = 0 THEN lpad({vendor}::VARCHAR, 9, '1') ELSE '' END",
        "recipient_country_code": "'USA'",
        "primary_place_of_performance_country_code": "'USA'",
        "primary_place_of_performance_state_code": _pick(["TX", "DC", "VA", "CA", "AZ", "NY", ""], chance),
        "idv_type_code": f"CASE WHEN {chance} % 8 = 0 THEN 'B' ELSE '' END",
        "number_of_offers_received": f"CASE WHEN {chance} % 9 = 0 THEN '' ELSE ({chance} % 12)::VARCHAR END",
        "product_or_service_code": f"upper(lpad(to_base({code}::BIGINT, 36), 4, 'R'))",
        "product_or_service_code_description": f"'PRODUCT OR SERVICE NUMBER ' || {code}",
        "naics_code": f"(332000 + {code})::VARCHAR",
        "naics_description": f"'INDUSTRY OF THE NUMBER ' || {code}",
        "transaction_description": f"'ORDER ' || {chance} || ' FOR SUPPLIES, \"AS AGREED\", PERIOD ' || i % 12 || "
        "CASE WHEN i % 500 = 0 THEN chr(10) || 'SECOND LINE' ELSE '' END",
        "prime_award_base_transaction_description": f"'ORDER ' || {award} || ' FOR SUPPLIES AND SERVICES'",
        "usaspending_permalink": f"'https://www.usaspending.gov/award/CONT_AWD_' || {piid} || '_7012_-NONE-_-NONE-/'",
        "treasury_accounts_funding_this_award": "'070-2025/2025-0540-000;070-X-5382-000'",
        "sole_proprietorship": f"CASE WHEN {chance} % 400 = 0 THEN 't' ELSE 'f' END",
    }.get(name)  # fmt: skip


def _is_skewed(name: str, wanted: Wanted) -> bool:
    return wanted.skewed and name == "federal_action_obligation"


def _few_large(chance: str) -> str:
    """One amount in a hundred is a hundred times as large: these have half of the money."""
    return f"({chance} * CASE WHEN {chance} % 101 = 0 THEN 100 ELSE 1 END)"


def _other(name: str, chance: str) -> str:
    """The cell of a column that is one of many like it, told by its name."""
    if name.startswith("highly_compensated") or "phone" in name or "fax" in name or "COVID" in name or "IIJA" in name:
        return "''"
    if name in ("federal_action_obligation", "total_dollars_obligated") or "value" in name or "outlayed" in name:
        sign = f"CASE {chance} % 5 WHEN 0 THEN '0' WHEN 1 THEN '-' ELSE '' END"
        return f"{sign} || ({chance} * 3 // 7) || '.' || lpad(({chance} % 100)::VARCHAR, 2, '0')"
    if name.endswith("_date"):
        return f"CASE WHEN {chance} % 4 = 0 THEN '' ELSE (DATE '2022-01-01' + ({chance} % 2500)::INT)::VARCHAR END"
    if name.endswith("_code"):
        return f"CASE WHEN {chance} % 3 = 0 THEN '' ELSE chr(65 + ({chance} % 5)::INT) END"
    if name.endswith("_name") or "address" in name:
        return f"'PLACE OR OFFICE NUMBER ' || {chance} % 700"
    if any(
        word in name for word in ("owned", "government", "college", "institution", "business", "firm", "authority")
    ):
        return f"CASE WHEN {chance} % 30 = 0 THEN 't' ELSE 'f' END"
    return f"CASE WHEN {chance} % 3 = 0 THEN '' WHEN {chance} % 3 = 1 THEN 'NO' ELSE 'NOT APPLICABLE' END"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--parts", type=int, default=2)
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    wanted = Wanted(given.rows, given.parts)
    print(full(given.folder, wanted))
    print(delta(given.folder, wanted, max(10, given.rows // 100), "20260206"))


if __name__ == "__main__":
    main()
