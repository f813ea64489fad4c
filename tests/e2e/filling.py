"""Fills a field of a form in the browser, whatever kind of field it is."""

from playwright.sync_api import FilePayload, Page

from tests.files.samples import photo


def fill(page: Page, field: str, value: str) -> None:
    place = page.locator(f"[name={field}]")
    kind = place.first.get_attribute("type")
    if kind == "file":
        receipt: FilePayload = {"name": "回证.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        place.set_input_files(receipt)
        return
    if kind == "radio":
        page.check(f"[name={field}][value={value}]")
    elif place.evaluate("one => one.tagName") == "SELECT":
        place.select_option(value)
    elif kind == "checkbox":
        place.set_checked(value == "yes")
    else:
        place.fill(value)
