"""Every rung, every kind of lateness and every login has something real to show."""

import pytest
from django.core.management import call_command

from cases.models import Case, CaseEvent, CountedLedger, Deadline
from cases.pages.queue import mine
from cases.policy import Act, Stage
from foundation import clock
from foundation.accounts.models import Person, Post, Region, Unit, UnitKind
from foundation.accounts.querysets import viewer_on
from foundation.accounts.roles import ROLES
from foundation.messaging.models import Message
from foundation.papers.models import Sending
from kongchuo.demo.county.dates import DEMO_DAY
from kongchuo.demo.county.people import PASSWORD, TOUR
from kongchuo.demo.script.stories import STORIES, TOUR_KEY
from reporting.desk.models import MonthFigure
from students.attendance.models import Absence, RollCall, Submission
from students.roster.models import Child, ClassPost
from tests.demo.county.find import case_of, child_of, class_of, days


def test_it_is_eight_in_the_morning_of_a_school_day(county) -> None:
    now = clock.now()
    assert (now.date(), now.hour) == (DEMO_DAY, 8)


def test_the_desk_has_figures_from_the_first_minute(county) -> None:
    assert CountedLedger.objects.get().day == DEMO_DAY
    months = MonthFigure.objects.filter(unit__kind=UnitKind.COUNTY).order_by("month")
    assert [row.month.month for row in months] == [9, 10, 11]
    assert sum(row.sum_of("dropout_end") for row in months) > 0


def test_every_village_of_the_list_is_a_unit(county) -> None:
    villages = Unit.objects.filter(kind=UnitKind.VILLAGE)
    assert villages.count() == Region.objects.filter(code__regex=r"^\d{12}$").count() == 196


def test_what_is_no_township_proper_has_neither_office_nor_cadre(county) -> None:
    odd = Unit.objects.filter(kind=UnitKind.TOWNSHIP, region__code__in=("530922401", "530922501"))
    assert odd.count() == 2
    assert not Unit.objects.filter(parent__in=odd).exclude(kind=UnitKind.VILLAGE).exists()
    assert not Post.objects.filter(unit__parent__in=odd).exists()


def test_every_role_is_held_and_every_class_has_a_teacher(county, rows) -> None:
    assert set(Post.objects.values_list("role", flat=True)) == {role.code for role in ROLES}
    assert ClassPost.objects.values("school_class").distinct().count() == len(rows)


def test_only_the_security_officer_was_granted_a_post_by_nobody(county) -> None:
    assert list(Post.objects.filter(granted_by=None).values_list("role", flat=True)) == [
        "security_officer"
    ]


@pytest.mark.parametrize("login", [stop.login for stop in TOUR])
def test_every_login_of_the_tour_signs_in(county, client, login: str) -> None:
    answer = client.post("/accounts/login/", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Person.objects.get(username=login).pk)


def test_there_is_a_case_on_every_rung(county) -> None:
    found = set(Case.objects.values_list("stage", flat=True))
    assert found >= {Stage.D1, Stage.D2, Stage.D3, Stage.D4, Stage.D5, Stage.D6, Stage.D9}


_ON_PAPER = {Act.RECEIVE: Act.SIGN_FOR}  # a report is signed for on the paper


def test_every_deed_of_the_script_was_done(county, rows) -> None:
    for story in STORIES:
        if story.deeds:
            case = case_of(rows, story.what)
            done = {(e.act, e.occurred_on) for e in CaseEvent.objects.filter(case=case)}
            asked = {(_ON_PAPER.get(deed.act, deed.act), deed.day) for deed in story.deeds}
            assert asked <= done, story.what


@pytest.mark.parametrize(
    ("words", "code", "due_on"),
    [
        ("补点后今天立案", "report", DEMO_DAY),
        ("入户家访今天到期", "visit", DEMO_DAY),
        ("学校未登记", "register", days(11, 10)),
        ("今天应请村里协助", "ask_village", DEMO_DAY),
        ("观察期满", "request_closure", DEMO_DAY),
        ("村里今天应反馈", "answer", DEMO_DAY),
        ("村里逾期未反馈", "answer", days(11, 11)),
        ("村里逾期未反馈", "report_township", DEMO_DAY),
        ("户口在外县", "answer", DEMO_DAY),
        ("乡镇今天应劝返", "serve_order", DEMO_DAY),
        ("村里、学校都没有动", "serve_order", days(11, 6)),
        ("通知书已送达", "await_return", days(11, 13)),
        ("通知书期满未返，会商逾期", "review", days(11, 10)),
        ("通知书期满未返，上月已会商", "review", days(11, 27)),
        ("销号申请等乡镇确认", "confirm_closure", days(11, 24)),
        ("销号申请今天应由县里核准", "approve_closure", DEMO_DAY),
    ],
)
def test_what_is_owed_on_the_morning(county, rows, words: str, code: str, due_on) -> None:
    owed = Deadline.objects.owed().get(case=case_of(rows, words), code=code)
    assert owed.due_on == due_on


@pytest.mark.parametrize("login", ["banzhuren", "xueji", "cungan", "jingbanren", "jijiaogu"])
def test_every_queue_has_something_due_today(county, login: str) -> None:
    viewer = viewer_on(Person.objects.get(username=login), DEMO_DAY)
    assert mine(viewer, DEMO_DAY).filter(due_on=DEMO_DAY).exists()


@pytest.mark.parametrize("login", ["xueji", "cungan", "jingbanren", "zhenzhang"])
def test_every_queue_below_the_county_has_something_overdue(county, login: str) -> None:
    viewer = viewer_on(Person.objects.get(username=login), DEMO_DAY)
    assert mine(viewer, DEMO_DAY).filter(due_on__lt=DEMO_DAY).exists()


@pytest.mark.parametrize("login", ["banzhuren", "xueji", "cungan", "jingbanren", "jijiaogu"])
def test_only_the_last_two_days_mail_is_unread(county, login: str) -> None:
    person = Person.objects.get(username=login)
    mail = Message.objects.visible_to(viewer_on(person, DEMO_DAY))
    unread = mail.unread_by(person.pk)
    assert unread.exists()
    assert unread.count() < mail.count()
    assert unread.earliest("occurred_on").occurred_on >= days(11, 11)


def test_reports_wait_for_the_education_office(county) -> None:
    viewer = viewer_on(Person.objects.get(username="jiaoguanban"), DEMO_DAY)
    assert Sending.objects.visible_to(viewer).waiting().exists()


def test_cases_ended_in_every_way(county, rows) -> None:
    assert case_of(rows, "缺两天返校").outcome == "C01"
    assert case_of(rows, "三级办结销号").outcome == "C01"
    assert case_of(rows, "误点名立案").outcome == "W"
    refused = case_of(rows, "销号申请被县里退回")
    assert (refused.stage, refused.closures.get().approved) == (Stage.D4, False)


def test_a_broken_observation_fell_back_to_its_rung(county, rows) -> None:
    case = case_of(rows, "返校后又离校")
    relapse = CaseEvent.objects.get(case=case, act=Act.RELAPSE)
    assert (relapse.to_stage, relapse.occurred_on) == (Stage.D3, days(11, 7))


def test_a_child_from_outside_stands_in_the_list_of_unknown_homes(county, rows) -> None:
    child = Child.objects.get(pk=child_of(rows, "户口在外县"))
    assert child.home_village is None
    assert case_of(rows, "户口在外县").township.name == "茂兰镇人民政府"


def test_the_visitors_class_waits_for_its_roll(county, rows) -> None:
    called = RollCall.objects.filter(day=DEMO_DAY)
    waiting = class_of(rows, TOUR_KEY).school_class
    assert not called.filter(school_class=waiting).exists()
    assert called.exclude(school_class=waiting).exists()


def test_a_late_roll_and_a_correction_say_why(county) -> None:
    reasoned = Submission.objects.exclude(reason_sealed="")
    assert set(reasoned.values_list("version", flat=True)) == {1, 2}


def test_a_leave_runs_beyond_the_morning_and_another_ran_out(county, rows) -> None:
    leaves = Absence.objects.filter(kind="sick")
    ill = leaves.filter(child_id=child_of(rows, "病假到本周五")).latest("day")
    assert ill.leave_until == days(11, 14)
    over = Absence.objects.filter(child_id=child_of(rows, "病假期满"), kind="unexcused")
    assert over.earliest("day").day == days(10, 27)


def test_the_accounts_are_printed_as_a_table(county, capsys) -> None:
    call_command("demo_accounts")
    out = capsys.readouterr().out
    assert all(stop.login in out for stop in TOUR)
    assert out.splitlines()[0].split() == ["账号", "密码", "职务", "姓名", "单位", "看什么"]
