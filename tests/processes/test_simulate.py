"""The simulation against queues of which the formulas are known, and against itself."""

from __future__ import annotations

from math import factorial, inf
from typing import Any

import msgspec
import pytest

from tallystick.catalog import Catalog
from tallystick.errors import UnknownName
from tallystick.nouns.plan import Plan
from tallystick.processes.simulate import DAYS_IN_MONTH, outcome
from tallystick.processes.staffing import load, need, settling, with_staff
from tallystick.settings import bundled_records

PER_DAY = 0.9


def queue(servers: int, **work: Any) -> Plan:
    """Units that come at random and are served by one of so many, in the order in which they come."""
    told = {
        "title": "A queue", "about": "One step.", "unit": "unit", "assumed": "all of it",
        "steps": {"only": {"means": "served", "role": "server", "work": work}},
        "staff": {"server": servers}, "arrivals_per_month": PER_DAY * DAYS_IN_MONTH, "target_days": 5,
        "warm_up_days": 300, "days": 2500,
    }  # fmt: skip
    return msgspec.convert(told, Plan)


def waiting_by_erlang(servers: int, per_day: float, work: float) -> float:
    """The mean wait of M/M/c: Erlang's C formula (1917)."""
    offered = per_day * work
    terms = [offered**n / factorial(n) for n in range(servers)]
    last = offered**servers / factorial(servers) * servers / (servers - offered)
    return last / (sum(terms) + last) * work / (servers - offered)


@pytest.mark.parametrize(("servers", "work"), [(1, 0.8), (3, 2.6), (8, 8.0)])
def test_exponential_work_waits_as_erlangs_formula_says(servers: int, work: float) -> None:
    found = outcome(queue(servers, days=work, shape="exponential"), runs=6, seed=1)
    assert found.waiting_days.low <= waiting_by_erlang(servers, PER_DAY, work) <= found.waiting_days.high
    assert found.busy["server"].value == pytest.approx(PER_DAY * work / servers, rel=0.03)


@pytest.mark.parametrize(("work", "spread"), [({"shape": "constant"}, 0.0), ({"spread": 0.7}, 0.7)])
def test_any_work_of_one_server_waits_as_pollaczek_and_khinchine_say(work: dict[str, Any], spread: float) -> None:
    """M/D/1 and M/G/1: half of (1 + spread²) times what exponential work would wait."""
    found = outcome(queue(1, days=0.8, **work), runs=6, seed=1)
    wanted = (1 + spread**2) / 2 * waiting_by_erlang(1, PER_DAY, 0.8)
    assert found.waiting_days.low <= wanted <= found.waiting_days.high


def test_with_nobody_to_wait_for_the_share_is_that_of_the_times_themselves() -> None:
    """Exponential waits of 3 days: within 5 of them is 1 - exp(-5/3)."""
    plan = msgspec.structs.replace(queue(1, days=0.0), arrivals_per_month=30.0, days=3000.0)
    step = msgspec.structs.replace(
        plan.steps["only"], wait=msgspec.convert({"days": 3, "shape": "exponential"}, type(plan.steps["only"].work))
    )
    found = outcome(msgspec.structs.replace(plan, steps={"only": step}), runs=6, seed=3)
    assert found.within_target.low <= 1 - 2.718281828 ** (-5 / 3) <= found.within_target.high


def test_a_seed_gives_one_outcome_and_is_recorded() -> None:
    plan = msgspec.structs.replace(queue(2, days=1.5), days=300.0)
    one, again, other = (outcome(plan, runs=2, seed=seed) for seed in (5, 5, 6))
    assert one == again
    assert one.seeds == (5, 6)
    assert other.waiting_days != one.waiting_days


def test_purchases_made_together_wait_half_the_days_between_them_on_average() -> None:
    plan = queue(9, days=0.0)
    step = msgspec.structs.replace(plan.steps["only"], batch_days=20.0)
    found = outcome(msgspec.structs.replace(plan, steps={"only": step}, target_days=10.0), runs=6, seed=2)
    assert found.within_target.value == pytest.approx(0.5, abs=0.02)


def test_hubs_that_share_no_staff_wait_longer_than_one() -> None:
    one = queue(4, days=3.6, shape="exponential")
    apart = outcome(msgspec.structs.replace(one, hubs=2), runs=4, seed=1)
    assert apart.waiting_days.value > outcome(one, runs=4, seed=1).waiting_days.value


@pytest.fixture(scope="module")
def staffing() -> Plan:
    plan = Catalog((bundled_records(),)).written("plans", Plan)["staffing_287g"]
    return msgspec.structs.replace(plan, days=300.0, warm_up_days=200.0)


def test_the_fewest_that_meet_a_target_are_found_and_one_fewer_misses_it(staffing: Plan) -> None:
    found = need(staffing, "programme manager", runs=(2, 2), seed=1)
    assert found.fewest is not None
    assert found.surely is not None
    assert load(staffing, "programme manager") <= found.fewest <= found.surely
    assert found.tried[found.fewest].within_target.value >= staffing.target_share
    fewer = found.fewest - 1
    assert fewer in found.unsettled or found.tried[fewer].within_target.value < 0.9


def test_a_number_of_which_queues_grow_is_never_the_answer_however_few_days_are_simulated() -> None:
    """Work for 2.25 people: two do not keep up, though within so few days their queue is not long yet."""
    only = queue(1, days=2.5, shape="constant")
    found = need(
        msgspec.structs.replace(only, target_days=60.0, days=30.0, warm_up_days=60.0), "server", (2, 2), seed=1
    )
    assert found.tried[2].within_target.value >= 0.9
    assert (found.possibly, found.fewest, found.surely) == (3, 3, 3)
    assert found.load == pytest.approx(2.25)
    assert found.unsettled == {2: inf}


def test_the_answer_lies_between_the_numbers_whose_intervals_reach_the_share(staffing: Plan) -> None:
    found = need(staffing, "programme manager", runs=(2, 2), seed=1)
    share = staffing.target_share
    assert found.possibly is not None
    assert found.surely is not None
    assert found.tried[found.possibly].within_target.high >= share
    assert found.tried[found.surely].within_target.low >= share
    assert found.possibly <= (found.fewest or 0) <= found.surely


def test_queues_settle_as_one_server_of_exponential_work_does_and_at_the_hub_that_has_the_fewest() -> None:
    """1 / (sqrt(mu) - sqrt(lambda))^2, the relaxation time of M/M/1."""
    plan = queue(1, days=0.8)
    assert settling(plan, "server", 1) == pytest.approx(1 / ((1 / 0.8) ** 0.5 - PER_DAY**0.5) ** 2)
    assert settling(plan, "server", 2) < settling(plan, "server", 1)
    two = msgspec.structs.replace(queue(1, days=2.0), hubs=2)
    assert settling(two, "server", 3) == settling(two, "server", 2)
    assert settling(msgspec.structs.replace(queue(1, days=2.5), hubs=2), "server", 3) == inf


def test_a_target_that_staff_cannot_meet_is_said_to_need_none(staffing: Plan) -> None:
    slow = msgspec.structs.replace(staffing, target_days=40.0, arrivals_per_month=5.0)
    found = need(slow, "technician", runs=(2, 2), seed=1)
    assert found.fewest is None


def test_a_role_that_is_none_is_told_with_those_that_are(staffing: Plan) -> None:
    with pytest.raises(UnknownName, match="no role is called 'manager'"):
        with_staff(staffing, "manager", 3)


def test_staff_that_no_step_needs_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="no step needs the role 'idle'"):
        msgspec.convert(msgspec.to_builtins(queue(1, days=1.0)) | {"staff": {"server": 1, "idle": 2}}, Plan)


def test_where_runs_leave_it_open_whether_the_share_is_met_there_are_more(staffing: Plan) -> None:
    """The same seeds go on: with enough runs at once the same comes out."""
    crowded = with_staff(staffing, "programme manager", 7)
    few = outcome(crowded, runs=2, seed=1)
    hard = msgspec.structs.replace(crowded, target_share=round(few.within_target.value, 3))
    assert outcome(hard, runs=2, seed=1).is_open
    more = outcome(hard, runs=2, seed=1, most=6)
    assert more.seeds in ((1, 2, 3, 4), (1, 2, 3, 4, 5, 6))
    assert more == outcome(hard, runs=len(more.seeds), seed=1)
    assert more.is_open == (len(more.seeds) == 6)
    easy = msgspec.structs.replace(crowded, target_share=0.01)
    assert outcome(easy, runs=2, seed=1, most=6).seeds == (1, 2)


def test_of_each_number_it_is_said_what_is_certain(staffing: Plan) -> None:
    found = need(staffing, "programme manager", runs=(3, 6), seed=1)
    assert found.surely is not None
    assert max(found.tried) == found.surely + 1, "the neighbour is shown too"
    for people, told in found.tried.items():
        share, wanted = told.within_target, staffing.target_share
        says = found.verdict(people)
        if people in found.unsettled:
            assert says.startswith("no answer: queues")
        else:
            assert (says == "surely enough") == (share.low >= wanted)
            assert (says == "surely too few") == (share.high < wanted)
            assert (says == "not certain") == (share.low < wanted <= share.high)
