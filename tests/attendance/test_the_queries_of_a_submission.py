"""What one submission asks of the database, from the session to the commit.

In the morning every class of the county calls its roll within minutes (tests/bench/
test_the_morning_burst.py measures it); each statement here is paid 1,700 times.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from cases.models import Case
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, TUE, WED
from tests.attendance.pages import Browser, absent, fields_of, undo_of

MOST = {
    "nobody is missing": 21,
    "a child is missing for the first time": 35,
    "it is missing again and a case opens": 47,
    "it stays away and the case climbs": 57,
    "it is back": 51,
}
CORRECTED, TAKEN_BACK = 39, 26


def _a_week_of(child: Child) -> Iterator[tuple[date, dict[str, Any]]]:
    """The day of each submission, and what it adds to the fields of the page."""
    again = {f"here-{child.pk}": "no"}
    yield WED, {"go": "all"}
    yield THU, {"away": str(child.pk), **absent(child, "unexcused")}
    yield FRI, again
    yield MON, again
    yield TUE, {f"here-{child.pk}": "yes"}


def test_a_submission_asks_no_more_than_this(
    page: Browser, ming: Child, hua: Child, clock_at, count_queries
) -> None:
    asked = {}
    for story, (day, changes) in zip(MOST, _a_week_of(ming), strict=True):
        clock_at(day)
        data = {**fields_of(page.open().html), **changes}
        with count_queries(connection) as seen:
            answer = page.client.post(page.path, data)
        assert answer.status_code == 302, story
        asked[story] = len(seen)
    assert Case.objects.get().stage == "D9"
    print(f"\n{asked}")
    assert {story: count for story, count in asked.items() if count > MOST[story]} == {}


def test_a_correction_asks_no_more_than_this(
    page: Browser, ming: Child, hua: Child, clock_at, count_queries
) -> None:
    clock_at(THU)
    page.open().send(away=str(ming.pk), **absent(ming, "unexcused"))
    data = {**fields_of(page.open("?edit=1").html), "away": str(hua.pk), **absent(hua, "unexcused")}
    with count_queries(connection) as seen:
        answer = page.client.post(page.path, data)
    assert answer.status_code == 302
    print(f"\n{len(seen)}")
    assert len(seen) <= CORRECTED


def test_taking_back_asks_no_more_than_this(
    page: Browser, ming: Child, hua: Child, clock_at, count_queries
) -> None:
    clock_at(THU)
    page.open().send(away=str(ming.pk), **absent(ming, "unexcused"))
    action, data = undo_of(page.html)
    with count_queries(connection) as seen:
        answer = page.client.post(action, data)
    assert answer.status_code == 302
    print(f"\n{len(seen)}")
    assert len(seen) <= TAKEN_BACK
