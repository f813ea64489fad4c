"""A substitute who was entered by mistake is taken back with a reason; past days stay."""

from datetime import date, timedelta
from typing import Any

import pytest

from foundation.accounts.models import AuditEvent
from foundation.accounts.querysets import viewer_on
from students.roster.models import ClassPost, SchoolClass
from students.staff.acts.class_teachers import set_substitute
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.staff.steps import TODAY, acting, colleague

DAY = timedelta(days=1)
WHY = "选错了人，应为隔壁班老师"


def _substitute(cast: Cast, first: date, last: date, entered: date) -> ClassPost:
    who = colleague(cast).person_id
    return set_substitute(acting(cast, day=entered), cast.here.school_class, who, first, last)


def _take_back(cast: Cast, held: ClassPost, reason: str = WHY, status: int = 200) -> str:
    client: Any = client_of(cast.person("head_teacher"))
    url = f"/staff/classes/substitutes/{held.pk}/"
    return page(client.post(url, {"reason": reason}, follow=True), status)


def _sees(held: ClassPost, day: date) -> bool:
    viewer = viewer_on(held.post.person, day)
    return SchoolClass.objects.visible_to(viewer, day).exists()


def test_one_that_has_not_begun_holds_on_no_day(cast: Cast) -> None:
    held = _substitute(cast, TODAY + DAY, TODAY + 3 * DAY, TODAY)
    words = _take_back(cast, held)
    assert "的代课已撤回" in words
    assert "已撤回</span>" in words
    assert WHY in words
    assert not any(_sees(held, TODAY + n * DAY) for n in range(5))
    assert AuditEvent.objects.get(verb="substitute_taken_back").reason == WHY


def test_the_right_one_is_entered_for_the_same_days(cast: Cast) -> None:
    held = _substitute(cast, TODAY, TODAY + DAY, TODAY)
    _take_back(cast, held)
    again = set_substitute(
        acting(cast), cast.here.school_class, held.post.person_id, TODAY, TODAY + DAY
    )
    assert _sees(again, TODAY)


def test_days_that_are_past_stay(cast: Cast) -> None:
    held = _substitute(cast, TODAY - 2 * DAY, TODAY + 2 * DAY, TODAY - 2 * DAY)
    assert "提前结束" in _take_back(cast, held)
    assert [_sees(held, TODAY + n * DAY) for n in (-2, -1, 0, 1)] == [True, True, False, False]


def test_one_that_is_over_is_not_offered_and_refused(cast: Cast) -> None:
    held = _substitute(cast, TODAY - 2 * DAY, TODAY - DAY, TODAY - 2 * DAY)
    listing = f"/staff/classes/substitutes/?school={cast.here.school.pk}"
    words = page(client_of(cast.person("head_teacher")).get(listing))
    assert "登记错了，撤回" not in words
    assert "这次代课已经结束，过去的记录不能改。" in _take_back(cast, held, status=422)


@pytest.mark.parametrize("reason", ["", "无", "同意"])
def test_a_reason_is_asked_for(cast: Cast, reason: str) -> None:
    held = _substitute(cast, TODAY, TODAY, TODAY)
    assert 'role="alert"' in _take_back(cast, held, reason, 422)
    held.refresh_from_db()
    assert held.ended_at is None
