"""What the tests of the opening share: the technician's page, a filled workbook, signing in."""

import io
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from foundation.jobs.models import Job
from kongchuo.celery import app
from kongchuo.setup.opening.rules.book import KnownCounty
from kongchuo.setup.opening.rules.definition import BY_CODE
from kongchuo.setup.opening.template_book import FIRST, opening_book
from students.roster.rules.ids import invent
from tests.browsing import page

LOGIN, WIZARD, POSTS = "/accounts/login/", "/opening/", "/opening/posts/"
TYPED = {
    "place": "甲县",
    "code": "530999",
    "bureau": "甲县教育体育局",
    "phone": "0883-0000000",
    "first_name": "王一",
    "first_login": "13900000001",
    "second_name": "李二",
    "second_login": "13900000002",
    "second_role": "bureau_leader",
}
# Typed, read once more and confirmed.
COUNTY = {**TYPED, "checked": "1"}
Rows = Mapping[str, list[tuple[Any, ...]]]
ROWS: Rows = {
    "offices": [
        ("县教育局", "甲县教育体育局", "县教体局", "0883-0000000", "甲县", "530999"),
        ("督导室", "甲县人民政府教育督导室", "督导室"),
    ],
    "townships": [
        ("530999101", "东镇", "", "东镇教育管理办公室", "东镇中心校"),
        ("530999102", "西乡", "", "", ""),
    ],
    "villages": [
        ("530999101201", "永胜村民委员会", "东镇"),
        ("530999101001", "新城社区居民委员会", "东镇"),
        ("530999102201", "河边村民委员会", ""),
    ],
    "schools": [
        (
            "2153000101",
            "东镇完全小学",
            "东完小",
            "东镇",
            "小学",
            "是",
            "否",
            "",
            "永胜村、新城社区",
        ),
        ("3153000101", "东镇中学", "", "东镇", "初中", "是", "是", "县直", "永胜村"),
        ("2153000102", "西乡小学", "", "西乡", "小学", "", "", "", "河边村"),
    ],
    "terms": [
        ("2026", "秋季学期", "2026-08-31", "2026-09-01", "2027-01-15"),
        ("2026-2027", "春", "2027-02-28", "2027-03-01", "2027-07-09"),
    ],
    "people": [
        ("赵督导", "13900000003", "督导室", "督导室", ""),
        ("钱镇长", "13900000004", "乡镇领导", "东镇人民政府", "2026-08-20"),
        ("孙专干", "13900000005", "村专干", "永胜村", ""),
        ("周校长", "13900000006", "校长", "东镇中学", "2026-08-20"),
        ("吴学籍", "13900000007", "学籍管理员", "3153000101", "2026-08-20"),
    ],
}


def workbook(rows: Rows = ROWS, **changed: list[tuple[Any, ...]]) -> bytes:
    """The template filled in with these rows by sheet."""
    return _workbook() if rows is ROWS and not changed else filled(_template(), {**rows, **changed})


@cache
def _workbook() -> bytes:
    return filled(_template(), ROWS)


@cache
def _template() -> bytes:
    return opening_book(KnownCounty(), "甲县")


def filled(template: bytes, rows: Rows) -> bytes:
    """The workbook with the rows typed below the examples of each sheet."""
    book = load_workbook(io.BytesIO(template))
    for code, lines in rows.items():
        page_of_book = book[BY_CODE[code].name]
        for at, line in enumerate(lines, start=FIRST):
            for column, value in enumerate(line, start=1):
                page_of_book.cell(at, column).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def pupil_of_a_roster(number: int, name: str) -> dict[str, str]:
    """A row of the registry's template: a pupil of 九年级2班 at 东镇中学, in the autumn of 2026."""
    born_on = date(2012, 3, number + 1)
    return {
        "学校标识码": "3153000101",
        "姓名": name,
        "性别": "男" if number % 2 else "女",
        "出生日期": f"{born_on:%Y%m%d}",
        "民族": "汉族",
        "身份证件类型": "居民身份证",
        "身份证件号": invent(born_on, number, "1" if number % 2 else "2"),
        "户口所在地": "530999101201",
        "班级": "2班",
        "入学年月": "202409",
        "就读方式": "走读",
        "现住址": "东镇永胜村一组",
        "成员1姓名": f"{name[0]}父",
        "成员1关系": "父亲",
        "成员1联系电话": f"1001234500{number}",
        "成员1是否监护人": "是",
    }


def address() -> str:
    """A new address of the technician, as the command prints it."""
    out = io.StringIO()
    call_command("opening_address", stdout=out)
    found = re.search(r"/opening/start/\S+", out.getvalue())
    assert found, out.getvalue()
    return found[0]


def slips_in(words: str) -> dict[str, str]:
    """Account → first password of the slips on a page."""
    found = re.findall(
        r"<dt>账号</dt><dd[^>]*>([^<]+)</dd>.*?slip-password\">([^<]+)<", words, re.DOTALL
    )
    return dict(found)


def found_county() -> dict[str, str]:
    """The county made by the technician's page; returns the first passwords."""
    return slips_in(page(Client().post(address(), COUNTY)))


def signed_in(login: str, password: str, chosen: str = "quiet-herons-at-dusk") -> Client:
    """A client that signs in with a first password and chooses its own."""
    client = Client()
    answer = client.post(LOGIN, {"login": login, "password": password})
    assert answer.status_code == 302, page(answer, answer.status_code)
    data = {"oldpassword": password, "password1": chosen, "password2": chosen}
    answer = client.post("/accounts/password/change/", data)
    assert answer.status_code == 302, page(answer, answer.status_code)
    return client


def confirmed(second: Client) -> dict[str, str]:
    """The second person reads the list and confirms it; returns the first passwords shown."""
    return slips_in(page(second.post(POSTS, {"mark": mark_of(second)}, follow=True)))


def mark_of(second: Client) -> str:
    """What the page of the county's posts says of the rows that it lists."""
    found = re.search(r'name="mark" value="(\w+)"', page(second.get(POSTS)))
    return found[1] if found else ""


def uploaded(client: Client, content: bytes, name: str = "开通工作簿.xlsx") -> str:
    """The address of the preview of an uploaded book."""
    answer = client.post("/opening/upload/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, page(answer, answer.status_code)
    return str(answer["Location"])


def written(client: Client, content: bytes) -> str:
    """The page of an uploaded book after it was confirmed and the worker wrote it."""
    preview = uploaded(client, content)
    mark = re.search(r'name="mark" value="(\w+)"', page(client.get(preview)))
    assert mark, page(client.get(preview))
    return ordered(client, preview, mark[1])


def ordered(client: Client, preview: str, mark: str) -> str:
    """The page of the book after its confirmation, as the person sees it when the work is over."""
    job = Job.objects.count()
    words = page(client.post(f"{preview}write/", {"mark": mark}, follow=True))
    if Job.objects.count() == job:
        return words
    work_off()
    return page(client.get(preview))


def work_off() -> None:
    """Do as the worker: run the newest job by the name under which the queue knows it."""
    app.loader.import_default_modules()
    job = Job.objects.latest("pk")
    app.tasks[job.task](job.pk)
