"""Every check, in the order of their Findings. To add one: write a function over a `Subject`, list it here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tallystick.archive.ledger import Publication
from tallystick.checks import (
    capture,
    dates,
    days,
    doubled,
    drift,
    entities,
    figures,
    homonyms,
    kinds,
    listed,
    lists,
    meanings,
    missingness,
    months,
    moved,
    names,
    pages,
    pairs,
    placed,
    promised,
    repeats,
    restated,
    rows,
    sheets,
    shifted,
    slid,
    strayed,
    told_by,
    totals,
    twice,
    vocabulary,
    words,
)
from tallystick.checks.dossier import Dossier, WholeCheck
from tallystick.checks.profile import profiles
from tallystick.checks.promised import promised_scopes
from tallystick.checks.subject import Check, Comparison, Subject
from tallystick.engines.duckdb import DuckDB
from tallystick.nouns.finding import Finding
from tallystick.nouns.release import Release
from tallystick.nouns.source import Source

Lists = Mapping[str, tuple[Path, ...]]
"""The published files of each list of codes, by its table."""
_NO_LISTS: Lists = {}

OF_ONE_RELEASE: tuple[Check, ...] = (
    rows.row_count,
    rows.empty_column,
    rows.blank_amount,
    rows.missing_part,
    rows.column_not_there,
    rows.stray_year,
    rows.days_to_come,
    days.running_year,
    days.stale_capture,
    days.unknown_day,
    months.month_without_rows,
    repeats.duplicate_rows,
    repeats.indistinguishable_rows,
    repeats.unstable_paging,
    repeats.ambiguous_key,
    capture.truncated_capture,
    promised.promised_scope,
    promised.scope_row_count,
    totals.implausible_amount,
    totals.above_its_bound,
    pairs.crossed_pair,
    listed.listed_pairs,
    meanings.miscalled_code,
    meanings.word_never_seen,
    placed.out_of_range,
    placed.missing_group,
    placed.counting_rule,
    placed.redaction,
    missingness.missingness_shift,
    homonyms.homonyms,
)

BESIDE_THE_LAST: tuple[Comparison, ...] = (
    drift.missing_scope,
    drift.row_count_drift,
    months.missing_month,
    drift.filled_drift,
    drift.zero_drift,
    drift.late_arrival,
    days.undated_successor,
    restated.restatement,
    restated.power_of_ten,
    pages.missing_page,
    strayed.strayed_column,
    vocabulary.changed_words,
    pairs.rematched_pair,
)

OF_THE_WHOLE: tuple[WholeCheck, ...] = (
    names.name_contradicts,
    names.future_date,
    sheets.same_tab,
    sheets.date_bumped,
    sheets.stale_tab,
    sheets.wrong_fiscal_year,
    sheets.hidden_sheet,
    sheets.not_understood,
    dates.name_corrected,
    dates.days_after_the_name,
    dates.impossible_date,
    dates.words_instead,
    lists.already_listed,
    lists.list_of_another,
    lists.revised_value,
    lists.several_values,
    twice.told_twice,
    kinds.unknown_category,
    kinds.category_gone,
    slid.slid_column,
    slid.out_of_its_group,
    moved.moved_cell,
    moved.shifted_row,
    told_by.told_otherwise,
    figures.parts_and_total,
    figures.beside_the_last,
    shifted.months_shifted,
    entities.columns_apart,
    entities.tables_apart,
    doubled.doubled_rows,
    entities.merged_by_name,
    entities.renamed_or_removed,
    entities.column_zeroed,
    entities.numbers_swapped,
    words.misspelt,
    words.corrupted_text,
    words.replaced_everywhere,
    words.untidy,
)


@cache
def how_we_judge() -> str:
    """Changes when any file of this folder does: Findings kept under another way of judging are made anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def subjects(
    release: Release,
    source: Source,
    publication: Publication,
    published: Callable[[str, str], Path],
    engine: DuckDB,
    lists: Lists = _NO_LISTS,
) -> Iterator[Subject]:
    """Every published file of a release, measured.

    `published` says where a table's file lies, `lists` where the files of the lists of codes lie.
    """
    for file in publication.files:
        told = source.publishes[file["table"]]
        path = published(file["table"], file["file"])
        measured = profiles(engine, path, told, source.deletes)
        promises = promised_scopes(release, source, told)
        yield Subject(
            release, file["table"], told, file["restates"], path, measured, engine, source.deletes, promises, lists
        )


def judge(subject: Subject) -> tuple[Finding, ...]:
    """What every check of one release finds."""
    return tuple(finding for check in OF_ONE_RELEASE for finding in check(subject))


def judge_beside(subject: Subject, earlier: Subject, scopes: tuple[str, ...]) -> tuple[Finding, ...]:
    """What every check finds that holds a release against the one in force before it for `scopes`."""
    return tuple(finding for check in BESIDE_THE_LAST for finding in check(subject, earlier, scopes))


def judge_whole(dossier: Dossier) -> tuple[Finding, ...]:
    """What every check finds that looks at a release's tables beside one another, its series and other lists."""
    return tuple(finding for check in OF_THE_WHOLE for finding in check(dossier))
