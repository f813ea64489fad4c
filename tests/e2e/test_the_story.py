"""The whole story in a browser: a roster, a roll call, a case that climbs, a child that comes back.

Told in order; each test goes on where the one before it stopped. The teacher and the village cadre
have a phone, the offices a PC.
"""

import io
import re
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.db import transaction
from openpyxl import load_workbook
from playwright.sync_api import Page

from cases.actions.following import follow
from cases.models import Case, CaseEvent
from cases.policy import Act
from foundation import clock
from foundation.accounts.audit import Origin
from foundation.accounts.querysets import viewer_on
from foundation.messaging.models import Message
from reporting.returns.models import BuiltReturn
from students.attendance.actions import call_roll
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.roster.imports.books.template_book import registry_workbook
from students.roster.models import Child
from students.roster.rules.ids import invent
from tests.doers import doing
from tests.e2e.conftest import County
from tests.e2e.filling import fill
from tests.e2e.reports import report_is_sent

MONDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 10)
THURSDAY, FRIDAY = date(2025, 9, 11), date(2025, 9, 12)
NAMES = ("杨小川", "李春燕", "罗文海", "张家兴", "王秀英", "鲁志强")
HANDLED, FORGOTTEN = NAMES[0], NAMES[1]
SERVICE = {
    "method": "direct",
    "day": "2025-09-23",
    "place": "东村一组家中",
    "first_server": "township_officer甲",
    "second_server": "李干部",
    "signatory": "杨父（父亲）",
    "proofs": "",
}
# The case's own page, as it stands after an act: with the way to the next duty.
DONE = re.compile(r"/cases/530999-2025-\d+/\?done=1$")

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture(scope="module")
def county(county_alone: County) -> County:
    """The story counts everything that is in its county."""
    return county_alone


def sheet_of_the_school() -> bytes:
    return registry_workbook(_row(number, name) for number, name in enumerate(NAMES))


def _row(number: int, name: str) -> dict[str, str]:
    born_on = date(2012, 3, number + 1)
    return {
        "学校标识码": "3153000101",
        "姓名": name,
        "性别": "男" if number % 2 else "女",
        "出生日期": f"{born_on:%Y%m%d}",
        "民族": "汉族",
        "身份证件类型": "居民身份证",
        "身份证件号": invent(born_on, number, "1" if number % 2 else "2"),
        "户口所在地": "530999101201",
        "班级": "2班",
        "入学年月": "202409",
        "就读方式": "走读",
        "现住址": "东镇东村一组",
        "联系电话": f"1001234500{number}",
        "成员1姓名": f"{name[0]}父",
        "成员1关系": "父亲",
        "成员1联系电话": f"1001234500{number}",
        "成员1是否监护人": "是",
    }


def child(name: str) -> Child:
    return Child.objects.get(name=name)


def case_of(name: str) -> Case:
    return Case.objects.get(child__name=name)


def until(wanted: Callable[[], bool], seconds: int = 30) -> None:
    """The worker has done what was asked, or the story ends here."""
    for _ in range(seconds * 5):
        if wanted():
            return
        time.sleep(0.2)
    raise AssertionError("the worker did not do it in time")


def roll_without_browser(county: County, day: date, away: Iterable[str]) -> None:
    """A roll call of a day that the story passes over, by the same acts as the page."""
    side = county.cast.here
    post = county.cast.post("class_teacher")
    origin, viewer = Origin(post.person_id, post.pk), viewer_on(post.person, day)
    marks = tuple(Mark(child(name).pk, "unexcused") for name in away)
    entry = RollCallEntry(side.school_class, day, "d", marks, uuid.uuid4())
    now = clock.now()
    with transaction.atomic():
        result = call_roll(doing(viewer, origin, today=day, now=now), entry)
        follow(result.members | result.touched, day, now, origin)


def live_through(county: County, days: Iterable[date], away: Iterable[str]) -> None:
    """Days on which the roll is called at eight and the sweep runs at night."""
    names = list(away)
    for day in days:
        county.site.move_to(day)
        roll_without_browser(county, day, names)


def tick(county: County, wanted: Callable[[], bool]) -> None:
    county.site.tick()
    until(wanted)


def act(page: Page, county: County, name: str, label: str, answers: dict[str, str]) -> None:
    """Open the child's case from the queue's address and do one act through its page."""
    page.goto(f"{county.site.url}/cases/{case_of(name).number}/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    page.click(f"main a.btn:has-text('{label}')")
    for field, value in answers.items():
        fill(page, field, value)
    page.click(f"main form button:has-text('{label}')")
    page.wait_for_url(DONE)
    assert f"已{label}" in page.inner_text("main")


def order_is_signed(clerk: Page, head: Page, county: County) -> None:
    """The clerk drafts the order and sends it; the head reads and signs it."""
    case_page = f"{county.site.url}/cases/{case_of(HANDLED).number}/"
    clerk.goto(case_page)
    clerk.click("main a.btn:has-text('起草限期复学通知书')")
    clerk.fill("[name=联系电话]", "0883-1234567")
    clerk.click("button:has-text('存草稿并预览')")
    clerk.click("button:has-text('送签')")
    clerk.wait_for_selector("text=已送签")
    head.goto(case_page)
    head.click("main a.btn:has-text('签发限期复学通知书')")
    head.click("main form button:has-text('签发')")
    head.wait_for_selector("text=已签发：")


def test_the_school_uploads_its_roster(county, sign_in, shot) -> None:
    county.site.move_to(MONDAY)
    page = sign_in("registrar")
    page.goto(f"{county.site.url}/roster/import/")
    page.set_input_files(
        "input[type=file]",
        {
            "name": "东镇中学_学生信息.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": sheet_of_the_school(),
        },
    )
    fill(page, "as_of", "2025-09-01")
    page.click("main form button:has-text('上传')")
    page.wait_for_selector("text=确认提交")
    shot(page, "import-preview")
    assert "新增" in page.inner_text("main")
    page.click("main form button:has-text('确认提交')")
    until(lambda: Child.objects.filter(name__in=NAMES).count() == len(NAMES))
    page.goto(f"{county.site.url}/roster/")
    assert HANDLED in page.inner_text("main")
    shot(page, "roster")


def test_a_class_that_is_all_there_is_one_tap(county, sign_in, shot) -> None:
    county.site.move_to(WEDNESDAY)
    page = sign_in("class_teacher", phone=True)
    page.goto(f"{county.site.url}/roll/")
    shot(page, "roll-form")
    page.click("button:has-text('全勤，提交')")
    page.wait_for_selector("text=应到6 实到6")
    shot(page, "roll-done")


def test_two_school_days_without_reason_make_a_case_by_itself(county, sign_in, shot) -> None:
    page = sign_in("class_teacher", phone=True)
    county.site.move_to(THURSDAY)
    page.goto(f"{county.site.url}/roll/")
    page.click("summary:has-text('有人未到，点名')")
    for name in (HANDLED, FORGOTTEN):
        page.click(f"label.roll-name:has-text('{name}')")
        row = page.locator(f"[data-list] > li:has-text('{name}')")
        row.locator("label:has-text('无故未到')").click()
        row.locator("button:has-text('完成')").click()
    shot(page, "roll-marked")
    page.click("button:has-text('提交点名')")
    page.wait_for_selector("text=应到6 实到4")
    assert not Case.objects.exists()

    county.site.move_to(FRIDAY)
    page.goto(f"{county.site.url}/roll/")
    shot(page, "roll-carried")
    for name in (HANDLED, FORGOTTEN):
        row = page.locator(f"li:has(legend:has-text('{name}'))")
        row.locator("label:has-text('仍缺勤')").click()  # of the kind of yesterday
    page.click("button:has-text('其余学生全部到校，提交')")
    page.wait_for_selector("text=应到6 实到4")
    assert Case.objects.count() == 2
    assert {case.opened_on for case in Case.objects.all()} == {FRIDAY}


def test_teacher_and_school_act_the_same_day(county, sign_in, shot) -> None:
    page = sign_in("class_teacher", phone=True)
    page.goto(county.site.url)
    shot(page, "queue-teacher")
    assert "班主任报告学校" in page.inner_text("main")
    answers = {
        "last_seen_on": "2025-09-10",
        "contact_tried": "上午两次电话均无人接听",
        "cause": "02",
    }
    act(page, county, HANDLED, "提交报告", answers)

    page = sign_in("registrar")
    page.goto(county.site.url)
    shot(page, "queue-school")
    act(page, county, HANDLED, "登记入册", {"left_on": "2025-09-11"})
    contact = {
        "method": "visit",
        "participants": "班主任、学籍管理员",
        "met": "祖父",
        "attitude": "hesitates",
        "content": "上门动员，说明义务教育法规定",
        "contact_result": "hesitates",
    }
    act(page, county, HANDLED, "记录劝返", contact)
    shot(page, "case-school")
    assert case_of(HANDLED).registered_on == FRIDAY


def test_after_three_working_days_the_village_is_asked_and_answers(county, sign_in, shot) -> None:
    live_through(county, [date(2025, 9, d) for d in (15, 16, 17, 18)], (HANDLED, FORGOTTEN))
    tick(county, lambda: case_of(FORGOTTEN).stage == "D2")
    page = sign_in("registrar")
    act(page, county, HANDLED, "请村（居）委会协助", {"content": "请协助入户劝返并反馈结果"})
    assert case_of(HANDLED).stage == "D3"

    village = sign_in("village_cadre", phone=True)
    village.goto(county.site.url)
    shot(village, "queue-village")
    assert HANDLED in village.inner_text("main")
    assert FORGOTTEN not in village.inner_text("main")
    answer = {"visited": "yes", "met": "祖父", "answer_result": "no_effect"}
    act(village, county, HANDLED, "反馈协助结果", answer)


def test_what_nobody_did_climbs_by_itself_and_stays_visible(county, sign_in, shot) -> None:
    live_through(county, [date(2025, 9, 19)], (HANDLED, FORGOTTEN))
    tick(county, lambda: case_of(FORGOTTEN).stage == "D3")
    move = CaseEvent.objects.get(case=case_of(FORGOTTEN), act=Act.LAPSE, to_stage="D3")
    assert move.occurred_on == date(2025, 9, 18)
    page = sign_in("head_teacher")
    page.goto(f"{county.site.url}/cases/{case_of(FORGOTTEN).number}/")
    assert "逾期未办" in page.inner_text("main")
    shot(page, "case-forgotten")


def test_the_township_receives_persuades_and_serves_its_order(county, sign_in, shot) -> None:
    live_through(county, [date(2025, 9, 22)], (HANDLED, FORGOTTEN))
    registrar = sign_in("registrar")
    report = {"cause": "02", "content": "多次劝返无效，附劝返记录"}
    act(registrar, county, HANDLED, "书面报告乡镇", report)
    officer = sign_in("township_officer")
    officer.goto(county.site.url)
    shot(officer, "queue-township")
    report_is_sent(sign_in("head_teacher"), officer, county)
    visit = {
        "method": "visit",
        "participants": "乡镇经办人、村干部",
        "met": "杨父",
        "content": "批评教育并讲明法律责任",
        "contact_result": "refuses",
    }
    act(officer, county, HANDLED, "记录劝返", visit)
    live_through(county, [date(2025, 9, 23)], (HANDLED, FORGOTTEN))
    act(officer, county, HANDLED, "记录劝返", visit)
    order_is_signed(officer, sign_in("township_leader"), county)
    served_at = {"time": f"{clock.now():%H:%M}"}
    act(officer, county, HANDLED, "登记限期复学通知书送达", SERVICE | served_at)
    assert case_of(HANDLED).stage == "D5"
    office = sign_in("education_office")
    office.goto(county.site.url)
    assert "待签收的文书" in office.inner_text("main")
    order = case_of(HANDLED).orders.get()
    assert (order.paper_no, order.received_by) == ("东政教限〔2025〕1号", "杨父（父亲）")
    assert order.due_on == date(2025, 9, 30)


def test_the_child_comes_back_and_is_observed(county, sign_in, shot) -> None:
    days = [date(2025, 9, d) for d in (24, 25, 26, 28)]
    live_through(county, days, (HANDLED, FORGOTTEN))
    county.site.move_to(date(2025, 9, 29))
    page = sign_in("class_teacher", phone=True)
    page.goto(f"{county.site.url}/roll/")
    back = page.locator(f"li:has(legend:has-text('{HANDLED}'))")
    back.locator("label:has-text('到校')").first.click()
    away = page.locator(f"li:has(legend:has-text('{FORGOTTEN}'))")
    away.locator("label:has-text('仍缺勤')").click()
    page.click("button:has-text('其余学生全部到校，提交')")
    page.wait_for_selector("text=应到6 实到5")
    case = case_of(HANDLED)
    assert (case.stage, case.back_to, case.returned_on) == ("D9", "D5", date(2025, 9, 29))
    october = [date(2025, 10, d) for d in (9, 10, 11, 13, 14, 15, 16, 17)]
    live_through(county, [date(2025, 9, 30), *october], (FORGOTTEN,))


def test_three_units_close_the_case(county, sign_in, shot) -> None:
    page = sign_in("registrar")
    answers = {"outcome": "C01", "evidence_note": "返校登记、观察期点名记录"}
    act(page, county, HANDLED, "申请销号", answers)
    act(
        sign_in("township_officer"),
        county,
        HANDLED,
        "确认销号申请",
        {"opinion": "经核实已到校，情况属实"},
    )
    desk = sign_in("county_desk")
    desk.goto(county.site.url)
    shot(desk, "queue-county")
    act(desk, county, HANDLED, "核准销号", {"opinion": "材料齐全，同意销号"})
    assert (case_of(HANDLED).stage, case_of(HANDLED).outcome) == ("DX", "C01")
    shot(desk, "case-closed")


def test_the_county_downloads_the_month_and_the_figures_are_those_of_the_story(
    county, sign_in, shot
) -> None:
    county.site.move_to(date(2025, 10, 31))
    county.site.tick()
    desk = sign_in("county_desk")
    desk.goto(f"{county.site.url}/returns/")
    desk.click("main form button:has-text('生成月报')")
    until(lambda: BuiltReturn.objects.filter(workbook_sealed__isnull=False).exists(), 60)
    desk.goto(f"{county.site.url}/returns/{BuiltReturn.objects.get().pk}/")
    shot(desk, "return")
    desk.click("a:has-text('下载工作簿')")
    desk.fill("#id_purpose", "报送市教育局")
    with desk.expect_download() as download:
        desk.click("main form button:has-text('下载')")
    content = download.value.path().read_bytes()
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 6
    away, back = (_words(book, name) for name in ("在册未返", "复学"))
    assert FORGOTTEN in away
    assert HANDLED not in away
    assert HANDLED not in back  # it came back in September
    assert case_of(FORGOTTEN).number in away


def _words(book, part: str) -> str:
    sheet = next(book[name] for name in book.sheetnames if part in name)
    return " ".join(str(cell) for row in sheet.values for cell in row if cell is not None)


def test_every_duty_was_announced_once(county) -> None:
    keys = list(Message.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert Message.objects.filter(key__startswith="due:").exists()


def test_the_forgotten_child_stands_at_the_township_and_is_no_dropout_before_the_day(
    county,
) -> None:
    case = case_of(FORGOTTEN)
    assert case.stage == "D4"
    assert case.entered_on == date(2025, 9, 24)
    assert case.entered_on - FRIDAY == timedelta(days=12)
