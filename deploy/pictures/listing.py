"""The pictures of the README, one row each.

``template`` is the page's own; the words of it and of all that it includes say whether the picture
is still true (words.py).
"""

from dataclasses import dataclass

# Of every account of the demo county (kongchuo/demo/county/people.py; a test compares).
PASSWORD = "yunxian-demo-2026"
PHONE, OFFICE, PAPER = (360, 780), (1280, 800), (794, 1123)  # CSS pixels; A4 at 96 dots an inch


@dataclass(frozen=True, slots=True)
class Picture:
    """One file of docs/images.

    ``clicks`` are links or buttons pressed in turn after the address has opened. ``media``: screen
    or print. ``scheme``: light or dark. ``around``: the part that is scrolled to the top.
    """

    file: str
    account: str
    address: str
    template: str
    caption: str
    size: tuple[int, int] = OFFICE
    clicks: tuple[str, ...] = ()
    media: str = "screen"
    scheme: str = "light"
    around: str = ""


A_CASE = ("main .table a[href^='/cases/']",)

PICTURES: tuple[Picture, ...] = (
    Picture(
        "desk-teacher.png",
        "banzhuren",
        "/",
        "cases/queue.html",
        "班主任的工作台（手机）：先点名，再看待办",
        PHONE,
    ),
)
