"""The contracts that the inventories of AI uses name: identifiers as written, and repairs that wait for a person."""

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

from tallystick import table

# FAR 4.1603: six characters for the office, two for the year, a letter for the instrument, four to eight of a serial.
_LONGEST = 17
_PIID = r"^[0-9A-Z]{6}[0-9]{2}[A-HJ-NP-Z][0-9A-Z]{4,8}$"
# The unique investment identifier: the agency's three digits, nine of the investment.
_INVESTMENT = r"^0\d{2}-0\d{8}$"
_SCHEDULE = r"^GS\d{2}[A-Z]\d{3,4}[A-Z]{1,2}$"  # of the schedules, numbered before these rules
_OFFICE_WITH_AN_O = r"^70O([A-Z]{3})(\d{2}[A-Z])"
_NO_WORD = r"\d.*\d.*\d.*\d"


@table(key=["use_case_key", "nth"])
def ai_use_case_contracts(ai_use_cases: Table, piid_repairs: Table, contract_actions: Table) -> Table:
    """The contracts that uses of AI name, one row an identifier: as it is written, and what it stands for.

    `said` is the identifier as the inventory has it, `piid` what may be looked up: the identifier itself where it is
    formed as one (FAR 4.1603), or what a person decided in the register of repairs; NULL while nobody has.
    `proposed_piid` is the repair that is proposed, by rule or by a row `proposed` of that register, and `repair` why;
    no figure is made of it. `standing`: as written, repaired, proposed,
    refused, an investment (an identifier of the budget, not of a contract), not understood, or no identifier (words
    only). `is_known` says whether `contract_actions` has an action of that order or under that vehicle: that it has
    none proves nothing, for the releases held are of some agencies and years.
    """
    rows = ai_use_cases.filter(ai_use_cases.contract_said == "stated")
    of = ["release_id", "member", "source_row", "use_case_key", "inventory_year", "department", "agency", "title"]
    words = rows.select(*of, "contract_raw", token=rows.contract_raw.upper().re_split(r"[^0-9A-Z-]+").unnest())
    words = words.mutate(token=words.token.re_replace(r"^-+|-+$", ""))
    found = words.filter((words.token.length() >= 8) & words.token.re_search(_NO_WORD)).distinct()
    none = rows.anti_join(found, "use_case_key").select(*of, "contract_raw", token=ibis.null("string"))
    told = found.union(none)
    register = piid_repairs.select(decided="says", means="means", choice="choice", waits_because="because")
    told = told.left_join(register, told.token == register.decided)
    kept = told.choice == "proposed"
    told = told.mutate(
        repair=ibis.coalesce(_repair(told.token), kept.ifelse(told.waits_because, None)),
        proposed_piid=ibis.coalesce(kept.ifelse(told.means, None), _proposed(told.token)),
    )
    piid = ibis.cases(
        (told.choice == "yes", told.means), (told.choice == "no", None), (_is_piid(told.token), told.token)
    )
    told = told.mutate(piid=piid, standing=_standing(told))
    looked = ibis.coalesce(told.piid, told.proposed_piid)
    actions = contract_actions
    known = ibis.union(actions.select(known="piid"), actions.select(known="parent_piid"), distinct=True)
    told = told.mutate(looked=looked).left_join(known, ibis._.looked == known.known)
    nth = ibis.row_number().over(group_by="use_case_key", order_by="token")
    return told.mutate(nth=nth).select(
        *of, "nth", "contract_raw", "piid", "standing", "proposed_piid", "repair",
        said=ibis.coalesce(told.token, told.contract_raw), is_known=told.known.notnull(),
    )  # fmt: skip


def _is_piid(token: StringValue) -> BooleanValue:
    return token.re_search(_PIID) | token.re_search(_SCHEDULE)


def _proposed(token: StringValue) -> StringValue:
    """The identifier that a dirty one may stand for; NULL where it is well formed, or nothing is near."""
    bare = token.replace("-", "")
    last = token.re_extract(r"-([^-]+)$", 1)
    tried = ibis.cases(
        (_is_piid(token) | token.re_search(_INVESTMENT), None),
        (_is_piid(bare), bare),
        (_is_piid(last), last),
        else_=_short(_office(bare)),
    )
    return ibis.ifelse(_is_piid(tried), tried, None)


def _repair(token: StringValue) -> StringValue:
    bare = token.replace("-", "")
    return ibis.cases(
        (_proposed(token).isnull(), None),
        (_is_piid(bare), "hyphens left out"),
        (_is_piid(token.re_extract(r"-([^-]+)$", 1)), "the word before it left out"),
        (bare.re_search(_OFFICE_WITH_AN_O), "the letter O for a zero of the office, put after it; zeros too many"),
        else_="zeros too many in the serial number",
    )


def _office(token: StringValue) -> StringValue:
    """With `70OCTD22F` as `70CTD022F`: the office's last zero was written as an O before its letters."""
    return token.re_replace(_OFFICE_WITH_AN_O, r"70\1" + "0" + r"\2")


def _short(token: StringValue) -> StringValue:
    """The serial number with as many zeros before it as make seventeen characters in all."""
    head, digits = token.re_extract(r"^(.*[A-Z])\d+$", 1), token.re_extract(r"[A-Z]0*([1-9]\d*)$", 1)
    room = ibis.greatest(_LONGEST - head.length(), 0)
    shorter = head + ibis.ifelse(digits.length() < room, digits.lpad(room, "0"), digits)
    return ibis.ifelse(token.length() > _LONGEST, shorter, token)


def _standing(told: Table) -> StringValue:
    return ibis.cases(
        (told.token.isnull(), "no identifier"),
        (told.choice == "yes", "repaired"),
        (told.choice == "no", "refused"),
        (_is_piid(told.token), "as written"),
        (told.token.re_search(_INVESTMENT), "an investment"),
        (told.proposed_piid.notnull(), "proposed"),
        else_="not understood",
    )
