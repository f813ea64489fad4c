"""The page of a school's morning: its numbers lead to their place, its missing pupils to theirs."""

import re

from tests.attendance.help import Caller, missing
from tests.browsing import client_of, page
from tests.cases.steps import OPENED
from tests.cast import Cast, make_child


def shown(cast: Cast, clock_at, role: str = "registrar") -> str:
    clock_at(OPENED)
    return page(client_of(cast.person(role)).get(f"/mornings/schools/{cast.here.school.pk}/"))


def test_each_number_leads_to_its_place_on_the_page(cast: Cast, clock_at) -> None:
    make_child(cast.here)
    words = shown(cast, clock_at)
    places = re.findall(r'<a class="state-[^"]*" href="#(\w+)"', words)
    assert len(places) == 4
    assert {"uncalled", "classes"} <= set(places)
    assert all(f'id="{place}"' in words for place in places)


def test_a_missing_pupil_is_one_line_that_leads_to_the_pupil(cast: Cast, clock_at) -> None:
    child = make_child(cast.here, "张小明")
    Caller(cast).call(OPENED, missing(child, "unexcused"))
    row = shown(cast, clock_at).split('id="away"')[1].split("<tbody>")[1].split("</tr>")[0]
    assert f'<a href="/pupils/{child.pk}/">张小明</a>' in row
    assert all(place in row for place in ("cell-name", "cell-sub", "cell-mark"))


def test_what_a_phone_shows_first_is_who_is_absent(cast: Cast, clock_at) -> None:
    make_child(cast.here)
    heads = re.findall(r"<th scope=\"col\"[^>]*>([^<]+)</th>", shown(cast, clock_at))
    at = heads.index("班级")
    assert heads[at : at + 6] == ["班级", "应到", "实到", "缺勤", "其中无故", "未点名人数"]
