"""Lists in a browser: keys, the selection and its bar, nothing cut off on the smallest phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import access
from tests.e2e.conftest import PC, County
from tests.e2e.morning import MONDAY, TUESDAY, Classroom, make_classroom, telephone

FOCUS = "document.activeElement.name || document.activeElement.tagName"


@pytest.fixture(scope="module")
def classroom(county: County) -> Classroom:
    """Three are missing on a second day: each has a case."""
    county.site.move_to(MONDAY)
    made = make_classroom(county, 3)
    made.call(MONDAY, *made.children)
    county.site.move_to(TUESDAY)
    made.call(TUESDAY, *made.children)
    return made


@pytest.fixture
def desk(browser: Browser, county: County, classroom: Classroom) -> Iterator[Page]:
    with telephone(browser, county, county.cast.person("county_desk"), **PC) as page:
        page.goto(f"{county.site.url}/duties/?of=area")
        yield page


def test_j_k_and_x_move_and_select_and_enter_opens(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    assert desk.locator("[data-row].row-at").count() == 1
    desk.keyboard.press("x")
    assert desk.locator("[data-picked]").inner_text() == "已选择 1 条"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/cases/*/")


def test_keys_are_letters_while_typing_and_with_control(desk: Page) -> None:
    desk.keyboard.press("/")
    assert desk.evaluate(FOCUS) == "q"
    desk.keyboard.type("jx?")
    assert desk.input_value("input[name=q]") == "jx?"
    assert desk.locator(".row-at, dialog[open]").count() == 0
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("Alt+j")
    assert desk.locator(".row-at").count() == 0


def test_an_input_method_that_composes_is_left_alone(desk: Page) -> None:
    desk.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'j', isComposing: true, bubbles: true}))"
    )
    assert desk.locator(".row-at").count() == 0


def test_the_dialog_lists_the_keys_and_switches_them_off(desk: Page) -> None:
    desk.keyboard.press("?")
    words = desk.locator("dialog[open]").inner_text()
    assert "下一行、上一行" in words
    desk.check("[data-keys-off]")
    desk.keyboard.press("Escape")
    assert desk.locator("dialog[open]").count() == 0
    desk.keyboard.press("j")
    assert desk.locator(".row-at").count() == 0
    desk.reload()
    desk.keyboard.press("j")
    assert desk.locator(".row-at").count() == 0


def test_g_and_a_letter_lead_to_a_page(desk: Page) -> None:
    desk.keyboard.press("g")
    desk.keyboard.press("r")
    desk.wait_for_url("**/returns/")


def test_the_head_selects_the_page_and_the_bar_offers_all(desk: Page) -> None:
    assert desk.locator("[data-bulk]").is_hidden()
    desk.check("[data-pick-page]")
    assert desk.locator("[data-bulk]").is_visible()
    desk.check("[data-pick-all]")
    assert "已选择全部" in desk.locator("[data-picked]").inner_text()
    desk.click("[data-bulk] button")
    desk.wait_for_selector("h1:has-text('催办到期事项')")


@pytest.mark.parametrize("path", ["/duties/?of=area", "/cases/", "/roster/", "/lists/"])
def test_a_list_is_for_everybody_on_the_smallest_phone(
    browser: Browser, county: County, classroom: Classroom, path: str
) -> None:
    small = {"viewport": {"width": 320, "height": 700}}
    with telephone(browser, county, county.cast.person("county_desk"), **small) as page:
        page.goto(f"{county.site.url}{path}")
        assert access.grave(page) == []
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) == 0


def test_the_desk_and_a_case_have_the_keys(desk: Page, county: County) -> None:
    desk.goto(f"{county.site.url}/")
    desk.keyboard.press("g")
    desk.keyboard.press("q")
    desk.wait_for_url("**/duties/")
    desk.goto(f"{county.site.url}/duties/?of=area")
    desk.locator("[data-row] a").first.click()
    desk.wait_for_url("**/cases/*/")
    desk.keyboard.press("?")
    assert "下一件" in desk.locator("dialog[open]").inner_text()


def test_the_keys_go_through_the_rows_of_a_desk(
    browser: Browser, county: County, classroom: Classroom
) -> None:
    with telephone(browser, county, county.cast.person("registrar")) as page:
        page.goto(f"{county.site.url}/")
        page.keyboard.press("j")
        assert page.locator("[data-row].row-at").count() == 1


def test_back_in_the_list_the_row_that_was_opened_has_the_focus(desk: Page) -> None:
    link = desk.locator("[data-row] .cell-name a").nth(1)
    address = link.get_attribute("href")
    link.click()
    desk.wait_for_url("**/cases/*/")
    desk.go_back()
    desk.wait_for_url("**/duties/?of=area")
    desk.wait_for_function(
        "address => document.activeElement.getAttribute('href') === address", arg=address
    )
