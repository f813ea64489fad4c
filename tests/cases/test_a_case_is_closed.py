"""销号 from the village on: ten days there, one unit asks, others confirm and approve (3.6)."""

from datetime import date

import pytest

from cases.acts.performing import Deed, perform
from cases.models import Case, Closure, Deadline
from cases.policy import Act, NotAllowed, Stage
from foundation.accounts.actions import grant_post
from foundation.accounts.audit import Origin
from foundation.accounts.querysets import viewer_on
from foundation.messaging.models import Message
from students.roster.models import Child
from tests.cases.steps import (
    EVIDENCE,
    a_case,
    at,
    call_roll,
    deadline,
    do,
    due,
    event,
    night_after,
    reach,
    school_days,
    stage,
    sweep_on,
)
from tests.cast import LONG_AGO, Cast, make_child
from tests.clear_text import tables_with
from tests.doers import doing
from tests.repeated import Repeated

BACK = date(2025, 9, 19)


@pytest.fixture(scope="module")
def _standing(_stands: bool, _repeated: Repeated[Cast]) -> tuple[int, int]:
    """Back since the village's rung, nine days there: the case and its child."""
    assert _stands
    cast = _repeated.tell()
    case = a_case(cast, make_child(cast.here))
    reach(cast, case, "D3")
    for day in school_days(cast, BACK, 9):
        call_roll(cast, day)
    return case.pk, case.child_id


@pytest.fixture
def child(cast: Cast, _standing: tuple[int, int]) -> Child:
    return Child.objects.get(pk=_standing[1])


@pytest.fixture
def days(cast: Cast):
    """School days from the return on."""
    return school_days(cast, BACK, 30)


@pytest.fixture
def observed(cast: Cast, _standing: tuple[int, int]) -> Case:
    case = Case.objects.get(pk=_standing[0])
    assert case.stage == Stage.D9
    return case


@pytest.fixture
def asked(cast: Cast, observed, days):
    """Ten days there, and the school has asked."""
    call_roll(cast, days[9])
    return do(cast, observed, Act.REQUEST_CLOSURE, "registrar", days[9])


def test_nine_days_are_too_few_and_the_message_says_how_many(cast, observed, days) -> None:
    with pytest.raises(NotAllowed, match="须连续在校10个上课日，现为9个"):
        do(cast, observed, Act.REQUEST_CLOSURE, "registrar", days[8])
    assert not Closure.objects.exists()


def test_what_proves_a_closure_is_sealed(cast: Cast, observed, days) -> None:
    call_roll(cast, days[9])
    said = "祖母签名的返校说明"
    do(cast, observed, Act.REQUEST_CLOSURE, "registrar", days[9], evidence_note=said)
    assert tables_with(said) == set()
    assert Closure.objects.get().evidence_note == said


def test_on_the_tenth_day_the_school_may_ask(asked, days) -> None:
    assert deadline(asked, "request_closure").met_on == days[9]
    assert due(asked, "request_closure") == days[10]
    assert asked.stage == Stage.D9


def test_the_township_confirms_and_the_county_approves(cast, asked, days) -> None:
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])
    do(cast, asked, Act.APPROVE_CLOSURE, "county_desk", days[11])
    assert (asked.stage, asked.outcome, asked.closed_on) == (Stage.DX, "C01", days[11])
    for code, day in (("confirm_closure", days[10]), ("approve_closure", days[11])):
        row = deadline(asked, code)
        assert (row.met_on, row.void_on) == (day, None)
    closed = event(asked, Act.APPROVE_CLOSURE)
    assert (closed.from_stage, closed.to_stage, closed.unit) == ("D9", "DX", cast.county)
    assert not Deadline.objects.owed().filter(case=asked).exists()


def test_each_has_ten_working_days_and_is_told(cast, asked, days) -> None:
    assert deadline(asked, "confirm_closure").day0 == days[9]
    assert Message.objects.filter(to_unit=cast.here.township, title="乡镇确认销号申请").exists()
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])
    assert deadline(asked, "approve_closure").day0 == days[10]
    assert Message.objects.filter(to_unit=cast.county, title="县教育局核准销号").exists()


def test_a_confirmation_that_is_late_is_told_to_the_county(cast, asked) -> None:
    late = Message.objects.filter(to_unit=cast.county, title="下级逾期：乡镇确认销号申请")
    row = deadline(asked, "confirm_closure")
    sweep_on(row.due_on)
    assert not late.exists()
    sweep_on(row.missed_on)
    assert late.count() == 1


def test_the_county_does_not_approve_before_the_township_has_confirmed(cast, asked, days) -> None:
    with pytest.raises(NotAllowed, match="还没有乡镇确认"):
        do(cast, asked, Act.APPROVE_CLOSURE, "county_desk", days[10])


def _with_post(cast: Cast, role: str, person_of: str) -> None:
    unit = {"township_officer": cast.here.township, "county_desk": cast.county}[role]
    person = cast.person(person_of)
    cast.here.people[role] = grant_post(person, role, unit, LONG_AGO, None)


def test_who_asked_does_not_confirm(cast, asked, days) -> None:
    _with_post(cast, "township_officer", "registrar")
    with pytest.raises(NotAllowed, match="不能是同一人"):
        do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])


@pytest.mark.parametrize("other", ["registrar", "township_leader"])
def test_who_asked_or_confirmed_does_not_approve(cast, asked, days, other: str) -> None:
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_leader", days[10])
    _with_post(cast, "county_desk", other)
    with pytest.raises(NotAllowed, match="不能是同一人"):
        do(cast, asked, Act.APPROVE_CLOSURE, "county_desk", days[11])
    assert stage(asked) == Stage.D9


def test_nobody_answers_before_the_request_was_made(cast, asked, days) -> None:
    with pytest.raises(NotAllowed, match="日期不能早于申请日期"):
        do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10], occurred_on=days[8])


def test_one_request_at_a_time(cast, asked, days) -> None:
    with pytest.raises(NotAllowed, match="已有一份销号申请在办理"):
        do(cast, asked, Act.REQUEST_CLOSURE, "registrar", days[10])


@pytest.mark.parametrize("confirmed", [False, True])
def test_refused_it_goes_back_to_the_school(cast, asked, days, confirmed: bool) -> None:
    role, code = "township_officer", "confirm_closure"
    if confirmed:
        do(cast, asked, Act.CONFIRM_CLOSURE, role, days[10])
        role, code = "county_desk", "approve_closure"
    do(cast, asked, Act.REFUSE_CLOSURE, role, days[11])
    assert (asked.stage, deadline(asked, code).met_on) == (Stage.D9, days[11])
    assert Closure.objects.get().approved is False
    assert Message.objects.filter(to_unit=cast.here.school.unit, title="销号申请被退回").exists()
    owed = Deadline.objects.owed().get(case=asked)
    assert (owed.code, owed.due_on) == ("request_closure", days[12])


def test_a_refused_request_can_be_made_again_and_the_roll_changes_no_day(cast, asked, days) -> None:
    do(cast, asked, Act.REFUSE_CLOSURE, "township_officer", days[10])
    call_roll(cast, days[11])
    assert due(asked, "request_closure") == days[11]
    do(cast, asked, Act.REQUEST_CLOSURE, "registrar", days[11])
    assert Closure.objects.filter(decided__isnull=True).count() == 1


def test_the_township_does_not_refuse_what_it_has_confirmed(cast, asked, days) -> None:
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])
    with pytest.raises(NotAllowed, match="请联系县教育局"):
        do(cast, asked, Act.REFUSE_CLOSURE, "township_leader", days[10])


def test_a_county_that_refuses_first_leaves_the_township_owing_nothing(cast, asked, days) -> None:
    do(cast, asked, Act.REFUSE_CLOSURE, "county_desk", days[10])
    row = deadline(asked, "confirm_closure")
    assert (row.met_on, row.void_on) == (None, days[10])


def test_away_again_ends_the_request_that_said_it_was_back(cast, asked, child, days) -> None:
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])
    call_roll(cast, days[10], child)
    assert stage(asked) == Stage.D9
    call_roll(cast, days[11], child)
    assert stage(asked) == Stage.D3
    assert Closure.objects.get().approved is False
    assert deadline(asked, "approve_closure").void_on == days[11]
    with pytest.raises(NotAllowed, match="没有待办理的销号申请"):
        do(cast, asked, Act.APPROVE_CLOSURE, "county_desk", days[12])


def test_a_closed_case_owes_nothing_and_takes_nothing(cast, asked, days) -> None:
    do(cast, asked, Act.CONFIRM_CLOSURE, "township_officer", days[10])
    do(cast, asked, Act.APPROVE_CLOSURE, "county_desk", days[11])
    before = Message.objects.count()
    night_after(days[29])
    assert Message.objects.count() == before
    deed = Deed(asked.pk, Act.CONTACT, None, {"occurred_on": days[12], **EVIDENCE[Act.CONTACT]})
    post = cast.post("registrar")
    with pytest.raises(NotAllowed, match="「已销号」阶段"):
        perform(
            doing(
                viewer_on(post.person, days[12]),
                Origin(post.person_id),
                today=days[12],
                now=at(days[12]),
            ),
            deed,
        )
