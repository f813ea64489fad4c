"""The queue, the case page and the pages of acts, as the people of the story use them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, CaseEvent, Deadline
from cases.policy import Act
from foundation import clock
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import AuditEvent
from tests.browsing import stale_client_of
from tests.cases.steps import OPENED, a_case, at, do, reach, stage, sweep_on
from tests.cast import Cast, make_child


@pytest.fixture
def case(cast: Cast, standing):
    return standing()


@pytest.fixture(scope="module")
def standing(beside_cast):
    return beside_cast(_opened)


def _opened(cast: Cast) -> Case:
    child = make_child(
        cast.here,
        id_no="530999201205060012",
        guardians=({"name": "张父", "relation": "父亲", "phone": "10012345678"},),
    )
    return a_case(cast, child)


@pytest.fixture
def on(settings):
    """``on(day)``: from now on it is nine o'clock of that day."""

    def move(day: date) -> None:

        settings.CLOCK_MAY_SHIFT = True
        shift_clock(at(day) - timezone.now())

    return move


def sign_in(cast: Cast, role: str, there: bool = False) -> Client:
    return stale_client_of(cast.person(role, there))


def test_the_queue_shows_each_level_what_it_owes(cast, case, on) -> None:
    on(OPENED)
    page = sign_in(cast, "class_teacher").get(reverse("home")).content.decode()
    assert "班主任报告学校" in page
    assert "今日到期" in page
    assert "班主任报告学校" not in sign_in(cast, "registrar").get("/").content.decode()


def test_who_was_silent_stands_in_the_chain_as_the_history_tells(cast, case, on) -> None:
    sweep_on(date(2025, 9, 13))
    on(date(2025, 9, 13))
    page = sign_in(cast, "registrar").get(reverse("case", args=[case.number])).content.decode()
    assert "班主任报告学校：逾期未办" in page
    teacher = page[page.index('class="chain"') :].split("</li>")[0]
    assert "chain-missed" in teacher
    assert "逾期未办" in teacher


def test_the_next_township_sees_no_case_and_gets_the_page_of_a_row_that_never_was(
    cast, case, on
) -> None:
    on(OPENED)
    client = sign_in(cast, "township_officer", there=True)
    refused = client.get(reverse("case", args=[case.number]))
    never = client.get(reverse("case", args=["530999-2025-9999"]))
    assert refused.status_code == never.status_code == 404
    assert refused.content.split(b"request")[0] == never.content.split(b"request")[0]


def test_the_village_sees_the_case_only_from_the_day_it_is_asked(cast, case, on) -> None:
    client = sign_in(cast, "village_cadre")
    on(date(2025, 9, 18))
    sweep_on(date(2025, 9, 18))
    assert client.get(reverse("case", args=[case.number])).status_code == 404
    on(date(2025, 9, 19))
    sweep_on(date(2025, 9, 19))
    assert client.get(reverse("case", args=[case.number])).status_code == 200


def test_an_act_through_its_page_moves_the_case(cast, case, on) -> None:
    on(OPENED)
    client = sign_in(cast, "class_teacher")
    url = reverse("act", args=[case.number, "report"])
    assert client.get(url).status_code == 200
    answer = client.post(
        url,
        {
            "version": case.version,
            "occurred_on": OPENED,
            "last_seen_on": "2025-09-10",
            "contact_tried": "上午给家长打了两次电话，都无人接听",
            "cause": "02",
        },
    )
    assert answer.status_code == 302
    assert stage(case) == "D2"


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, case, on) -> None:
    on(OPENED)
    client = sign_in(cast, "class_teacher")
    url = reverse("act", args=[case.number, "report"])
    answer = client.post(url, {"version": case.version, "contact_tried": "家里没人接电话"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "家里没人接电话" in page
    assert "请填写初步原因" in page
    assert stage(case) == "D1"


def test_who_comes_second_is_told_and_loses_nothing(cast, case, on) -> None:
    on(OPENED)
    seen = case.version
    do(cast, case, Act.CONTACT, "registrar", OPENED)
    client = sign_in(cast, "class_teacher")
    data = {
        "version": seen,
        "occurred_on": OPENED,
        "last_seen_on": "2025-09-10",
        "contact_tried": "上午给家长打了两次电话，都无人接听",
        "cause": "02",
    }
    url = reverse("act", args=[case.number, "report"])
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "有了新的进展" in page
    assert "都无人接听" in page
    assert not CaseEvent.objects.filter(act=Act.REPORT).exists()
    case.refresh_from_db()
    assert f'value="{case.version}"' in page


def test_an_act_of_another_level_is_forbidden_inside_the_area(cast, case, on) -> None:
    on(OPENED)
    url = reverse("act", args=[case.number, "serve_order"])
    assert sign_in(cast, "class_teacher").get(url).status_code == 403


def test_a_rung_that_does_not_allow_the_act_says_so(cast, case, on) -> None:
    on(OPENED)
    url = reverse("act", args=[case.number, "serve_order"])
    answer = sign_in(cast, "township_officer").get(url)
    assert answer.status_code == 422
    assert "不能登记限期复学通知书送达" in answer.content.decode()


def test_the_phone_is_masked_until_one_tap_that_is_audited(cast, case, on) -> None:
    on(OPENED)
    client = sign_in(cast, "registrar")
    page = client.get(reverse("case", args=[case.number])).content.decode()
    assert "100****5678" in page
    assert "10012345678" not in page
    guardian = case.child.guardians.get()
    shown = client.post(reverse("call", args=[case.number, guardian.pk])).content.decode()
    assert "tel:10012345678" in shown
    row = AuditEvent.objects.get(verb="reveal_phone")
    assert (row.person, row.children) == (cast.person("registrar"), [case.child_id])


def test_why_a_day_is_counted_out_day_by_day(cast, case, on) -> None:
    on(date(2025, 9, 15))
    sweep_on(date(2025, 9, 15))
    row = Deadline.objects.get(case=case, code="ask_village")
    page = sign_in(cast, "registrar").get(reverse("why", args=[case.number, row.pk]))
    words = page.content.decode()
    assert "9月18日" in words
    visit = Deadline.objects.get(case=case, code="visit")
    words = (
        sign_in(cast, "registrar")
        .get(reverse("why", args=[case.number, visit.pk]))
        .content.decode()
    )
    assert "县级期限参数「学校劝返期限」，取值 3" in words
    assert not re.search(r"\bP4\b", words)  # a token of the page may hold the two signs
    assert "9月13日 周六（休息日）" in words


def test_a_sensitive_cause_reads_other_except_for_county_and_head_teacher(cast, case, on) -> None:
    on(OPENED)
    do(cast, case, Act.REPORT, "head_teacher", OPENED, cause="15")
    url = reverse("case", args=[case.number])
    for role, words in (("head_teacher", True), ("county_desk", True), ("registrar", False)):
        assert ("怀孕" in sign_in(cast, role).get(url).content.decode()) is words


def test_an_outcome_that_tells_of_an_offence_reads_other_except_for_county_and_head_teacher(
    cast, case, on
) -> None:
    on(OPENED)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", OPENED, outcome="C09")
    case_url, list_url = reverse("case", args=[case.number]), f"{reverse('cases')}?state=closed"
    pupil = reverse("pupil", args=[case.child_id])
    read = {
        "head_teacher": True,
        "county_desk": True,
        "registrar": False,
        "township_officer": False,
    }
    pages = [case_url, list_url, pupil]
    for closed in (False, True):
        if closed:
            do(cast, case, Act.APPROVE_CLOSURE, "county_desk", OPENED)
        for role, words in read.items():
            answers = [sign_in(cast, role).get(url) for url in pages]
            found = ["收押" in one.content.decode() for one in answers if one.status_code == 200]
            assert any(found) is words, (role, closed)
    assert all("收押" in sign_in(cast, "county_desk").get(url).content.decode() for url in pages)


def test_a_supervisor_reads_only_a_masked_name_and_may_do_nothing(cast, case, on) -> None:
    on(OPENED)
    client = sign_in(cast, "supervisor")
    page = client.get(reverse("case", args=[case.number])).content.decode()
    assert "张**" in page
    assert "张小明" not in page
    assert client.get(reverse("act", args=[case.number, "contact"])).status_code == 403


def test_the_queue_asks_the_same_number_of_queries_for_one_case_and_for_ten(
    cast, case, on, django_assert_max_num_queries, count_queries
) -> None:

    on(OPENED)
    client = sign_in(cast, "county_desk")
    for path in ("/duties/?of=area", "/cases/"):
        client.get(path)
        clock.forget()  # read again once a second; both counts have it
        with count_queries(connection) as one:
            client.get(path)
        for number in range(4):
            a_case(cast, make_child(cast.here, f"李{number}"))
        clock.forget()
        with count_queries(connection) as many:
            client.get(path)
        assert len(many) == len(one), path


def test_the_filter_of_the_area_stays_in_the_area(cast, case, on) -> None:
    on(date(2025, 9, 19))
    sweep_on(date(2025, 9, 19))
    page = sign_in(cast, "county_desk").get("/duties/?of=area&stage=D3").content.decode()
    (kept,) = re.findall(r'<input[^>]*name="of"[^>]*>', page)
    assert 'type="hidden"' in kept
    assert 'value="area"' in kept
    assert "辖区应办事项" in page


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("administrator", "/units/"),
        ("security_officer", "/people/"),
        ("auditor", "/people/limits/"),
    ],
)
def test_each_of_the_three_offices_begins_with_its_own_page_and_sees_no_case(
    cast, case, on, role: str, first: str
) -> None:
    on(OPENED)
    assert sign_in(cast, role).get("/").headers["Location"] == first


def test_who_holds_no_post_today_is_told_so(cast, case, on) -> None:
    on(date(2024, 8, 31))  # the day before everybody's posts begin
    words = sign_in(cast, "registrar").get("/").content.decode()
    assert "今天没有任职" in words
    assert "安全管理员登记任职" in words
    assert "系统管理员" not in words  # he grants no post


def test_whose_post_has_ended_is_told_which_and_why(cast, case, on) -> None:
    on(OPENED)
    post = cast.post("registrar")
    post.ends_on, post.end_reason = OPENED - timedelta(days=1), "学校撤并"
    post.save(update_fields=["ends_on", "end_reason"])
    words = sign_in(cast, "registrar").get("/").content.decode()
    assert "东镇中学 · 学籍管理员”任到" in words
    assert "学校撤并" in words


@pytest.mark.parametrize(("swept_on", "late"), [(13, False), (14, True)])
def test_a_clock_move_of_the_night_after_is_in_time_a_later_one_is_marked(
    cast, case, on, swept_on: int, late: bool
) -> None:
    day = date(2025, 9, swept_on)
    on(day)
    sweep_on(day)
    page = sign_in(cast, "registrar").get(reverse("case", args=[case.number])).content.decode()
    assert "班主任报告学校：逾期未办" in page
    assert ("补发" in page) is late


def test_the_opening_tells_its_day_as_the_page_tells_days(cast: Cast, case, on) -> None:
    on(OPENED)
    words = sign_in(cast, "registrar").get(f"/cases/{case.number}/").content.decode()
    assert "首次无故缺勤 9月11日" in words
    assert "2025-09-11" not in words


def test_a_request_that_was_answered_waits_for_no_signature(cast, case, on) -> None:
    day = reach(cast, case, "D3")
    on(day)
    do(cast, case, Act.ANSWER, "village_cadre", day, answer_result="no_effect")
    do(cast, case, Act.ASK_VILLAGE, "registrar", day)
    page = sign_in(cast, "registrar").get(reverse("case", args=[case.number])).content.decode()
    assert "9月19日已反馈，视为签收" in page
    assert "未签收" not in page


def test_ringing_and_the_address_stand_above_the_history(cast, case, on) -> None:
    on(OPENED)
    page = sign_in(cast, "class_teacher").get(reverse("case", args=[case.number])).content.decode()
    assert page.index("拨打父亲") < page.index("由谁在什么时候前办") < page.index("经过")


def test_every_wrong_field_of_a_talk_is_told_at_once_at_its_field(cast, case, on) -> None:
    on(OPENED)
    sent = {
        "version": case.version,
        "occurred_on": "2025-09-13",
        "promised_on": "2025-09-01",
        "method": "phone",
        "participants": "班主任甲",
        "content": "劝" * 3000,
        "contact_result": "promised",
    }
    url = reverse("act", args=[case.number, "contact"])
    told = sign_in(cast, "class_teacher").post(url, sent).content.decode()
    for name in ("occurred_on", "promised_on", "content"):
        assert f'id="id_{name}_error"' in told, name


def test_the_form_of_a_service_tells_how_often_was_tried(cast, case, on) -> None:
    day = reach(cast, case, "D4")
    on(day)
    url = reverse("act", args=[case.number, "serve_order"])
    told = sign_in(cast, "township_officer").get(url, follow=True).content.decode()
    assert re.search(r"已在不同日期劝返\d+次，其中当面\d+次；规定至少\d+次", told)
