"""The roll call for everybody: large letters, a keyboard alone, a reader, letters twice as large.

ux 5.8: 0 serious findings of axe-core, 44 px to hit; 60 px, 20 px letters, one column in 关怀模式;
nothing cut off at 360 px when letters are doubled; every step by keyboard.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from cases.models import Case
from cases.policy import Act
from students.attendance.models import RollCall
from students.roster.models import Guardian
from tests.cases.steps import do
from tests.e2e import access
from tests.e2e.conftest import PC, County
from tests.e2e.morning import MONDAY, TUESDAY, Classroom, make_classroom, telephone

SUNDAY = MONDAY.replace(day=7)
SIZE = 8


@pytest.fixture(scope="module")
def classroom(county: County) -> Classroom:
    """Two were missing on Monday; it is Tuesday."""
    county.site.move_to(MONDAY)
    made = make_classroom(county, SIZE)
    made.call(MONDAY, *made.children[:2])
    county.site.move_to(TUESDAY)
    return made


@pytest.fixture
def fresh(county: County, classroom: Classroom) -> Classroom:
    """A class of its own, nobody carried over."""
    return make_classroom(county, SIZE)


# --- every page of the flow --------------------------------------------------------------------


def the_list(page: Page, fresh: Classroom, county: County) -> None:
    page.goto(f"/roll/?day={TUESDAY}")


def the_form(page: Page, fresh: Classroom, county: County) -> None:
    page.goto(fresh.path)


def the_names(page: Page, fresh: Classroom, county: County) -> None:
    page.goto(fresh.path)
    page.click("summary:has-text('有人未到')")


def the_sheet(page: Page, fresh: Classroom, county: County) -> None:
    the_names(page, fresh, county)
    page.click("label.roll-name >> nth=3")
    page.click(".roll-sheet label:has-text('病假')")


def the_review(page: Page, fresh: Classroom, county: County) -> None:
    the_sheet(page, fresh, county)
    page.click(".roll-sheet button:has-text('完成')")


def the_done(page: Page, fresh: Classroom, county: County) -> None:
    the_review(page, fresh, county)
    page.click("button:has-text('提交点名')")
    page.wait_for_selector("h2:has-text('已提交')")


def the_conflict(page: Page, fresh: Classroom, county: County) -> None:
    the_review(page, fresh, county)
    fresh.call(TUESDAY, fresh.children[1], post=county.cast.post("registrar"))
    page.click("button:has-text('提交点名')")
    page.wait_for_selector("text=这次点名已有人提交")


def the_unsent(page: Page, fresh: Classroom, county: County) -> None:
    the_review(page, fresh, county)
    page.context.set_offline(True)
    page.click("button:has-text('提交点名')")
    page.wait_for_selector("[data-offline]:visible:has-text('尚未上报')")


def the_closed(page: Page, fresh: Classroom, county: County) -> None:
    page.goto(f"{fresh.path}{SUNDAY}/")


def the_carried(page: Page, fresh: Classroom, county: County) -> None:
    fresh.call(MONDAY, *fresh.children[:2], reason="补点")
    page.goto(fresh.path)
    page.click("label:has-text('仍缺勤') >> nth=0")


def the_refused(page: Page, fresh: Classroom, county: County) -> None:
    """Without what a browser would check itself: the server says what is missing."""
    fresh.call(MONDAY, *fresh.children[:2], reason="补点")
    page.goto(fresh.path)
    page.evaluate("document.getElementById('roll').noValidate = true")
    page.click("button:has-text('其余学生全部到校')")
    page.wait_for_selector("text=还没有提交")


PAGES = (
    *(the_list, the_form, the_names, the_sheet, the_review, the_done, the_conflict),
    *(the_unsent, the_closed, the_carried, the_refused),
)
Show = Callable[[Page, Classroom, County], None]


def on(browser: Any, county: County, room: Classroom, *before: str, **options: Any) -> Any:
    return telephone(
        browser, county, room.post.person, *before, base_url=county.site.url, **options
    )


@pytest.mark.parametrize("show", PAGES)
def test_a_reader_finds_nothing_serious(browser, county, fresh, show: Show, shot) -> None:
    with on(browser, county, fresh) as page:
        show(page, fresh, county)
        shot(page, f"roll-{show.__name__}")
        assert access.grave(page) == []
        assert access.small_targets(page, 44) == []


@pytest.mark.parametrize("show", PAGES)
def test_care_mode_is_large_and_one_column(browser, county, fresh, show: Show, shot) -> None:
    with on(browser, county, fresh, access.CARE) as page:
        show(page, fresh, county)
        shot(page, f"roll-care-{show.__name__}")
        assert access.small_letters(page, 20) == []
        assert access.small_targets(page, 60) == []
        assert set(access.columns(page)) <= {1}
        assert access.cut_off(page) == []
        assert access.grave(page) == []


@pytest.mark.parametrize("show", PAGES)
def test_letters_twice_as_large_cut_nothing_off(browser, county, fresh, show: Show, shot) -> None:
    with on(browser, county, fresh, access.DOUBLE) as page:
        show(page, fresh, county)
        shot(page, f"roll-double-{show.__name__}")
        assert access.small_letters(page, 26) == []  # the smallest word is 13 px
        assert access.cut_off(page) == []


@pytest.mark.parametrize("care", [False, True])
def test_names_stand_three_abreast_at_the_size_of_a_thumb(browser, county, fresh, care) -> None:
    with on(browser, county, fresh, *([access.CARE] if care else [])) as page:
        the_names(page, fresh, county)
        assert access.columns(page) == [1 if care else 3]


def test_a_correction_of_a_past_day_is_for_everybody_too(browser, county, classroom, shot) -> None:
    desk = county.cast.person("registrar")
    for before in ([], [access.CARE], [access.DOUBLE]):
        with telephone(browser, county, desk, *before, base_url=county.site.url) as page:
            page.goto(f"{classroom.path}{MONDAY}/?edit=1")
            assert page.is_visible("label:has-text('更正理由')")
            shot(page, f"roll-correction-{len(before)}")
            assert access.grave(page) == []
            assert access.cut_off(page) == []


def test_wechat_may_enlarge_the_letters(browser, county, fresh) -> None:
    with on(browser, county, fresh) as page:
        the_form(page, fresh, county)
        zoom = page.locator("meta[name='wechat-enable-text-zoom-em']")
        assert zoom.get_attribute("content") == "true"
        view = page.locator("meta[name=viewport]").get_attribute("content") or ""
        assert "scalable" not in view
        assert "maximum" not in view


@pytest.mark.parametrize("asked", ["sxm", "孙小明", "3"])
def test_a_name_is_found_by_letters_initials_or_number(browser, county, fresh, asked: str) -> None:
    with on(browser, county, fresh) as page:
        the_names(page, fresh, county)
        page.fill("#search", asked)
        assert page.locator(".roll-grid > li:visible").all_inner_texts() == ["3\n孙小明"]


def test_without_a_script_the_page_is_a_plain_form(browser, county, fresh) -> None:
    with on(browser, county, fresh, java_script_enabled=False) as page:
        page.goto(fresh.path)
        page.click("summary:has-text('有人未到')")
        page.check(f"input[name=away][value='{fresh.children[2].pk}']", force=True)
        page.click("button:has-text('下一步')")
        page.click("label:has-text('无故未到')")
        page.click("button:has-text('提交点名')")
        page.wait_for_selector("h2:has-text('应到8 实到7')")
        page.click("main a:has-text('修改')")
        page.click("summary:has-text('增减未到学生')")
        page.uncheck(f"input[name=away][value='{fresh.children[2].pk}']", force=True)
        page.click("button:has-text('提交点名')")
        page.wait_for_selector("h2:has-text('已修改')")


# --- the room of a phone -----------------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False])
def test_three_long_absent_fit_one_screen_and_a_half(browser, county, fresh, script, shot) -> None:
    fresh.call(MONDAY, *fresh.children[:3], reason="补点")
    screen = {"viewport": {"width": 360, "height": 780}, "java_script_enabled": script}
    with on(browser, county, fresh, **screen) as page:
        page.goto(fresh.path)
        for child in fresh.children[:3]:
            page.click(f"label[for=n{child.pk}]")
        shot(page, f"roll-long-absent-{script}")
        assert page.locator("summary:has-text('无故未到'):visible").count() == 3
        assert page.locator("text=请假截止 >> visible=true").count() == 0
        assert page.locator("body").bounding_box()["height"] <= 780 * 1.5
        page.click("summary:has-text('改') >> nth=0")
        page.click("label:has-text('未联系上'):visible")
        page.click("button:has-text('全部到校，提交')")
        page.wait_for_selector("h2:has-text('应到8 实到5')")
        assert page.locator("text=未联系上").count() == 1


def test_one_tap_on_the_result_shows_the_number_in_place(browser, county, fresh) -> None:
    Guardian.objects.create(child=fresh.children[0], name="张父", phone="13900001234")
    fresh.call(TUESDAY, fresh.children[0])
    with on(browser, county, fresh) as page:
        page.goto(fresh.path)
        page.tap("button:has-text('拨打')")
        page.wait_for_selector("a[href='tel:13900001234']")
        assert "/phone/" not in page.url


@pytest.fixture(scope="module")
def case(county: County, classroom: Classroom) -> Case:
    """It is opened on Tuesday and the school has spoken to the family four times."""
    classroom.call(TUESDAY, *classroom.children[:2])
    found: Case = Case.objects.get(child=classroom.children[0])
    for often in ("头一次", "第二次", "第三次", "第四次"):  # the same words again are not stored
        told = f"{often}说明义务教育法要求，动员返校"
        do(county.cast, found, Act.CONTACT, "registrar", TUESDAY, content=told)
    return found


def test_the_chain_of_duty_keeps_its_columns_apart_at_320_pixels(
    browser, county, classroom, case, shot
) -> None:
    screen = {"viewport": {"width": 320, "height": 640}}
    with on(browser, county, classroom, **screen) as page:
        page.goto(f"/cases/{case.number}/")
        shot(page, "case-320")
        boxes = [one.bounding_box() for one in page.locator(".chain-words").all()]
        assert [box["width"] <= 320 / 5 for box in boxes] == [True] * 5
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert access.cut_off(page) == []
        assert access.grave(page) == []


def test_on_paper_a_case_is_whole(browser, county, classroom, case) -> None:
    """What is folded on the screen is printed, without the words that unfold it."""
    with on(browser, county, classroom) as page:
        page.goto(f"/cases/{case.number}/")
        assert page.locator(".timeline > li:visible").count() == 3
        page.emulate_media(media="print")
        assert page.locator(".timeline > li:visible").count() == 5
        assert page.locator(".fold > summary:visible").count() == 0
        assert page.locator("main .btn:visible").count() == 0
        assert page.is_visible("text=控辍保学个案")
        assert page.is_visible("text=打印人：")


# --- by keyboard -------------------------------------------------------------------------------


@pytest.fixture
def keys(browser: Any, county: County, fresh: Classroom) -> Iterator[Page]:
    """A PC whose mouse is broken."""
    with on(browser, county, fresh, **PC, is_mobile=False, has_touch=False) as page:
        page.goto(fresh.path)
        yield page


def tab_to(page: Page, place: str) -> None:
    """Press Tab until the focus is there; on the way nothing may cover what has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert access.focus_is_seen(page), page.evaluate("document.activeElement.outerHTML")
        if page.locator(f"{place}:focus").count():
            return
    raise AssertionError(f"the focus never came to {place}")


def test_a_full_class_is_submitted_by_keyboard(keys: Page, fresh: Classroom) -> None:
    tab_to(keys, "button:has-text('全勤，提交')")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("h2:has-text('应到8 实到8')")
    assert keys.locator("[data-focus]:focus").count() == 1


def test_who_is_missing_is_marked_by_keyboard(keys: Page, fresh: Classroom) -> None:
    child = fresh.children[2]
    tab_to(keys, "summary:has-text('有人未到')")
    keys.keyboard.press("Enter")
    tab_to(keys, f"input[name=away][value='{child.pk}']")
    keys.keyboard.press("Space")
    assert keys.locator(".roll-sheet input[type=radio]:focus").count() == 1
    keys.keyboard.press("Space")
    tab_to(keys, f"input[name=told-{child.pk}]")
    keys.keyboard.press("Space")
    tab_to(keys, "button:has-text('完成')")
    keys.keyboard.press("Enter")
    assert keys.locator(f"input[name=away][value='{child.pk}']:focus").count() == 1
    tab_to(keys, "button:has-text('提交点名')")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("h2:has-text('应到8 实到7')")
    assert "无故未到，已联系家长" in keys.inner_text("main")


def test_a_name_ticked_by_mistake_is_freed_by_keyboard(keys: Page, fresh: Classroom) -> None:
    tab_to(keys, "summary:has-text('有人未到')")
    keys.keyboard.press("Space")
    tab_to(keys, "input[name=away]")
    keys.keyboard.press("Space")
    keys.keyboard.press("Escape")
    keys.keyboard.press("Space")
    assert keys.locator("[data-list] > li").count() == 0
    assert not RollCall.objects.filter(school_class=fresh.school_class).exists()


def test_what_was_submitted_is_changed_by_keyboard(keys: Page, fresh: Classroom) -> None:
    tab_to(keys, "button:has-text('全勤，提交')")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("h2:has-text('已提交')")
    tab_to(keys, "main a:has-text('修改')")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("text=修改第1版")
    tab_to(keys, "button:has-text('全勤，提交')")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("h2:has-text('已修改')")
