"""期限参数: a value from a day on, with paper and reason; what it moves is shown before."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import CaseEvent
from cases.policy import Act
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import AuditEvent, Parameter
from foundation.accounts.parameters import SPECS
from foundation.accounts.querysets import parameters_on
from tests.browsing import client_of, page
from tests.cases.steps import a_case, at, deadline, do, due, sweep_on
from tests.cast import make_child

FRI, MON, TUE, WED, THU = (date(2025, 9, n) for n in (12, 15, 16, 17, 18))
NEXT_FRI, NEXT_MON = date(2025, 9, 19), date(2025, 9, 22)
VILLAGE, PERSUADE = "/parameters/village_days/", "/parameters/persuade_days/"
PAPER = {"source": "县教体发〔2025〕15号", "reason": "县控辍保学会议议定"}
_SEEN = re.compile(r'name="seen" value="(\w+)"')


@pytest.fixture
def desk_on(cast, settings):
    def sit_down(day: date) -> Any:
        settings.CLOCK_MAY_SHIFT = True
        shift_clock(at(day) - timezone.now())
        return client_of(cast.person("county_desk"))

    return sit_down


@pytest.fixture
def case(cast):
    """Reported on Friday: the three days end on Wednesday, the village is asked on Thursday."""
    return do(cast, a_case(cast, make_child(cast.here)), Act.REPORT, "class_teacher", FRI)


def preview(desk: Any, url: str, day: date, **value: Any) -> str:
    return page(
        desk.post(f"{url}change/", {**PAPER, **value, "valid_from": day, "step": "preview"})
    )


def confirm(desk: Any, url: str, day: date, **value: Any) -> None:
    seen = _SEEN.search(preview(desk, url, day, **value))
    assert seen
    data = {**PAPER, **value, "valid_from": day, "step": "confirm", "seen": seen[1]}
    assert desk.post(f"{url}change/", data).status_code == 302


def test_what_began_on_the_effective_day_moves_with_it(cast, case, desk_on) -> None:
    desk = desk_on(FRI)
    words = preview(desk, PERSUADE, FRI, value=5)
    assert "会改期的期限：2个" in words
    assert case.number in words
    confirm(desk, PERSUADE, FRI, value=5)
    assert (due(case, "visit"), due(case, "ask_village")) == (NEXT_FRI, NEXT_MON)
    row = deadline(case, "visit")
    assert (row.days, row.parameter) == (5, "P4=5")
    told = CaseEvent.objects.filter(case=case, act=Act.REDATE).order_by("pk")
    assert [one.text for one in told] == [
        "期限参数变更，期限由9月17日改为9月19日。",
        "期限参数变更，期限由9月18日改为9月22日。",
    ]
    assert {one.person for one in told} == {cast.person("county_desk")}


@pytest.mark.parametrize("day", [MON, TUE], ids=["the day after it began", "later"])
def test_what_began_before_keeps_the_value_it_was_made_with(case, desk_on, day) -> None:
    desk = desk_on(MON)
    words = preview(desk, PERSUADE, day, value=5)
    assert "会改期的期限：0个" in words
    assert "不改期的期限：1个" in words
    confirm(desk, PERSUADE, day, value=5)
    sweep_on(MON)
    assert (due(case, "visit"), deadline(case, "visit").days) == (WED, 3)


def test_a_rung_that_begins_on_the_effective_day_has_the_new_value(cast, case, desk_on) -> None:
    confirm(desk_on(MON), VILLAGE, THU, value=1)
    sweep_on(NEXT_FRI)
    assert due(case, "answer") == NEXT_FRI  # asked on Thursday, when it came into force


def test_a_rung_that_begins_the_day_before_has_the_old_one(case, desk_on) -> None:
    confirm(desk_on(MON), VILLAGE, NEXT_FRI, value=1)
    sweep_on(NEXT_FRI)
    assert due(case, "answer") == date(2025, 9, 23)


def test_a_longer_or_shorter_time_does_not_move_a_day_that_is_over(case, desk_on) -> None:
    desk = desk_on(THU)
    confirm(desk, PERSUADE, THU, value=1)
    assert due(case, "visit") == WED


@pytest.mark.parametrize(
    ("day", "status"),
    [(FRI - timedelta(days=1), 422), (FRI, 200), (FRI + timedelta(days=1), 200)],
    ids=["the day before", "the day", "the day after"],
)
def test_a_value_is_not_effective_in_the_past(desk_on, day, status) -> None:
    data = {**PAPER, "value": 4, "valid_from": day, "step": "preview"}
    words = page(desk_on(FRI).post(f"{VILLAGE}change/", data), status)
    assert ("生效日期不能早于今天（2025年9月12日）" in words) == (status == 422)
    assert not Parameter.objects.exists()


@pytest.mark.parametrize(
    ("url", "value", "words"),
    [
        (VILLAGE, {"value": 0}, "请填写1至15之间的数"),
        (VILLAGE, {"value": "三"}, "请填写1至15之间的数"),
        (VILLAGE, {"value": 3}, "没有变更"),
        ("/parameters/roll_cutoff/", {"value": "22:00"}, "6:00至18:00"),
        ("/parameters/attempts_in_person/", {"value": 4}, "不能多于劝返的总次数"),
        ("/parameters/control_lines/", {"line_1": "11", "line_2": "1.8"}, "0至10之间"),
        ("/parameters/persuade_day_type/", {"value": "month"}, "请在列出的选项中选择"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(desk_on, url, value, words) -> None:
    data = {**PAPER, **value, "valid_from": FRI, "step": "preview"}
    assert words in page(desk_on(FRI).post(f"{url}change/", data), 422)


@pytest.mark.parametrize(
    ("url", "value", "field", "kept"),
    [
        ("/parameters/roll_cutoff/", {"value": "09:30"}, "roll_cutoff", "09:30"),
        (
            "/parameters/control_lines/",
            {"line_1": "0.5", "line_2": "1.75"},
            "control_lines",
            {"1": 50, "2": 175},
        ),
        ("/parameters/pause_in_vacation/", {"value": "False"}, "pause_in_vacation", False),
        (
            "/parameters/persuade_day_type/",
            {"value": "literal_weekday"},
            "persuade_day_type",
            "literal_weekday",
        ),
        ("/parameters/phone_days/", {"value": 0}, "phone_days", 0),
    ],
)
def test_every_sort_of_value_is_kept_as_the_rules_read_it(
    cast, desk_on, url, value, field, kept
) -> None:
    confirm(desk_on(FRI), url, MON, **value)
    assert getattr(parameters_on(cast.county.pk, MON), field) == kept
    assert getattr(parameters_on(cast.county.pk, FRI), field) != kept


def test_literal_weekdays_run_into_the_holiday(cast, desk_on) -> None:
    """The seed's own words; the choice is the county's (R5, domain 3.4)."""
    day = date(2025, 9, 29)
    case = a_case(cast, make_child(cast.here), day, date(2025, 9, 28))
    case = do(cast, case, Act.REPORT, "class_teacher", day)
    assert due(case, "visit") == date(2025, 10, 10)
    confirm(desk_on(day), "/parameters/persuade_day_type/", day, value="literal_weekday")
    assert due(case, "visit") == date(2025, 10, 2)
    assert due(case, "ask_village") == date(2025, 10, 9)


def test_the_history_says_who_when_why_and_by_which_paper(cast, desk_on) -> None:
    desk = desk_on(FRI)
    confirm(desk, VILLAGE, FRI, value=4)
    words = page(desk.get(VILLAGE))
    for told in ("4个工作日", "2025-09-12", PAPER["source"], PAPER["reason"], "county_desk甲"):
        assert told in words
    assert AuditEvent.objects.filter(verb="set_parameter").count() == 1


def test_a_value_to_come_is_corrected_and_the_first_one_is_kept(cast, desk_on) -> None:
    desk = desk_on(FRI)
    confirm(desk, VILLAGE, MON, value=4)
    confirm(desk, VILLAGE, MON, value=5)
    assert parameters_on(cast.county.pk, MON).village_days == 5
    assert Parameter.objects.filter(code="P5").count() == 2
    assert "已更正" in page(desk.get(VILLAGE))


def test_a_value_to_come_is_withdrawn(cast, desk_on) -> None:
    desk = desk_on(FRI)
    confirm(desk, VILLAGE, MON, value=4)
    assert "9月15日起4" in page(desk.get("/parameters/"))
    url = f"/parameters/values/{Parameter.objects.get().pk}/withdraw/"
    assert "请填写撤回的原因" in page(desk.post(url, {}), 422)
    assert desk.post(url, {"reason": "文件还没有印发"}).status_code == 302
    assert parameters_on(cast.county.pk, MON).village_days == 3
    assert "文件还没有印发" in page(desk.get(VILLAGE))
    assert "已经更正或撤回" in page(desk.post(url, {"reason": "再撤一次"}), 422)


def test_a_value_in_force_is_not_withdrawn(cast, desk_on) -> None:
    desk = desk_on(FRI)
    confirm(desk, VILLAGE, FRI, value=4)
    url = f"/parameters/values/{Parameter.objects.get().pk}/withdraw/"
    assert "已经生效，不能撤回" in page(desk.post(url, {"reason": "写错了"}), 422)
    assert parameters_on(cast.county.pk, FRI).village_days == 4


def test_what_nothing_obeys_is_neither_shown_nor_set(desk_on) -> None:
    desk = desk_on(FRI)
    words = page(desk.get("/parameters/"))
    for spec in SPECS:
        assert (f"/parameters/{spec.field}/" in words) == spec.is_read, spec.code
        expected = 200 if spec.is_read else 404
        assert desk.get(f"/parameters/{spec.field}/change/").status_code == expected


def test_others_read_the_values_and_set_none(cast, desk_on) -> None:
    desk_on(FRI)
    for role in ("head_teacher", "village_cadre", "administrator"):
        client = client_of(cast.person(role))
        assert "变更取值" not in page(client.get(VILLAGE))
        assert client.post(f"{VILLAGE}change/", {"value": 4}).status_code == 403


def test_the_preview_costs_the_same_with_many_days(
    case, desk_on, django_assert_max_num_queries
) -> None:
    desk = desk_on(FRI)
    with django_assert_max_num_queries(14):
        preview(desk, PERSUADE, FRI, value=5)
