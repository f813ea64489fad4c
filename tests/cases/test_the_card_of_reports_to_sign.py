"""The card of reports that wait for a signature counts all, and says which it lists."""

from datetime import date, timedelta

import pytest

from cases.models import Dispatch
from cases.pages import queue
from cases.policy import Act
from foundation import clock
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.reporting.facts import happen, open_case

DAY = date(2025, 10, 13)


def send(cast: Cast, number: int, levels: tuple[str, ...] = ("township",)) -> None:
    """The school reports a case to the township, ``number`` days before DAY."""
    child = make_child(cast.here, f"张{number:02d}")
    case = open_case(child, cast.here.school_class, date(2025, 9, 8))
    sent = DAY - timedelta(days=number)
    event = happen(case, Act.REPORT_TOWNSHIP, sent, "D3", "D4")
    for level in levels:
        Dispatch.objects.create(
            case=case,
            event=event,
            kind="report_township",
            to_unit=cast.here.township,
            to_level=level,
            sent_on=sent,
        )


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card lists three."""
    monkeypatch.setattr(queue, "LISTED", 3)
    monkeypatch.setattr(clock, "today", lambda: DAY)


def card(cast: Cast) -> str:
    return page(client_of(cast.person("township_officer")).get("/"))


@pytest.mark.parametrize(("number", "more"), [(2, 0), (3, 0), (4, 1)])
def test_it_says_how_many_it_does_not_list(cast, number, more):
    for one in range(number):
        send(cast, one)
    words = card(cast)
    assert f'<span class="count">{number}</span>' in words
    assert words.count("送出</span>") == min(number, 3)
    assert (f"还有{more}件，签收后接着列出" in words) == bool(more)


def test_the_one_that_waits_longest_is_listed_first(cast):
    for one in range(4):
        send(cast, one)
    words = card(cast)
    assert "10月10日送出" in words
    assert "10月13日送出" not in words


def test_a_township_that_is_both_addressees_signs_once(cast):
    send(cast, 1, ("township", "office"))
    accounts = cast.viewer("township_officer", DAY)
    assert queue.to_receive(accounts).total == 1
