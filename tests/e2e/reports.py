"""The school's written report on the pages of who signs it and of who signs for it."""

from playwright.sync_api import Page

from tests.e2e.conftest import County


def report_is_sent(head: Page, officer: Page, county: County) -> None:
    """The head of the school reads and signs it; then the township finds it, and signs for it."""
    assert "待签收的文书" not in officer.inner_text("main")
    head.goto(f"{county.site.url}/papers/queue/")
    head.click("main a:has-text('辍学情况书面报告')")
    head.click("main form button:has-text('签发')")
    head.wait_for_selector("text=已签发：")
    officer.goto(county.site.url)
    officer.click("main a:has-text('去签收')")
    officer.click("main form button:has-text('签收')")
    officer.wait_for_selector("text=已签收。")
