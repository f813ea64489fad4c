"""限期复学通知书 in a browser: the clerk drafts it, the head signs what he has read, it is printed,
served on the clerk's phone with a photo, and the week runs. The county's desk changes its text."""

import os
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.papers.models import Paper
from tests.cases.steps import a_case, do, reach
from tests.cast import make_child
from tests.e2e.conftest import PC, PHONE, County
from tests.e2e.morning import telephone
from tests.files.samples import photo
from tests.printing.tools import require, text_of

DAY = date(2025, 9, 29)
WORDS = "责令限期送被监护人复学通知书"


@pytest.fixture(scope="module")
def case(county: County) -> Case:
    """At the township, with enough attempts for an order."""
    county.site.move_to(DAY, 10)
    cast = county.cast
    child = make_child(cast.here, guardians=({"name": "张父", "relation": "父亲"},))
    case = a_case(cast, child)
    reach(cast, case, "D4")
    for day in (25, 26, 28):
        talked = date(2025, 9, day)
        do(cast, case, Act.CONTACT, "township_officer", talked, method="visit")
    return case


def window(browser: Browser, county: County, role: str, **size: Any) -> Any:
    return telephone(browser, county, county.cast.person(role), **(size or PC))


def open_case(page: Page, county: County, case: Case) -> None:
    page.goto(f"{county.site.url}/cases/{case.number}/")


def test_the_clerk_drafts_it_and_sends_it(
    browser: Browser, county: County, case: Case, shot: Any
) -> None:
    with window(browser, county, "township_officer") as page:
        open_case(page, county, case)
        page.click("main a.btn:has-text('起草限期复学通知书')")
        page.fill("[name=联系电话]", "0883-1234567")
        page.fill("[name=复议机关]", "甲县人民政府")
        page.fill("[name=受诉法院]", "甲县人民法院")
        page.click("button:has-text('存草稿并预览')")
        assert "草稿，未签发" in page.content()
        shot(page, "order-draft")
        page.click("button:has-text('送签')")
        page.wait_for_selector("text=已送签")


def test_the_head_signs_what_he_has_read(
    browser: Browser, county: County, case: Case, shot: Any
) -> None:
    with window(browser, county, "township_leader") as page:
        page.goto(f"{county.site.url}/papers/queue/")
        shot(page, "papers-queue")
        assert page.locator("input[name=pk]").count() == 0  # nothing is ticked unread
        page.click("main a:has-text('阅看')")
        assert WORDS in page.inner_text("main")
        shot(page, "order-to-sign")
        page.click("main form button:has-text('签发')")
        page.wait_for_selector("text=已签发：东政教限〔2025〕")


def test_it_is_printed_as_a_pdf_that_shows_what_it_says(
    browser: Browser, county: County, case: Case, shot: Any, tmp_path: Path
) -> None:
    require("pdftotext", "pdftoppm")
    number = Paper.objects.about("case", case.pk).get().number
    with window(browser, county, "township_officer") as page:
        page.goto(f"{county.site.url}/papers/")
        shot(page, "papers-ledger")
        page.click(f"main a:has-text('{number}')")
        with page.expect_download() as download:
            page.click("button:has-text('下载 PDF')")
        made = download.value.path().read_bytes()
    assert number in text_of(made, page=1)
    folder = Path(os.environ.get("KONGCHUO_SHOTS") or tmp_path)
    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", "-", str(folder / "order")], input=made, check=True
    )
    pictures = sorted(folder.glob("order-*[0-9].png"))
    assert len(pictures) == 2
    for picture in pictures:
        greys = Image.open(picture).convert("L").histogram()
        assert 0.01 < sum(greys[:128]) / sum(greys) < 0.2  # neither blank nor black


def test_it_is_served_on_a_phone_with_a_photo_and_the_week_runs(
    browser: Browser, county: County, case: Case, shot: Any
) -> None:
    with window(browser, county, "township_officer", **PHONE) as page:
        open_case(page, county, case)
        page.click("main a.btn:has-text('登记限期复学通知书送达')")
        page.select_option("[name=method]", "direct")
        page.fill("[name=day]", f"{DAY}")
        page.fill("[name=time]", f"{clock.now():%H:%M}")
        page.fill("[name=place]", "东村三组家中")
        page.fill("[name=first_server]", "township_officer甲")
        page.fill("[name=second_server]", "李干部")
        page.select_option("[name=signatory]", label="张父（父亲）")
        receipt = {"name": "回证.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        page.set_input_files("[name=proofs]", [receipt])
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        shot(page, "order-service-phone")
        page.click("main form button:has-text('登记限期复学通知书送达')")
        page.wait_for_selector("text=已登记限期复学通知书送达")
        shot(page, "order-served-phone")
        words = page.inner_text("main")
    assert "限期至" in words
    order = case.orders.get()
    assert (order.received_by, order.due_on) == ("张父（父亲）", date(2025, 10, 9))


def test_the_index_of_the_file_lists_it_for_the_court(
    browser: Browser, county: County, case: Case, shot: Any
) -> None:
    with window(browser, county, "township_officer") as page:
        open_case(page, county, case)
        page.click("main a:has-text('案卷目录')")
        page.wait_for_selector("h1:has-text('案卷目录')")
        row = page.locator("main tr", has_text="限期复学通知书").first.inner_text()
        assert Paper.objects.get(kind="order").number in row
        shot(page, "order-index")
        page.click(f"main a:has-text('{Paper.objects.get(kind='order').number}')")
        assert WORDS in page.inner_text("main")


def test_the_desk_sees_the_text_as_it_will_be_printed_while_it_types(
    browser: Browser, county: County, case: Case, shot: Any
) -> None:
    with window(browser, county, "county_desk") as page:
        page.goto(f"{county.site.url}/papers/texts/")
        page.click("main tr:has-text('限期复学通知书') a:has-text('变更')")
        page.fill("[name=title]", "责令复学通知书")
        page.click("button:has-text('预览')")
        page.wait_for_selector("#preview >> text=责令复学通知书")
        page.click("[data-field='{学生姓名}']")
        page.fill("[name=body]", "请送{学生性名}到校。")
        page.wait_for_selector("#preview >> text=没有“{学生性名}”这个项目")
        shot(page, "paper-text")
