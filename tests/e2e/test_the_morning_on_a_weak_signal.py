"""A teacher's morning where the signal is weak: few taps, few bytes, and nothing lost or doubled.

Budget (ux 5.2): nobody missing, 2 taps and 10 seconds from opening the link; three missing, 30
seconds; on 200 kbit/s with 600 ms there and back. First load 100 KB, afterwards 10 KB. Taps and
bytes are held; seconds are printed, since they are this machine's.
"""

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from foundation import clock
from students.attendance.models import Absence, RollCall, Submission
from tests.e2e.conftest import County
from tests.e2e.morning import (
    MONDAY,
    Classroom,
    Wire,
    drafts,
    make_classroom,
    telephone,
)

FIRST, REPEAT = 100 * 1024, 10 * 1024
UNSENT = "网络不好，已保存在本机，尚未上报"
EVERYBODY = "button:has-text('全勤，提交')"


@pytest.fixture(autouse=True)
def _monday(county: County) -> None:
    county.site.move_to(MONDAY)


@pytest.fixture
def classroom(county: County) -> Classroom:
    return make_classroom(county)


@pytest.fixture
def page(browser: Any, county: County, classroom: Classroom) -> Iterator[Page]:
    """The teacher's telephone; its clock is the county's."""
    with telephone(browser, county, classroom.post.person, base_url=county.site.url) as page:
        page.clock.install(time=clock.now())
        yield page


class Finger:
    """Counts what it taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.began = page, 0, time.monotonic()

    def tap(self, *places: str) -> None:
        for place in places:
            self.page.locator(place).tap()
            self.taps += 1

    def tell(self, title: str, wire: Wire) -> str:
        seconds = time.monotonic() - self.began
        return f"\n{title}: {self.taps} taps, {wire.received / 1024:.1f} KB, {seconds:.1f} s"


def submissions(classroom: Classroom) -> list[Submission]:
    rows = Submission.objects.filter(roll_call__school_class=classroom.school_class)
    return list(rows.order_by("version"))


def mark(finger: Finger, name: str, kind: str = "无故未到") -> None:
    row = f"[data-list] > li:has-text('{name}')"
    finger.tap(f"label.roll-name:has-text('{name}')")
    finger.tap(f"{row} label:has-text('{kind}')", f"{row} button:has-text('完成')")


# --- taps and bytes ----------------------------------------------------------------------------


def test_nobody_missing_is_one_tap_and_few_bytes(browser, county, classroom, capsys) -> None:
    with telephone(browser, county, classroom.post.person) as page:
        wire = Wire(page)
        wire.weaken()
        finger = Finger(page)
        page.goto(f"{county.site.url}/roll/")
        opened = wire.received
        finger.tap(EVERYBODY)
        page.wait_for_selector("h2:has-text('应到46 实到46')")
        told = finger.tell("first visit, nobody missing", wire)
        with capsys.disabled():
            print(told, f"(page {opened / 1024:.1f} KB, budget 100 KB, 2 taps, 10 s)")
        assert opened <= FIRST
        assert finger.taps <= 2
        assert len(submissions(classroom)) == 1


def test_the_next_morning_only_the_names_come_over_the_wire(
    browser, county, classroom, capsys
) -> None:
    with telephone(browser, county, classroom.post.person) as page:
        page.goto(f"{county.site.url}/roll/")
        wire = Wire(page)
        wire.weaken()
        finger = Finger(page)
        page.goto(f"{county.site.url}/roll/")
        opened, addresses = wire.received, list(wire.addresses)
        finger.tap(EVERYBODY)
        page.wait_for_selector("h2:has-text('应到46 实到46')")
        told = finger.tell("repeat visit, nobody missing", wire)
        with capsys.disabled():
            print(told, f"(page {opened / 1024:.1f} KB, budget 10 KB, 2 taps, 10 s)")
        assert 0 < opened <= REPEAT, addresses
        assert finger.taps <= 2


def test_three_missing_are_marked_on_the_same_signal(browser, county, classroom, capsys) -> None:
    with telephone(browser, county, classroom.post.person) as page:
        wire = Wire(page)
        wire.weaken()
        finger = Finger(page)
        page.goto(f"{county.site.url}/roll/")
        finger.tap("summary:has-text('有人未到，点名')")
        for child in classroom.children[3:6]:
            mark(finger, child.name)
        finger.tap("button:has-text('提交点名')")
        page.wait_for_selector("h2:has-text('应到46 实到43')")
        with capsys.disabled():
            print(finger.tell("first visit, three missing", wire), "(budget 30 s)")
        assert finger.taps <= 11
        assert wire.received <= FIRST
        assert RollCall.objects.get(school_class=classroom.school_class).absent == 3
