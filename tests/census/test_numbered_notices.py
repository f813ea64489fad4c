"""义务教育入学通知书: one a child, numbered without gaps, its number kept for ever (R25, T01)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent
from students.census import actions as census
from students.census.models import Notice
from students.census.papers import paper_number
from tests.cast import Cast
from tests.census.steps import (
    REGISTRATION,
    SPRING,
    Primary,
    a_row,
    enter,
    issue,
    make_primary,
    origin_of,
)
from tests.doers import doing


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


def cancel(cast: Cast, notice: Notice, reason: str = "姓名有误") -> Notice:
    """The township declares a notice void."""
    viewer = cast.viewer("township_officer", SPRING)
    return census.cancel_notice(
        doing(viewer, origin_of(cast, "township_officer"), today=SPRING), notice.pk, reason
    )


def serve(cast: Cast, notices: list[Notice], day: date, name: str = "") -> int:
    """The township records that notices were handed over."""
    viewer, origin = cast.viewer("township_officer", day), origin_of(cast, "township_officer")
    return census.serve_notices(
        doing(viewer, origin, today=day), [n.pk for n in notices], day, name
    )


def test_a_number_has_hexagonal_brackets_and_no_leading_zero() -> None:
    assert paper_number("茂兰镇人民政府", 2026, 3) == "茂兰入通字〔2026〕第3号"


def test_numbers_follow_each_other_within_a_township_and_year(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    numbers = [notice.number for notice in issue(cast, entrants).notices]
    assert numbers == ["东入通字〔2026〕第1号", "东入通字〔2026〕第2号"]


def test_a_child_gets_one_notice_and_the_second_try_says_so(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    issue(cast, entrants)
    again = issue(cast, entrants)
    assert not again.notices
    assert "一名儿童只发一份" in again.skipped[0][1]


def test_a_notice_names_day_and_place_of_registration(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary)).notices
    assert (notice.register_on, notice.register_at) == (REGISTRATION, "东镇小学")


def test_a_cancelled_notice_keeps_its_number_and_the_next_one_is_new(
    cast: Cast, primary: Primary
) -> None:
    entrants = enter(primary)
    (first,) = issue(cast, entrants).notices
    cancel(cast, first)
    (second,) = issue(cast, entrants).notices
    assert [first.seq, second.seq] == [1, 2]
    assert list(Notice.objects.values_list("seq", flat=True)) == [1, 2]


def test_a_notice_is_cancelled_once(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary)).notices
    cancel(cast, notice)
    with pytest.raises(Refused, match="已经作废"):
        cancel(cast, notice)


def test_service_in_bulk_names_each_guardian(cast: Cast, primary: Primary) -> None:
    notices = issue(cast, enter(primary, a_row("甲一", 1), a_row("乙二", 2))).notices
    assert serve(cast, notices, SPRING) == 2
    assert set(Notice.objects.values_list("served_on", "received_by")) == {(SPRING, "王父")}


@pytest.mark.parametrize(("day", "allowed"), [(14, False), (15, True), (16, True)])
def test_service_is_no_earlier_than_the_issue(
    cast: Cast, primary: Primary, day: int, allowed: bool
) -> None:
    (notice,) = issue(cast, enter(primary)).notices
    when, today = date(2026, 6, day), date(2026, 6, 20)
    viewer, origin = cast.viewer("township_officer", today), origin_of(cast, "township_officer")
    if allowed:
        assert (
            census.serve_notices(doing(viewer, origin, today=today), [notice.pk], when, "王母") == 1
        )
    else:
        with pytest.raises(Refused, match="不能早于签发日期"):
            census.serve_notices(doing(viewer, origin, today=today), [notice.pk], when, "王母")


def test_the_next_township_issues_nothing_for_our_children(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    viewer = cast.viewer("township_officer", SPRING, there=True)
    issued = census.issue_notices(
        doing(viewer, origin_of(cast, "township_officer"), today=SPRING), [entrants[0].pk]
    )
    assert not issued.notices
    assert not Notice.objects.exists()


def test_who_may_see_but_not_issue_is_refused(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary)).notices
    viewer = cast.viewer("central_school", SPRING)
    with pytest.raises((PermissionDenied, Refused)):
        census.cancel_notice(
            doing(viewer, origin_of(cast, "central_school"), today=SPRING), notice.pk, "试"
        )
    assert Notice.objects.standing().count() == 1


def test_issuing_leaves_its_numbers_in_the_audit(cast: Cast, primary: Primary) -> None:
    entrants = enter(primary)
    issue(cast, entrants)
    event = AuditEvent.objects.get(verb="issue_notices")
    assert event.children == [entrants[0].child_id]
    assert event.details == {"numbers": ["东入通字〔2026〕第1号"]}
