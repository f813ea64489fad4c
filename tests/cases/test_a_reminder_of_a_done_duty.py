"""A reminder of a duty that is done says so in the inbox, and is urgent no more."""

from datetime import date

from cases.policy import Act
from tests.browsing import client_of, page
from tests.cases.steps import OPENED, a_case, do, sweep_on
from tests.cast import Cast, make_child

LATE = date(2025, 9, 15)


def letter_of(words: str, title: str) -> str:
    found = [one for one in words.split("<article")[1:] if title in one]
    assert len(found) == 1, title
    return found[0]


def test_a_done_duty_is_told_as_done_and_others_stay_urgent(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    sweep_on(OPENED)
    sweep_on(LATE)
    do(cast, case, Act.REGISTER, "registrar", LATE)

    inbox = page(client_of(cast.person("registrar")).get("/inbox/"))

    done = letter_of(inbox, "已逾期：学校登记姓名和辍学时间")
    assert "已办" in done
    assert "紧急" not in done
    assert "去办理" not in done
    owed = letter_of(inbox, "已逾期：首次上门或电话劝返")
    assert "紧急" in owed
    assert "已办" not in owed
