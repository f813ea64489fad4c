"""Takes the pictures: ``python -m deploy.pictures.taking ADDRESS BROWSER [FILE …]``.

Runs in the environment of the tests, which has playwright and Pillow.
"""

import io
import sys
from collections.abc import Sequence

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.pictures import words
from deploy.pictures.listing import PASSWORD, PICTURES, Picture

MOST = 60 * 1024  # bytes of a picture
COLOURS = (64, 48, 32, 24, 16)
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=zh-CN")
SHEET = "body { padding: 12mm }"  # the margins that a printer leaves
SETTLED = 600  # ms after the page is loaded: charts are drawn by then


def take(address: str, browser: str, wanted: Sequence[str]) -> None:
    """Takes the pictures of those files, or all, and notes the words of their pages."""
    chosen = [one for one in PICTURES if not wanted or one.file in wanted]
    words.IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=list(QUIET))
        for one in chosen:
            data = small(_shot(opened, address, one))
            (words.IMAGES / one.file).write_bytes(data)
            print(f"  {one.file}  {len(data) // 1024} KB")
        opened.close()
    words.keep(chosen)


def small(png: bytes) -> bytes:
    """The picture with a palette, in as many colours as its size allows."""
    whole = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        out = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST:
            break
    return out.getvalue()


def _shot(browser: Browser, address: str, one: Picture) -> bytes:
    width, height = one.size
    window = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if one.scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="zh-CN",
        bypass_csp=True,
    )
    page = window.new_page()
    _sign_in(page, address, one.account)
    page.goto(address.rstrip("/") + one.address)
    for selector in one.clicks:
        page.locator(selector).first.click()
        page.wait_for_load_state()
    if one.media == "print":
        page.emulate_media(media="print")
        page.add_style_tag(content=SHEET)
    page.wait_for_timeout(SETTLED)
    if one.around:
        page.locator(one.around).first.evaluate("one => one.scrollIntoView()")
    png = page.screenshot()
    window.close()
    return png


def _sign_in(page: Page, address: str, account: str) -> None:
    page.goto(address.rstrip("/") + "/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_load_state()


if __name__ == "__main__":
    take(sys.argv[1], sys.argv[2], sys.argv[3:])
