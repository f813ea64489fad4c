"""A teacher with one class and a telephone, for the tests of the morning in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from cases.actions.following import follow
from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person, Post
from foundation.accounts.querysets import viewer_on
from students.attendance.actions import call_roll
from students.attendance.models import RollCall
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.roster.models import Child, SchoolClass
from students.roster.pupils.acts.pupils import add_child, assign_class, enrol, open_class
from tests.browsing import client_of
from tests.cast import LONG_AGO
from tests.doers import doing
from tests.e2e.conftest import PHONE, County

MONDAY, TUESDAY = date(2025, 9, 8), date(2025, 9, 9)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("小明", "家兴", "秀英", "志强")
_numbers = count(3)


@dataclass
class Classroom:
    """One class, its teacher, and who sits in it."""

    post: Post
    school_class: SchoolClass
    children: list[Child]

    @property
    def path(self) -> str:
        """Where the class's roll is called."""
        return f"/roll/{self.school_class.pk}/"

    def call(self, day: date, *away: Child, post: Post | None = None, reason: str = "") -> None:
        """The roll of a day by the same acts as the page, without a browser."""
        post = post or self.post
        origin, viewer = Origin(post.person_id, post.pk), viewer_on(post.person, day)
        marks = tuple(Mark(child.pk, "unexcused") for child in away)
        standing = RollCall.objects.filter(school_class=self.school_class, day=day).first()
        entry = RollCallEntry(
            self.school_class,
            *(day, "d", marks, uuid4()),
            seen_version=standing.version if standing else 0,
            reason=reason,
        )
        now = clock.now()
        with transaction.atomic():
            result = call_roll(doing(viewer, origin, today=clock.today(), now=now), entry)
            follow(result.members | result.touched, clock.today(), now, origin)


def make_classroom(county: County, size: int = 46) -> Classroom:
    """A new class of the school with a teacher of its own."""
    side, number = county.cast.here, next(_numbers)
    person = Person.objects.create_person(f"teacher{number}", f"老师{number}")
    post = accounts.grant_post(person, "class_teacher", side.school.unit, LONG_AGO, None)
    school_class = open_class(side.school, "2", 2024, number)
    assign_class(post, school_class, LONG_AGO)
    return Classroom(post, school_class, [_child(county, school_class, n) for n in range(size)])


def _child(county: County, school_class: SchoolClass, number: int) -> Child:
    side = county.cast.here
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES)]
    child = add_child(
        county.cast.county,
        name,
        born_on=date(2012, 5, 6),
        home_village=side.village,
        home_township=side.township,
    )
    enrolment = enrol(child, school_class, date(2025, 9, 1))
    type(enrolment).objects.filter(pk=enrolment.pk).update(seat_no=str(number + 1))
    return child


@contextmanager
def telephone(
    browser: Browser, county: County, person: Person, *before: str, **options: Any
) -> Iterator[Page]:
    """The person's own window, signed in; 360 px wide unless ``options`` say otherwise.

    ``before`` are scripts that run in each page before it does.
    """
    context = browser.new_context(**{**PHONE, "locale": "zh-CN", **options})
    context.set_default_timeout(30_000)
    _sign_in(context, county, person)
    for script in before:
        context.add_init_script(script)
    try:
        yield context.new_page()
    finally:
        context.close()


def _sign_in(context: BrowserContext, county: County, person: Person) -> None:
    person.refresh_from_db()  # the session hangs on the password
    cookie = client_of(person).cookies[settings.SESSION_COOKIE_NAME]
    # As the server sets it: no script of a page may read it.
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": county.site.url, "httpOnly": True}]
    )


@dataclass
class Wire:
    """What goes over the wire of one page, headers and all, as Chromium counts it."""

    page: Page
    received: float = 0
    addresses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cdp: CDPSession = self.page.context.new_cdp_session(self.page)
        self.cdp.send("Network.enable")
        self.cdp.on("Network.requestWillBeSent", self._asked)
        self.cdp.on("Network.loadingFinished", self._answered)

    def weaken(self) -> None:
        """A valley with one bar: 200 kbit/s, and 600 ms there and back (ux 5.2)."""
        conditions = {"latency": 600, "downloadThroughput": 25_000, "uploadThroughput": 25_000}
        self.cdp.send("Network.emulateNetworkConditions", {"offline": False, **conditions})

    def forget(self) -> None:
        """Count from here."""
        self.received = 0
        self.addresses.clear()

    def _asked(self, event: dict[str, Any]) -> None:
        self.addresses.append(event["request"]["url"])
        self.received += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def _answered(self, event: dict[str, Any]) -> None:
        self.received += event["encodedDataLength"]


def drafts(page: Page) -> list[str]:
    """What the roll call keeps in the browser."""
    words = "Object.entries(localStorage).filter(([n]) => n.startsWith('kongchuo-roll:')).flat()"
    return list(page.evaluate(words))


class Use:
    """How much of each sheet and script a page used, while it was looked at and acted on."""

    def __init__(self, page: Page) -> None:
        self.page, self.sheets = page, dict[str, dict[str, Any]]()
        self.cdp = page.context.new_cdp_session(page)
        self.cdp.on("CSS.styleSheetAdded", self._added)
        for order in ("DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking", "Profiler.enable"):
            self.cdp.send(order)
        self.cdp.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})

    def _added(self, event: dict[str, Any]) -> None:
        self.sheets[event["header"]["styleSheetId"]] = event["header"]

    def shares(self) -> dict[str, float]:
        """The share of rules applied and of functions run, by the file's address."""
        return self._sheets() | self._scripts()

    def _sheets(self) -> dict[str, float]:
        """By letters. What is for paper only is not asked: no screen uses it."""
        used = dict.fromkeys(self.sheets, 0.0)
        for rule in self.cdp.send("CSS.stopRuleUsageTracking")["ruleUsage"]:
            used[rule["styleSheetId"]] += rule["used"] * (rule["endOffset"] - rule["startOffset"])
        heads = {number: self.sheets[number] for number in used}
        return {
            head["sourceURL"]: used[number] / head["length"]
            for number, head in heads.items()
            if "/static/" in head["sourceURL"] and "print" not in head["sourceURL"]
        }

    def _scripts(self) -> dict[str, float]:
        result = self.cdp.send("Profiler.takePreciseCoverage")["result"]
        return {
            script["url"]: sum(map(_ran, script["functions"])) / len(script["functions"])
            for script in result
            if "/static/" in script["url"]
        }


def _ran(function: dict[str, Any]) -> bool:
    return any(part["count"] for part in function["ranges"])
