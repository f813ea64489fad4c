"""What is told of a talk fits together, and a visit to a closed door meets no duty of a visit."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from cases.rules.contacts import contradiction, is_face_to_face, promise_error
from foundation import clock
from tests.browsing import stale_client_of
from tests.cases.steps import OPENED, a_case, at, deadline, do, reach
from tests.cast import Cast, make_child
from tests.roster.pages import text

YEAR_ENDS = date(2026, 8, 31)
TALK = {
    "method": "visit",
    "participants": "班主任甲",
    "content": "讲明义务教育法的要求，动员返校",
}


@pytest.mark.parametrize(
    ("result", "attitude"),
    [
        ("promised", "refuses"),
        ("later", "refuses"),
        ("later", "unreachable"),
        ("refuses", "agrees"),
        ("nobody_met", "agrees"),
        ("nobody_met", "refuses"),
        ("lost", "agrees"),
    ],
)
def test_a_result_against_the_attitude_is_named(result: str, attitude: str) -> None:
    assert "两者不符" in contradiction(result, attitude, "", None)


@pytest.mark.parametrize(
    ("result", "attitude"),
    [
        ("promised", "agrees"),
        ("promised", ""),
        ("later", "hesitates"),
        ("hesitates", "hesitates"),
        ("refuses", "refuses"),
        ("nobody_met", "unreachable"),
        ("nobody_met", ""),
        ("lost", "unreachable"),
        ("back", "agrees"),
    ],
)
def test_what_fits_passes(result: str, attitude: str) -> None:
    assert contradiction(result, attitude, "", None) == ""


def test_nobody_met_names_nobody_and_promises_nothing() -> None:
    assert "见到何人" in contradiction("nobody_met", "", "祖母", None)
    assert "承诺返校日期" in contradiction("nobody_met", "", "", OPENED)
    assert "承诺返校日期" in contradiction("refuses", "refuses", "父亲", OPENED)


@pytest.mark.parametrize(
    ("promised", "fits"),
    [
        (date(2025, 9, 11), False),
        (OPENED, True),
        (YEAR_ENDS, True),
        (date(2026, 9, 1), False),
        (date(2029, 9, 1), False),
    ],
)
def test_a_promise_lies_between_the_talk_and_the_end_of_the_school_year(promised, fits) -> None:
    assert (promise_error(promised, OPENED, YEAR_ENDS) == "") is fits


@pytest.mark.parametrize("method", ["visit", "workplace", "meeting"])
def test_face_to_face_means_that_somebody_was_met(method: str) -> None:
    assert is_face_to_face(method, "hesitates")
    assert not is_face_to_face(method, "nobody_met")
    assert not is_face_to_face("phone", "hesitates")


# --- through the page and in the case ------------------------------------------------------------


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, make_child(cast.here))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"contact_result": "promised", "attitude": "refuses"}, "两者不符，请改正其中一项"),
        ({"contact_result": "nobody_met", "attitude": "agrees"}, "两者不符，请改正其中一项"),
        (
            {"contact_result": "later", "promised_on": "2029-03-01", "met": "父亲"},
            "不能晚于本学年结束",
        ),
        ({"contact_result": "later", "met": "父亲"}, "请填写承诺返校日期"),
        ({"contact_result": "hesitates"}, "请写明见到何人"),
    ],
)
def test_the_form_asks_again_and_keeps_what_was_typed(cast, case, monkeypatch, said, words) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    client = stale_client_of(cast.person("class_teacher"))
    data = {"version": case.version, "occurred_on": OPENED, **TALK, **said}

    shown = text(client.post(reverse("act", args=[case.number, Act.CONTACT]), data), 422)

    assert words in shown
    assert TALK["content"] in shown
    assert not case.contacts.exists()


@pytest.mark.django_db
def test_a_closed_door_is_recorded_and_meets_no_duty_of_a_visit(cast, case) -> None:
    day = reach(cast, case, "D2")
    do(cast, case, Act.CONTACT, "class_teacher", day, method="visit", contact_result="nobody_met")

    assert case.contacts.get().in_person is False
    assert deadline(case, "visit").met_on is None
    assert deadline(case, "contact").met_on == day

    do(cast, case, Act.CONTACT, "class_teacher", day, method="visit", time=time(18))
    assert deadline(case, "visit").met_on == day


@pytest.mark.django_db
def test_who_records_a_talk_is_filled_in_and_a_call_needs_nobody_else(
    cast, case, monkeypatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    client = stale_client_of(cast.person("class_teacher"))
    url = reverse("act", args=[case.number, "contact"])
    words = text(client.get(f"{url}?method=phone"))
    assert 'value="class_teacher甲（班主任）"' in words
    assert re.search(r'<input type="radio" name="method" value="phone"[^>]* checked', words)
    sent = {
        "version": case.version,
        "occurred_on": OPENED,
        "content": "电话联系父亲，讲明义务教育法的要求。",
        "contact_result": "hesitates",
    }
    asked = client.post(url, {**sent, "method": "visit", "met": "父亲"})
    assert "请写明参加人" in text(asked, 422)
    assert client.post(url, {**sent, "method": "phone"}).status_code == 302
