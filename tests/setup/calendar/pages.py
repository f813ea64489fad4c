"""What the desk types on the pages of the calendar, and what it presses."""

import re
from typing import Any

from django.test import Client

from tests.browsing import page

# As the notice for 2027 may read. Which days it will name is not known yet.
NOTICE = """
国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历腊月廿九、周五）至11日（周四）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
PAPER = "国办发明电〔2026〕×号"
YEAR_2027 = "/calendars/setup/arrangements/2027/"
ADD_YEAR = "/calendars/setup/years/add/"

TERMS_2027 = {
    "school_year": "2027",
    "autumn_registration": "2027-08-31",
    "autumn_first": "2027-09-01",
    "autumn_last": "2028-01-14",
    "spring_registration": "2028-02-27",
    "spring_first": "2028-02-28",
    "spring_last": "2028-07-07",
    "source_document": "县教体发〔2026〕12号",
}
_SEEN = re.compile(r'name="seen" value="(\w+)"')


def preview(desk: Client, url: str, **data: Any) -> str:
    """The page that says what would move."""
    return page(desk.post(url, {**data, "step": "preview"}))


def confirm(desk: Client, url: str, **data: Any) -> Any:
    """Look at the preview and press 确认登记 below it."""
    seen = _SEEN.search(preview(desk, url, **data))
    assert seen
    answer = desk.post(url, {**data, "step": "confirm", "seen": seen[1]})
    assert answer.status_code == 302, page(answer, answer.status_code)
    return answer


def enter_2027(desk: Client, **more: Any) -> Any:
    """The holidays of 2027 from the text of the notice."""
    return confirm(desk, YEAR_2027, text=NOTICE, source_document=PAPER, **more)
