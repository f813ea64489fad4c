"""From an empty database to the first case by clicking only: address, workbook, roster, roll.

Told once, in order. Each person has a window and a slip that was printed on a page before.
"""

import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from cases.models import Case
from foundation.accounts.models import Post
from students.attendance.models import RollCall
from students.calendars.models import CalendarDay
from students.roster.imports.books.template_book import registry_workbook
from tests.accounts.test_a_second_factor import code_of, key_on
from tests.e2e.conftest import PC, PHONE, County
from tests.opening.steps import ROWS, TYPED, filled, pupil_of_a_roster
from tests.setup.calendar.pages import NOTICE, PAPER

WEDNESDAY, THURSDAY = date(2026, 9, 9), date(2026, 9, 10)
SECURITY, DESK, REGISTRAR, TEACHER = (f"1390000000{n}" for n in (1, 2, 7, 8))
NAMES = ("杨小川", "李春燕", "罗文海")
AWAY = NAMES[0]
OWN_PASSWORD = "quiet-herons-at-dusk"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The school calls its roll once a day.
ONCE_A_DAY = [
    tuple("否" if at == 6 and line[0] == "3153000101" else cell for at, cell in enumerate(line))
    for line in ROWS["schools"]
]
_SLIP = re.compile(r"账号\s+(\S+)\s+首次密码\s+(\S+)")

pytestmark = pytest.mark.usefixtures("county")


class Windows:
    """A window for each person; the first passwords come from the slips that were shown."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.slips: dict[str, str] = {}
        self.pages: dict[str, Page] = {}

    def new(self, phone: bool = False) -> Page:
        context = self.browser.new_context(**(PHONE if phone else PC), locale="zh-CN")
        context.set_default_timeout(20_000)
        return context.new_page()

    def read_slips(self, page: Page) -> set[str]:
        """Note the first passwords on the page; returns the accounts."""
        found = dict(_SLIP.findall(page.inner_text("main")))
        self.slips |= found
        return set(found)

    def of(self, login: str, phone: bool = False) -> Page:
        """The person's window; the first time with the slip, choosing a password."""
        if login not in self.pages:
            page = self.pages[login] = self.new(phone)
            page.goto(self.url)
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", self.slips[login])
            page.click("button:has-text('登录')")
            page.fill("input[name=oldpassword]", self.slips[login])
            for field in ("password1", "password2"):
                page.fill(f"input[name={field}]", OWN_PASSWORD)
            page.click("main button:has-text('修改密码')")
            page.wait_for_url(lambda at: "password" not in at)
        return self.pages[login]


@pytest.fixture(scope="module")
def county(county_from_nothing: County) -> County:
    """Nothing but the tables."""
    return county_from_nothing


@pytest.fixture(scope="module")
def windows(county: County, browser: Browser) -> Iterator[Windows]:
    """Everybody's windows, closed at the end."""
    made = Windows(browser, county.site.url)
    yield made
    for page in made.pages.values():
        page.context.close()


def menu(page: Page, label: str) -> None:
    """Open a page by its entry in the menu, wherever the window is."""
    page.goto(
        page.locator("nav a", has_text=re.compile(rf"^\s*{label}\s*$")).first.evaluate(
            "a => a.href"
        )
    )


def give(page: Page, name: str, content: bytes) -> None:
    """Choose a file."""
    page.set_input_files("input[type=file]", {"name": name, "mimeType": SHEET, "buffer": content})


def test_the_address_makes_the_county_and_two_slips(county: County, windows: Windows) -> None:
    county.site.move_to(WEDNESDAY)
    out = io.StringIO()
    call_command("opening_address", at=county.site.url, stdout=out)
    page = windows.new()
    page.goto(re.findall(r"http\S+", out.getvalue())[0])
    for name, value in {**TYPED, "second_role": "county_desk"}.items():
        place = page.locator(f"[name={name}]")
        (place.select_option if name == "second_role" else place.fill)(value)
    page.click("button:has-text('下一步：核对')")
    page.click("button:has-text('建立并显示登录单')")
    page.wait_for_selector(".slip")
    assert windows.read_slips(page) == {SECURITY, DESK}
    page.context.close()


def test_the_workbook_is_downloaded_filled_in_and_written(windows: Windows) -> None:
    page = windows.of(SECURITY)
    assert "开通向导" in page.inner_text("h1")
    with page.expect_download() as download:
        page.click("a:has-text('下载开通工作簿')")
    page.click("main a:has-text('上传')")
    give(
        page,
        "开通工作簿.xlsx",
        filled(download.value.path().read_bytes(), {**ROWS, "schools": ONCE_A_DAY}),
    )
    page.click("button:has-text('上传并核对')")
    page.click("button:has-text('确认写入')")
    page.click("a:has-text('查看结果')")
    assert "新增16行，更改1行" in page.inner_text("main")


def test_the_second_person_confirms(windows: Windows) -> None:
    page = windows.of(DESK)
    page.click("a:has-text('看看待确认的任职')")
    page.click("button:has-text('确认以上任职')")
    page.wait_for_selector(".slip")
    windows.read_slips(page)
    assert not Post.objects.filter(asleep=True).exists()


def test_the_desk_enters_the_calendar_of_2027(windows: Windows) -> None:
    page = windows.of(DESK)
    menu(page, "开通")
    page.click("a:has-text('校历与参数')")
    page.click("main a:has-text('学年与放假安排')")
    page.click("tr:has-text('2027年') a:has-text('登记')")
    page.fill("[name=source_document]", PAPER)
    page.fill("[name=text]", NOTICE)
    page.click("button:has-text('读取通知')")
    page.wait_for_selector("text=从通知读出23天")
    page.click("button:has-text('下一步')")
    page.click("button:has-text('确认登记')")
    page.wait_for_selector("h1:has-text('学年与放假安排')")
    assert CalendarDay.objects.filter(day__year=2027).count() == 23


def test_the_school_imports_its_roster_and_registers_a_teacher(windows: Windows) -> None:
    first = windows.of(SECURITY)
    menu(first, "开通")
    first.click("a:has-text('打印登录单')")
    first.click("button:has-text('生成勾选的登录单')")
    first.wait_for_selector(".slip")
    assert REGISTRAR in windows.read_slips(first)
    page = windows.of(REGISTRAR)
    menu(page, "名册")
    page.click("main a:has-text('导入')")
    give(
        page,
        "学生信息.xlsx",
        registry_workbook(pupil_of_a_roster(n, name) for n, name in enumerate(NAMES)),
    )
    page.fill("[name=as_of]", f"{WEDNESDAY}")
    page.click("main form button:has-text('上传')")
    page.check("label:has-text('这些班级都没有写错')")
    page.click("main form button:has-text('确认提交')")
    page.locator("text=/已导入|已完成/").first.wait_for()
    menu(page, "人员")
    page.click("main a:has-text('新增人员')")
    page.fill("[name=name]", "郑班主")
    page.fill("[name=login]", TEACHER)
    page.select_option("[name=role]", label="班主任")
    page.select_option("[name=class_name]", label="九年级2班")
    page.click("main form button:has-text('登记')")
    page.wait_for_selector(".slip")
    assert windows.read_slips(page) == {TEACHER}


def test_the_teacher_calls_the_roll_and_the_next_day_there_is_a_case(
    county: County, windows: Windows
) -> None:
    page = windows.of(TEACHER, phone=True)
    menu(page, "点名")
    page.click("summary:has-text('有人未到，点名')")
    page.click(f"label.roll-name:has-text('{AWAY}')")
    row = page.locator(f"[data-list] > li:has-text('{AWAY}')")
    row.locator("label:has-text('无故未到')").click()
    row.locator("button:has-text('完成')").click()
    page.click("button:has-text('提交点名')")
    page.wait_for_selector("text=应到3 实到2")
    county.site.move_to(THURSDAY)
    menu(page, "点名")
    page.locator(f"li:has(legend:has-text('{AWAY}')) label:has-text('仍缺勤')").click()
    page.click("button:has-text('其余学生全部到校，提交')")
    page.wait_for_selector("text=应到3 实到2")
    assert RollCall.objects.count() == 2
    assert Case.objects.get().opened_on == THURSDAY
    menu(page, "个案")
    assert AWAY in page.inner_text("main")


def test_the_desk_sets_a_second_factor_and_signs_in_with_its_code(windows: Windows) -> None:
    page = windows.of(DESK)
    menu(page, "工作台")
    page.click("a:has-text('去设置')")
    page.wait_for_selector("h1")
    if page.locator("main input[name=password]").count():  # the last one was ten minutes ago
        page.fill("main input[name=password]", OWN_PASSWORD)
        page.click("main form button")
    page.wait_for_selector("h1:has-text('设置动态码')")
    secret = key_on(page.content())
    page.fill("input[name=code]", code_of(secret, -1))
    page.click("button:has-text('完成设置')")
    page.wait_for_selector("text=已设好")
    again = windows.pages["again"] = windows.new()
    again.goto(windows.url)
    again.fill("input[name=login]", DESK)
    again.fill("input[name=password]", OWN_PASSWORD)
    again.click("button:has-text('登录')")
    again.fill("input[name=code]", code_of(secret))
    again.click("button:has-text('登录')")
    again.wait_for_selector("nav >> text=工作台")
