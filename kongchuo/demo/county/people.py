"""The staff of the demo: every role, one password, one account of each role for the tour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from foundation.accounts.actions import grant_post
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.roles import role_of
from kongchuo.demo.county.dates import IN_POST_SINCE
from kongchuo.demo.county.names import adult_name
from kongchuo.demo.county.places import Places, Town
from kongchuo.demo.county.schools import TOUR_CLASS, TOUR_WORD, TOWN
from students.roster.models import SchoolClass
from students.roster.pupils.acts.pupils import assign_class

SECOND = "anquanyuan2"  # confirms what the first security officer asks for
PASSWORD = "yunxian-demo-2026"
TOUR_VILLAGE = f"530922{TOWN}201"


@dataclass(frozen=True, slots=True)
class TourStop:
    """One account of the tour: its role, and what to look at with it."""

    login: str
    role: str
    see: str


TOUR: tuple[TourStop, ...] = (
    TourStop("banzhuren", "class_teacher", "今天还没有点名的班；今天要报告的学生"),
    TourStop("xueji", "registrar", "全校点名、名册导入；登记、请村协助、申请销号"),
    TourStop("xiaozhang", "head_teacher", "全校个案；书面报告乡镇；看得到敏感原因"),
    TourStop("zhongxinxiao", "central_school", "全镇学校的学生和个案"),
    TourStop("cungan", "village_cadre", "转到本村的协助请求：一件今日到期，一件逾期"),
    TourStop("jingbanren", "township_officer", "全镇待办：劝返、限期复学通知书、确认销号"),
    TourStop("zhenzhang", "township_leader", "全镇待办；每月会商已逾期一件"),
    TourStop("jiaoguanban", "education_office", "待签收的文书"),
    TourStop("jijiaogu", "county_desk", "全县个案、核准销号、月报、校历"),
    TourStop("dudao", "supervisor", "全县个案，只读"),
    TourStop("juzhang", "bureau_leader", "全县数字；人员复核、导出复核"),
    TourStop("guanliyuan", "administrator", "单位和系统状态；看不到个案内容"),
    TourStop("anquanyuan", "security_officer", "账号与任职；看不到个案内容"),
    TourStop("shenjiyuan", "auditor", "操作记录、使用超限；看不到个案内容"),
)
_OF_THE_COUNTY = ("bureau_leader", "administrator", "security_officer", "auditor")
_LOGINS = {stop.role: stop.login for stop in TOUR}


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post to fill; its holder signs in with ``login``."""

    login: str
    role: str
    unit: Unit
    school_class: SchoolClass | None = None


def make_people(places: Places) -> None:
    """Make every account, first the security officer, who grants the others their posts."""
    seats = list(_seats(places))
    # Argon2 is slow by design; all share one password, so one hash serves all.
    secret = make_password(PASSWORD)
    people = Person.objects.bulk_create(
        Person(username=seat.login, name=adult_name(seat.login), password=secret) for seat in seats
    )
    officer: Post | None = None
    for seat, person in zip(seats, people, strict=True):
        post = _fill(seat, person, officer)
        officer = officer or post


def add_new_seats(county: Unit) -> None:
    """Give a demo county of an earlier version the accounts of the roles that came since."""
    first = Post.objects.filter(role="security_officer").order_by("pk").first()
    for role in _OF_THE_COUNTY:
        login = _LOGINS[role]
        if not Person.objects.filter(username=login).exists():
            person = Person.objects.create_person(login, adult_name(login), PASSWORD)
            _fill(DemoPost(login, role, county), person, first)


def _fill(seat: DemoPost, person: Person, granted_by: Post | None) -> Post:
    post = grant_post(
        person, seat.role, seat.unit, IN_POST_SINCE, granted_by, reason="演示县初始任职"
    )
    if seat.school_class is not None:
        assign_class(post, seat.school_class, IN_POST_SINCE)
    return post


def _seats(places: Places) -> Iterator[DemoPost]:
    yield DemoPost(_LOGINS["security_officer"], "security_officer", places.county)
    for role in ("administrator", "auditor", "bureau_leader"):
        yield DemoPost(_LOGINS[role], role, places.county)
    yield DemoPost(_LOGINS["county_desk"], "county_desk", places.county)
    # The colleague works while the visitor looks on.
    yield DemoPost("jijiaogu2", "county_desk", places.county)
    yield DemoPost(_LOGINS["supervisor"], "supervisor", places.supervision)
    for town in places.inhabited():
        yield from _town_seats(town)
    for word, school in places.schools.items():
        yield from _school_seats(word, school.code, school.unit)
    for (word, grade, number), school_class in places.classes.items():
        yield _class_seat(word, grade, number, school_class)
    yield DemoPost(SECOND, "security_officer", places.county)


def _town_seats(town: Town) -> Iterator[DemoPost]:
    assert town.office is not None
    assert town.central_school is not None
    rows = (
        ("jbr", "township_officer", town.township),
        ("zz", "township_leader", town.township),
        ("jgb", "education_office", town.office),
        ("zxx", "central_school", town.central_school),
    )
    for prefix, role, unit in rows:
        yield DemoPost(_login(role, f"{prefix}{town.number}", town.number == TOWN), role, unit)
    for code, unit in town.villages.items():
        login = _login("village_cadre", f"cun{code[6:]}", code == TOUR_VILLAGE)
        yield DemoPost(login, "village_cadre", unit)


def _school_seats(word: str, code: str, unit: Unit) -> Iterator[DemoPost]:
    is_tour = word == TOUR_WORD
    yield DemoPost(_login("registrar", f"xj{code[-2:]}", is_tour), "registrar", unit)
    yield DemoPost(_login("head_teacher", f"xz{code[-2:]}", is_tour), "head_teacher", unit)


def _class_seat(word: str, grade: int, number: int, school_class: SchoolClass) -> DemoPost:
    school = school_class.school
    is_tour = (word, grade, number) == (TOUR_WORD, *TOUR_CLASS)
    login = _login("class_teacher", f"bzr{school.code[-2:]}{grade}{number}", is_tour)
    return DemoPost(login, "class_teacher", school.unit, school_class)


def _login(role: str, usual: str, is_tour: bool) -> str:
    return _LOGINS[role] if is_tour else usual


def tour_rows(posts: Iterable[Post]) -> list[tuple[str, str, str, str, str, str]]:
    """(账号, 密码, 职务, 姓名, 单位, 看什么) of the tour's logins that are there."""
    held = {post.person.username: post for post in posts}
    return [
        (
            stop.login,
            PASSWORD,
            role_of(stop.role).label,
            held[stop.login].person.name,
            held[stop.login].unit.name,
            stop.see,
        )
        for stop in TOUR
        if stop.login in held
    ]
