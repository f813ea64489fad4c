"""``manage.py demo_accounts``: lists the tour's accounts and what to look at with each."""

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand

from foundation import clock
from foundation.accounts.querysets import posts_on
from kongchuo.demo.county.people import PASSWORD, SECOND, TOUR, tour_rows

_HEADS = ("账号", "密码", "职务", "姓名", "单位", "看什么")
_OTHERS = (
    f"其余账号同一密码（{PASSWORD}）：班主任 bzr+学校序号+年级+班；",
    "学籍管理员 xj、校长 xz+学校序号；村（社区） cun+村代码六位；",
    f"须两人办理的（县级任职、密码重置），由 juzhang（局领导）或 {SECOND}（安全管理员）确认；",
    "中心校 zxx、经办人 jbr、乡镇领导 zz、镇教管办 jgb+乡镇代码三位。",
)


class Command(BaseCommand):
    help = "列出演示账号。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints every tour account that holds a post today."""
        logins = [stop.login for stop in TOUR]
        posts = posts_on(clock.today()).filter(person__username__in=logins)
        rows = [_HEADS, *tour_rows(posts.select_related("person", "unit"))]
        if len(rows) == 1:
            self.stdout.write("还没有演示账号，请先运行 manage.py load_demo。")
            return
        widths = [max(_width(row[n]) for row in rows) for n in range(len(_HEADS))]
        for row in rows:
            cells = (_pad(cell, width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        for line in _OTHERS:
            self.stdout.write(line)


def _width(text: str) -> int:
    """The columns of a text on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
