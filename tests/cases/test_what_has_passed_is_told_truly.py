"""What the case page says of past deadlines, letters and entries that came late."""

from datetime import date

import pytest

from cases.models import Case, Deadline, Dispatch
from cases.pages.timeline import entries
from cases.policy import Act
from foundation import clock
from tests.browsing import client_of, page
from tests.cases.steps import at, do, reach
from tests.cast import Cast


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    return standing_case()


@pytest.fixture
def badges(case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """``badges(day)``: the badge of each past deadline of the case page, by the duty's code."""

    def read(day: date) -> dict[str, str]:
        monkeypatch.setattr(clock, "now", lambda: at(day))
        answer = client_of(cast.person("township_officer")).get(f"/cases/{case.number}/")
        page(answer)
        return {one["row"].code: one["due"].words for one in answer.context["past"]}

    return read


def test_only_what_went_up_to_another_level_says_so(cast, case, badges) -> None:
    shown = badges(reach(cast, case, "D6"))
    assert "已转上一级" in shown["report"]  # the teacher's silence brought it to the school
    for code in ("visit", "await_return"):
        assert Deadline.objects.get(case=case, code=code).lapsed_on is not None
        assert "已转上一级" not in shown[code]
        assert shown[code].endswith("未办结")


def test_what_was_done_late_says_how_late(cast, case, badges) -> None:
    day = reach(cast, case, "D3")
    do(cast, case, Act.REGISTER, "registrar", day)
    assert badges(day)["register"] == "9月19日已完成，迟5个工作日"


def test_an_answer_signs_for_the_request(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", reach(cast, case, "D2"))
    day = date(2025, 9, 16)
    assert Dispatch.objects.get(case=case).received_on is None
    do(cast, case, Act.ANSWER, "village_cadre", day)
    sent = Dispatch.objects.get(case=case)
    assert sent.received_on == day
    assert sent.received_event is not None
    assert sent.received_event.act == Act.ANSWER


def test_a_backdated_entry_stands_at_the_day_it_happened(cast, case) -> None:
    day = reach(cast, case, "D3")
    earlier = date(2025, 9, 15)
    do(cast, case, Act.CONTACT, "registrar", day, occurred_on=earlier)
    told = entries(case.events.all(), sensitive=False)
    days = [entry.on for entry in told]
    assert days == sorted(days, reverse=True)
    at_last = max(case.events.all(), key=lambda event: event.pk)
    assert (at_last.act, at_last.occurred_on) == (Act.CONTACT, earlier)
    assert told[0].on == day or told[0].on > earlier
