"""An answer that says nothing, or contradicts itself or the roll, is asked for again."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case
from cases.policy import RULES, Act, NotAllowed
from cases.rules.substance import complaint_about, is_nameless
from foundation import clock
from foundation.pages.substance import is_hollow
from tests.browsing import stale_client_of
from tests.cases.steps import (
    FIRST_MISSED,
    LAST_PRESENT,
    OPENED,
    a_case,
    at,
    by_half_days,
    call_roll,
    do,
    reach,
    the_case,
)
from tests.cast import Cast, make_child
from tests.roster.pages import text


@pytest.mark.parametrize(
    "words",
    [
        "",
        "无",
        "正常",
        "  无。",
        "一切正常！",
        "已家访，无异常",
        "。。。。。。。。。。",
        "好好好好好好好好好",
    ],
)
def test_what_says_nothing_is_known(words: str) -> None:
    assert is_hollow(words)


@pytest.mark.parametrize("words", ["电话打通，母亲答应劝", "到家中见到祖母，说去了广东"])
def test_what_says_something_is_taken(words: str) -> None:
    assert not is_hollow(words)


def test_seven_characters_are_too_few_and_eight_enough() -> None:
    assert is_hollow("甲乙丙丁戊己庚。")
    assert not is_hollow("甲乙丙丁戊己庚辛。")


# --- through the page -----------------------------------------------------------------------------


@pytest.fixture
def case(cast: Cast) -> Case:
    child = make_child(cast.here)
    call_roll(cast, LAST_PRESENT)
    return a_case(cast, child)


@pytest.fixture
def send(case, cast, monkeypatch):
    """``send(role, act, day, **fields)``: the form of the act, sent as the role."""

    def post(role: str, act: Act, day: date, status: int, **fields: object) -> str:
        monkeypatch.setattr(clock, "now", lambda: at(day))
        case.refresh_from_db()
        client = stale_client_of(cast.person(role))
        data = {"version": case.version, "occurred_on": day.isoformat()} | fields
        return text(client.post(reverse("act", args=[case.number, act]), data), status)

    return post


REPORT = {"cause": "02", "last_seen_on": LAST_PRESENT.isoformat()}


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["无", "正常", "电话未接"])
def test_an_empty_answer_is_asked_for_again_and_stays_in_the_form(cast, case, send, words) -> None:
    shown = send("class_teacher", Act.REPORT, OPENED, 422, contact_tried=words, **REPORT)

    assert "请写明具体情况（不少于8个字）" in shown
    assert words in shown
    assert not case.events.filter(act=Act.REPORT).exists()


@pytest.mark.django_db
def test_the_act_refuses_it_by_whatever_way_it_comes(cast, case) -> None:
    with pytest.raises(NotAllowed, match="请写明具体情况") as refused:
        do(cast, case, Act.REPORT, "class_teacher", OPENED, contact_tried="无", note="正常")
    assert refused.value.fields == ("contact_tried", "note")
    assert not case.events.filter(act=Act.REPORT).exists()


@pytest.mark.django_db
def test_whom_one_met_without_a_visit_is_a_contradiction(cast, case, send) -> None:
    day = reach(cast, case, "D3")
    note = "到村委会找到祖父，说明了情况"

    shown = send(
        "village_cadre", Act.ANSWER, day, 422, met="祖父", answer_result="no_effect", note=note
    )

    assert "没有勾选「已入户」，却填了见到何人" in shown


@pytest.mark.django_db
def test_without_a_visit_the_village_says_what_it_did(cast, case, send) -> None:
    day = reach(cast, case, "D3")

    shown = send("village_cadre", Act.ANSWER, day, 422, answer_result="no_effect")
    assert "没有入户的，请在「说明」里写明怎样联系、情况如何。" in shown

    note = "全家外出务工，电话联系父亲两次"
    send("village_cadre", Act.ANSWER, day, 302, answer_result="no_effect", note=note)


@pytest.mark.parametrize("words", ["无", "不详", "无。", "张", "无见证人"])
def test_who_names_nobody_is_known(words: str) -> None:
    assert is_nameless(words)
    assert not is_nameless("张父")


@pytest.mark.django_db
@pytest.mark.parametrize("act", [Act.CONFIRM_CLOSURE, Act.APPROVE_CLOSURE, Act.REFUSE_CLOSURE])
@pytest.mark.parametrize("words", ["无", "同意"])
def test_an_opinion_gives_its_reason(cast, case, act, words) -> None:
    words_asked, fields = complaint_about({"opinion": words})
    assert ("请写明意见和理由" in words_asked, fields) == (True, ("opinion",))
    assert "opinion" in RULES[act].evidence


# --- the roll has the last word -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "fits"),
    [
        (date(2025, 9, 9), False),  # the roll has the child there a day later
        (LAST_PRESENT, True),
        (FIRST_MISSED, False),  # the roll missed it that day
        (OPENED, False),
    ],
)
def test_the_day_last_seen_agrees_with_the_roll(cast, case, seen, fits) -> None:
    assert case.last_present_on == LAST_PRESENT
    if fits:
        do(cast, case, Act.REPORT, "class_teacher", OPENED, last_seen_on=seen)
        return
    with pytest.raises(NotAllowed, match="点名记着学生"):
        do(cast, case, Act.REPORT, "class_teacher", OPENED, last_seen_on=seen)


@pytest.mark.django_db
def test_a_child_there_in_the_morning_was_last_seen_that_day(cast) -> None:
    by_half_days(cast)
    child = make_child(cast.here)
    call_roll(cast, FIRST_MISSED, session="am")
    call_roll(cast, FIRST_MISSED, child, session="pm")
    for session in ("am", "pm"):
        call_roll(cast, OPENED, child, session=session)
    do(cast, the_case(child), Act.REPORT, "class_teacher", OPENED, last_seen_on=FIRST_MISSED)


@pytest.mark.django_db
def test_the_form_refuses_the_first_missed_day_as_the_last_seen(cast, case, send) -> None:
    tried = "上午给家长打了两次电话，都无人接听"
    seen = FIRST_MISSED.isoformat()
    shown = send(
        "class_teacher", Act.REPORT, OPENED, 422, cause="02", last_seen_on=seen, contact_tried=tried
    )
    assert "最后到校日期须早于这一天" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left_on", "fits"),
    [(date(2025, 9, 9), False), (LAST_PRESENT, True), (FIRST_MISSED, True), (OPENED, False)],
)
def test_the_day_a_child_left_agrees_with_the_roll(cast, case, left_on, fits) -> None:
    day = reach(cast, case, "D2")
    if fits:
        do(cast, case, Act.REGISTER, "registrar", day, left_on=left_on)
        return
    with pytest.raises(NotAllowed, match="点名记着学生"):
        do(cast, case, Act.REGISTER, "registrar", day, left_on=left_on)


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "fits"), [(-1, False), (0, True), (1, True)])
def test_a_promise_is_to_come(cast, case, ahead: int, fits: bool) -> None:
    promised = date.fromordinal(OPENED.toordinal() + ahead)
    if fits:
        do(cast, case, Act.CONTACT, "class_teacher", OPENED, promised_on=promised)
        return
    with pytest.raises(NotAllowed, match="承诺返校日期不能早于劝返当天"):
        do(cast, case, Act.CONTACT, "class_teacher", OPENED, promised_on=promised)


def test_the_act_asks_too_whichever_page_it_comes_from(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    with pytest.raises(NotAllowed, match="请写明具体情况"):
        do(cast, case, Act.REPORT, "class_teacher", case.opened_on, contact_tried="无")
    assert not case.events.filter(act=Act.REPORT).exists()
