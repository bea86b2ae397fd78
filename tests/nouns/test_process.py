"""What is wrong with a process as written is told all at once, each with its place."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tallystick.nouns.process import Process, faults


def written(**changed: Any) -> Process:
    """A process of three stages, with what a test changes."""
    told: dict[str, Any] = {
        "title": "Permits",
        "about": "How long a permit takes.",
        "unit": {"called": "permit", "means": "one application"},
        "events": {"asked": "asked for", "read": "read", "tested": "tested", "given": "given"},
        "stages": {
            "reading": {"means": "until read", "enters": "asked", "leaves": "read"},
            "testing": {"means": "until tested", "enters": "read", "leaves": "tested"},
            "giving": {"means": "until given", "enters": "tested", "leaves": "given"},
        },
        "overall": {"enters": "asked", "leaves": "given"},
    }
    return msgspec.convert(told | changed, Process)


def stages(**changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(written())["stages"]
    return {name: one | changed.get(name, {}) for name, one in told.items()}


def told(process: Process) -> list[tuple[str, str]]:
    return [(where, says) for where, says, _ in faults(process)]


def test_a_process_as_it_should_be_has_no_fault() -> None:
    assert told(written()) == []


def test_an_event_that_is_none_is_told_with_those_that_are() -> None:
    process = written(stages=stages(testing={"leaves": "testd"}))
    ((where, says, known),) = faults(process)
    assert (where, says) == ("stages, testing, leaves", "no event is called 'testd'")
    assert "tested" in known


def test_a_stage_that_ends_before_it_starts_is_a_fault() -> None:
    process = written(stages=stages(testing={"enters": "tested", "leaves": "read"}))
    assert ("stages, testing", "it ends with 'read' before it starts with 'tested'") in told(process)


def test_a_stage_of_one_event_is_a_fault_that_says_so() -> None:
    process = written(stages=stages(testing={"enters": "tested", "leaves": "tested"}))
    assert ("stages, testing", "it starts and ends with the same event, 'tested'") in told(process)


def test_a_stage_that_is_not_there_is_told_where_it_is_named() -> None:
    process = written(
        stages=stages(reading={"then": ["printing"]}),
        loops=[{"back_from": "giving", "to": "raeding", "because": "x"}],
    )
    assert ("stages, reading, then", "no stage is called 'printing'") in told(process)
    assert ("loops, row 1, to", "no stage is called 'raeding'") in told(process)


def test_a_way_back_is_a_fault_unless_it_is_a_loop_that_is_meant() -> None:
    back = stages(testing={"then": ["giving", "reading"]})
    ((where, says),) = told(written(stages=back))
    assert where == "stages"
    assert "reading" in says
    assert "testing" in says
    meant = [{"back_from": "testing", "to": "reading", "because": "a test that fails sends it back"}]
    assert told(written(stages=back, loops=meant)) == []


def test_all_faults_are_told_at_once() -> None:
    process = written(
        stages=stages(reading={"enters": "askd"}, giving={"then": ["nowhere"]}),
        exits={"read": "an event of a stage too"},
        milestones="some_table",
    )
    places = [where for where, _ in told(process)]
    assert {"stages, reading, enters", "stages, giving, then", "exits, read", "milestones"} <= set(places)


def test_a_stage_may_not_be_called_as_the_whole_way() -> None:
    changed = stages() | {"overall": {"means": "all", "enters": "asked", "leaves": "given"}}
    assert [where for where, _ in told(written(stages=changed))] == ["stages, overall"]


@pytest.mark.parametrize("days", [0, -3])
def test_a_target_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(msgspec.ValidationError, match="target"):
        written(stages=stages(reading={"target": {"days": days, "means": "x", "citation": "y"}}))


def test_a_loop_that_does_not_lead_back_is_a_fault() -> None:
    process = written(loops=[{"back_from": "reading", "to": "giving", "because": "x"}])
    assert told(process) == [("loops, row 1", "'giving' does not come before 'reading', so that this is no way back")]
