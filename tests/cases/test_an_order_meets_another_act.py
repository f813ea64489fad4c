"""An order between its signature and its service: two at once, and the case opened again."""

from collections import Counter
from datetime import date

import pytest

from cases.models import Order
from cases.policy import Act, Stage
from foundation.accounts.actions import Refused
from foundation.papers import acts as papers
from foundation.papers.models import Paper
from tests.cases.orders import doer, drafted, entry, signed
from tests.cases.steps import a_case, call_roll, do, reach, school_days, stage
from tests.cases.together import together
from tests.cast import Cast, make_child

DAY = date(2025, 9, 29)
SEPTEMBER = tuple(date(2025, 9, day) for day in (25, 26, 28))


def _at_the_township(cast: Cast, talks=SEPTEMBER):
    case = a_case(cast, make_child(cast.here))
    reach(cast, case, "D4")
    for day in talks:
        do(cast, case, Act.CONTACT, "township_officer", day, method="visit")
    return case


def test_of_two_who_draft_at_once_one_is_told(committed_cast: Cast) -> None:
    case = _at_the_township(committed_cast)
    ends = together(*[lambda: drafted(committed_cast, case, DAY)] * 2)
    assert Counter(type(end) for end in ends) == {Paper: 1, Refused: 1}


def test_of_two_who_serve_at_once_one_is_told_and_the_week_begins_once(
    committed_cast: Cast,
) -> None:
    cast = committed_cast
    case = _at_the_township(cast)
    paper = signed(cast, case, DAY)

    def serve() -> Paper:
        return papers.serve(doer(cast, "township_officer", DAY), paper, entry(DAY))

    assert Counter(type(end) for end in together(serve, serve)) == {Paper: 1, Refused: 1}
    assert Order.objects.count() == 1
    assert case.deadlines.filter(code="await_return").count() == 1


def test_a_service_and_a_voiding_at_once_leave_one_truth(committed_cast: Cast) -> None:
    cast = committed_cast
    case = _at_the_township(cast)
    paper = signed(cast, case, DAY)
    together(
        lambda: papers.serve(doer(cast, "township_officer", DAY), paper, entry(DAY)),
        lambda: papers.void(doer(cast, "township_leader", DAY), paper, "姓名写错"),
    )
    paper.refresh_from_db()
    assert paper.state == "void"
    assert stage(case) == Stage.D4
    assert not Order.objects.filter(ended_on=None).exists()


@pytest.mark.django_db
def test_an_order_of_the_former_absence_is_not_served_when_the_case_is_opened_again(
    cast: Cast,
) -> None:
    case = _at_the_township(cast)
    former = signed(cast, case, DAY)
    days = school_days(cast, date(2025, 9, 30), 10)
    for day in days:
        call_roll(cast, day)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", days[-1])
    do(cast, case, Act.CONFIRM_CLOSURE, "township_officer", days[-1])
    do(cast, case, Act.APPROVE_CLOSURE, "county_desk", days[-1])
    again = school_days(cast, date(2025, 11, 3), 5)
    for day in again[:2]:
        call_roll(cast, day, case.child)
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", again[1])
    for day in again[1:4]:
        do(cast, case, Act.CONTACT, "township_officer", day, method="visit")
    today = again[4]
    clerk = doer(cast, "township_officer", today)
    with pytest.raises(Refused, match="上一次缺勤时签发"):
        papers.serve(clerk, former, entry(today))
    anew = signed(cast, case, today)
    papers.serve(clerk, anew, entry(today))
    assert stage(case) == Stage.D5
    # The old paper has no part in it: to void it takes nothing back.
    papers.void(doer(cast, "township_leader", today), former, "上一次缺勤的，没有送达")
    assert stage(case) == Stage.D5


@pytest.mark.django_db
def test_a_void_order_of_a_child_that_is_back_changes_where_the_case_falls_back_to(
    cast: Cast,
) -> None:
    case = _at_the_township(cast)
    paper = papers.serve(doer(cast, "township_officer", DAY), signed(cast, case, DAY), entry(DAY))
    back = date(2025, 9, 30)
    call_roll(cast, back)
    assert stage(case) == Stage.D9
    papers.void(doer(cast, "township_leader", back), paper, "姓名写错")
    case.refresh_from_db()
    assert (case.stage, case.back_to) == (Stage.D9, Stage.D4)
    row = case.deadlines.filter(code="serve_order").latest("cycle")
    assert (row.met_on, row.void_on) == (None, back)
