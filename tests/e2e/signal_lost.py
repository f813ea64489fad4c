"""Ways the network goes, what the page says then, and what its telephone keeps."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

from tests.e2e.morning import drafts

POSTS = "**/roll/**"
UNSENT = "网络不好，已保存在本机，尚未上报"
EVERYBODY = "button:has-text('全勤，提交')"


def arrived(page: Page, words: str) -> None:
    page.wait_for_selector(f"h2:has-text('{words}')")


def says(page: Page, words: str) -> None:
    page.wait_for_selector(f"[data-offline]:visible:has-text('{words}')")


def forgets(page: Page) -> None:
    for _ in range(200):
        if not drafts(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError(drafts(page))


def mark_with_a_note(page: Page, name: str) -> None:
    page.click("summary:has-text('有人未到，点名')")
    page.click(f"label.roll-name:has-text('{name}')")
    row = page.locator(f"[data-list] > li:has-text('{name}')")
    row.locator("label:has-text('无故未到')").click()
    row.locator("[name^=note-]").fill("奶奶说去了外婆家")
    row.locator("button:has-text('完成')").click()


def leave_a_draft(page: Page) -> None:
    """Pressed, never arrived, and the page left."""
    page.goto("/roll/")
    page.route(POSTS, lambda route: route.abort() if _is_post(route) else route.continue_())
    page.click(EVERYBODY)
    says(page, UNSENT)
    assert len(drafts(page)) == 2


def lose_the_answer(page: Page) -> None:
    """The next submission reaches the server; its answer does not come back."""

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(POSTS, once(swallow))


def once(answer: Callable[[Route], None]) -> Callable[[Route], None]:
    """The first submission meets ``answer``, everything else the server."""
    met: list[bool] = []

    def handle(route: Route) -> None:
        if met or not _is_post(route):
            route.continue_()
            return
        met.append(True)
        answer(route)

    return handle


def _is_post(route: Route) -> bool:
    return route.request.method == "POST"


def wake(page: Page, sign: str) -> None:
    """What tells the page to try again."""
    if sign == "back-off":
        page.clock.fast_forward("01:00")
    elif sign == "visibilitychange":
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    else:
        page.evaluate(f"dispatchEvent(new Event('{sign}'))")
