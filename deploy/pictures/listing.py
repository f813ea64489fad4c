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


DESK, CASE = "desk/home.html", "cases/case.html"
# The first child of the list whose case has gone beyond the school.
A_CASE = ("main tr:has-text('乡镇') td a[href^='/cases/']",)

PICTURES: tuple[Picture, ...] = (
    Picture("desk-teacher.png", "banzhuren", "/", DESK, "班主任的工作台：先点名，再看待办", PHONE),
    Picture(
        "roll.png",
        "banzhuren",
        "/roll/",
        "attendance/roll.html",
        "点名：仍缺勤的只占一行，其余的一下提交",
        PHONE,
        clicks=tuple(
            f".roll-list > li:nth-child({number}) label:has-text('仍缺勤')" for number in (1, 2, 3)
        ),
        around=".pagehead",
    ),
    Picture(
        "case-phone.png",
        "banzhuren",
        "/cases/",
        CASE,
        "手机上的个案：谁来办、哪天到期、一点就拨打",
        PHONE,
        clicks=("main td a[href^='/cases/']",),
    ),
    Picture("desk-village.png", "cungan", "/", DESK, "村干部的工作台：请村里帮忙的孩子", PHONE),
    Picture(
        "help.png",
        "banzhuren",
        "/help/teacher/",
        "help/chapter.html",
        "帮助：打开就是这一页的说明",
        PHONE,
    ),
    Picture("desk-registrar.png", "xueji", "/", DESK, "学籍管理员的工作台"),
    Picture("desk-head.png", "xiaozhang", "/", DESK, "校长的工作台"),
    Picture("desk-township.png", "jingbanren", "/", DESK, "乡镇经办人的工作台"),
    Picture("desk-county.png", "jijiaogu", "/", DESK, "县教育局基教股的工作台"),
    Picture(
        "charts-light.png",
        "jijiaogu",
        "/",
        DESK,
        "图表（浅色）：一年的变化、各阶段、谁逾期，每张图都有数据表",
        around="#pictures",
    ),
    Picture(
        "charts-dark.png",
        "jijiaogu",
        "/",
        DESK,
        "图表（深色）：跟着电脑的深浅色走",
        scheme="dark",
        around="#pictures",
    ),
    Picture(
        "list.png",
        "jijiaogu",
        "/cases/",
        "cases/list.html",
        "个案名单：筛选、排序、打印全部",
    ),
    Picture(
        "import.png",
        "xueji",
        "/roster/import/",
        "roster/batch.html",
        "导入名册：先看会改什么，再确认",
        clicks=("main table a[href^='/roster/import/']",),
        around="text=表与系统不一致的栏目",
    ),
    Picture(
        "case-paper.png",
        "xueji",
        "/cases/",
        CASE,
        "打印出来的个案",
        PAPER,
        clicks=A_CASE,
        media="print",
    ),
)
