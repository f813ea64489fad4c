"""The children of the tour: their absences, and the acts of each office.

They live in one township, 茂兰镇, so that every account of the tour finds something overdue,
something due today and something in good order. Every row becomes a roll call or an act of that
day; no result is written directly.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.policy import Act
from kongchuo.demo.county.schools import TOUR_CLASS, TOUR_WORD

ClassKey = tuple[str, int, int]
TOUR_KEY: ClassKey = (TOUR_WORD, *TOUR_CLASS)
# Homes: the village of the tour's cadre, another one of the township, outside the county.
HERE, NEAR, ELSEWHERE = "here", "near", "elsewhere"


@dataclass(frozen=True, slots=True)
class StoryAbsence:
    """An absence from a day to a day, both included. Without a last day it does not end."""

    first: date
    last: date | None = None
    kind: str = "unexcused"

    def covers(self, day: date, ends_on: date) -> bool:
        """Whether the absence covers ``day``; without a last day it lasts to ``ends_on``."""
        return self.first <= day <= (self.last or ends_on)


@dataclass(frozen=True, slots=True)
class StoryDeed:
    """An act on a day. ``role`` is empty where the act itself decides it."""

    day: date
    act: Act
    data: dict[str, Any] = field(default_factory=dict)
    role: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One child: seat, home, absences, and the acts of the offices."""

    what: str
    school_class: ClassKey
    seat: int
    home: str
    away: tuple[StoryAbsence, ...]
    deeds: tuple[StoryDeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A child wrongly marked absent on ``wrong_on``, corrected by the registrar on ``day``."""

    day: date
    wrong_on: date
    school_class: ClassKey
    seat: int
    reason: str


def _d(month: int, day: int) -> date:
    return date(2025, month, day)


def _do(month: int, day: int, act: Act, role: str = "", **data: Any) -> StoryDeed:
    return StoryDeed(_d(month, day), act, data, role)


def _school(month: int, day: int, **data: Any) -> tuple[StoryDeed, ...]:
    """Report, registration and first contact, all on the day of opening (R2 to R4)."""
    return (
        _do(month, day, Act.REPORT, **data),
        _do(month, day, Act.REGISTER),
        _do(month, day, Act.CONTACT, method="phone", place="电话联系"),
    )


def _visit(month: int, day: int, role: str = "") -> StoryDeed:
    return _do(month, day, Act.CONTACT, role, method="visit")


def _answer(month: int, day: int, result: str = "no_effect", **data: Any) -> StoryDeed:
    return _do(month, day, Act.ANSWER, answer_result=result, **data)


def _received(month: int, day: int) -> tuple[StoryDeed, ...]:
    return (
        _do(month, day, Act.RECEIVE, "township_officer"),
        _do(month, day, Act.RECEIVE, "education_office"),
    )


def _in(grade: int, number: int) -> ClassKey:
    return TOUR_WORD, grade, number


_OFFICER = "township_officer"

STORIES: tuple[Story, ...] = (
    Story("补点后今天立案，班主任今天要报告", TOUR_KEY, 2, HERE, (StoryAbsence(_d(11, 10)),)),
    Story(
        "入户家访今天到期",
        TOUR_KEY,
        4,
        HERE,
        (StoryAbsence(_d(11, 6)),),
        _school(11, 7, cause="12"),
    ),
    Story("昨天第一天未到，今天再缺就立案", TOUR_KEY, 5, NEAR, (StoryAbsence(_d(11, 11)),)),
    Story(
        "昨天返校，再到校两天自动销号",
        TOUR_KEY,
        6,
        NEAR,
        (StoryAbsence(_d(11, 6), _d(11, 10)),),
        (*_school(11, 7, cause="02"), _visit(11, 10)),
    ),
    Story(
        "返校后又离校，退回村级",
        TOUR_KEY,
        1,
        NEAR,
        (StoryAbsence(_d(10, 21), _d(10, 29)), StoryAbsence(_d(11, 6))),
        (*_school(10, 22, cause="03"), _visit(10, 24), _do(10, 28, Act.ASK_VILLAGE)),
    ),
    Story("学校未登记、未联系，均已逾期", _in(7, 1), 3, NEAR, (StoryAbsence(_d(11, 7)),)),
    Story(
        "观察期满，今天应申请销号",
        _in(7, 1),
        5,
        HERE,
        (StoryAbsence(_d(10, 16), _d(10, 28)),),
        (
            *_school(10, 17, cause="02"),
            _visit(10, 21),
            _do(10, 23, Act.ASK_VILLAGE),
            _answer(10, 27, "effective"),
        ),
    ),
    Story(
        "销号申请等乡镇确认",
        _in(7, 1),
        1,
        NEAR,
        (StoryAbsence(_d(10, 14), _d(10, 24)),),
        (
            *_school(10, 15, cause="01"),
            _visit(10, 17),
            _do(10, 21, Act.ASK_VILLAGE),
            _answer(10, 23, "effective"),
            _do(11, 10, Act.REQUEST_CLOSURE),
        ),
    ),
    Story("误记一天，当天更正", _in(7, 1), 6, NEAR, (StoryAbsence(_d(10, 21), _d(10, 21)),)),
    Story(
        "村里今天应反馈",
        _in(7, 2),
        2,
        HERE,
        (StoryAbsence(_d(10, 31)),),
        (*_school(11, 3, cause="02"), _visit(11, 5), _do(11, 7, Act.ASK_VILLAGE)),
    ),
    Story(
        "三级办结销号",
        _in(7, 2),
        4,
        NEAR,
        (StoryAbsence(_d(9, 11), _d(9, 30)),),
        (
            *_school(9, 12, cause="06"),
            _visit(9, 16),
            _do(9, 18, Act.ASK_VILLAGE),
            _answer(9, 23),
            _do(9, 24, Act.REPORT_TOWNSHIP, cause="06"),
            *_received(9, 25),
            _visit(9, 26, _OFFICER),
            _do(10, 22, Act.REQUEST_CLOSURE),
            _do(10, 24, Act.CONFIRM_CLOSURE),
            _do(10, 29, Act.APPROVE_CLOSURE),
        ),
    ),
    Story(
        "销号申请被县里退回",
        _in(7, 2),
        6,
        NEAR,
        (StoryAbsence(_d(10, 9)),),
        (
            *_school(10, 10, cause="11"),
            _visit(10, 13),
            _do(10, 15, Act.ASK_VILLAGE),
            _answer(10, 20, whereabouts="5"),
            _do(10, 21, Act.REPORT_TOWNSHIP, cause="11"),
            *_received(10, 22),
            _do(
                10,
                27,
                Act.REQUEST_CLOSURE,
                outcome="C02",
                evidence_note="监护人口头说明已在外地就读",
            ),
            _do(10, 29, Act.CONFIRM_CLOSURE),
            _do(11, 5, Act.REFUSE_CLOSURE, opinion="未附接收学校的学籍证明，请补齐后再报。"),
        ),
    ),
    Story("病假到本周五", _in(7, 2), 1, NEAR, (StoryAbsence(_d(11, 10), _d(11, 14), "sick"),)),
    Story(
        "乡镇今天应劝返或送达通知书",
        _in(8, 1),
        3,
        HERE,
        (StoryAbsence(_d(10, 23)),),
        (
            *_school(10, 24, cause="03"),
            _visit(10, 28),
            _do(10, 30, Act.ASK_VILLAGE),
            _answer(11, 4, whereabouts="3"),
            _do(11, 5, Act.REPORT_TOWNSHIP, cause="03"),
            *_received(11, 6),
            _visit(11, 10, _OFFICER),
        ),
    ),
    Story(
        "通知书期满未返，上月已会商",
        _in(8, 1),
        5,
        NEAR,
        (StoryAbsence(_d(9, 3)),),
        (
            *_school(9, 4, cause="16"),
            _visit(9, 8),
            _do(9, 10, Act.ASK_VILLAGE),
            _answer(9, 12),
            _do(9, 15, Act.REPORT_TOWNSHIP, cause="16"),
            *_received(9, 16),
            _visit(9, 17, _OFFICER),
            _do(9, 18, Act.SERVE_ORDER),
            _do(10, 27, Act.REVIEW),
        ),
    ),
    Story(
        "缺两天返校，连续到校三天自动销号",
        _in(8, 1),
        1,
        NEAR,
        (StoryAbsence(_d(10, 20), _d(10, 21)),),
        _school(10, 21, cause="02"),
    ),
    Story("误点名立案，更正后撤回", _in(8, 1), 7, NEAR, (StoryAbsence(_d(10, 29), _d(10, 30)),)),
    Story(
        "今天应请村里协助",
        _in(9, 1),
        2,
        HERE,
        (StoryAbsence(_d(11, 5)),),
        (*_school(11, 6, cause="12"), _visit(11, 10)),
    ),
    Story(
        "村里、学校都没有动，自动转到乡镇并已逾期；学校补报待签收",
        _in(9, 1),
        4,
        NEAR,
        (StoryAbsence(_d(10, 17)),),
        (*_school(10, 20, cause="03"), _do(11, 3, Act.REPORT_TOWNSHIP, cause="03")),
    ),
    Story(
        "通知书期满未返，会商逾期",
        _in(9, 1),
        6,
        NEAR,
        (StoryAbsence(_d(9, 5)),),
        (
            *_school(9, 8, cause="18"),
            _visit(9, 10),
            _do(9, 12, Act.ASK_VILLAGE),
            _answer(9, 16, whereabouts="4"),
            _do(9, 17, Act.REPORT_TOWNSHIP, cause="03"),
            *_received(9, 18),
            _visit(9, 19, _OFFICER),
            _visit(9, 23, _OFFICER),
            _do(9, 24, Act.SERVE_ORDER),
        ),
    ),
    Story(
        "村里逾期未反馈，学校今天应书面报告乡镇",
        _in(9, 2),
        1,
        HERE,
        (StoryAbsence(_d(10, 30)),),
        (*_school(10, 31, cause="08"), _visit(11, 4), _do(11, 6, Act.ASK_VILLAGE)),
    ),
    Story(
        "通知书已送达，还剩一天",
        _in(9, 2),
        3,
        NEAR,
        (StoryAbsence(_d(10, 11)),),
        (
            *_school(10, 13, cause="04"),
            _visit(10, 15),
            _do(10, 17, Act.ASK_VILLAGE),
            _answer(10, 20),
            _do(10, 21, Act.REPORT_TOWNSHIP, cause="04"),
            *_received(10, 22),
            _visit(10, 24, _OFFICER),
            _do(10, 31, Act.CONTACT, _OFFICER, method="workplace", place="务工的工地"),
            _do(11, 6, Act.SERVE_ORDER),
        ),
    ),
    Story(
        "销号申请今天应由县里核准",
        _in(9, 2),
        5,
        NEAR,
        (StoryAbsence(_d(9, 22), _d(10, 11)),),
        (
            *_school(9, 23, cause="09"),
            _visit(9, 25),
            _do(9, 28, Act.ASK_VILLAGE),
            _answer(9, 30),
            _do(10, 10, Act.REPORT_TOWNSHIP, cause="09"),
            *_received(10, 10),
            _do(10, 27, Act.REQUEST_CLOSURE),
            _do(10, 29, Act.CONFIRM_CLOSURE),
        ),
    ),
    Story(
        "户口在外县，学校没有动；村级一环由乡镇承担，今天到期",
        ("青松", 5, 1),
        3,
        ELSEWHERE,
        (StoryAbsence(_d(10, 31)),),
    ),
    Story(
        "病假期满未返转为无故，返校后自动销号",
        ("青松", 6, 1),
        2,
        NEAR,
        (StoryAbsence(_d(10, 20), _d(10, 24), "sick"), StoryAbsence(_d(10, 27), _d(10, 29))),
        _school(10, 28, cause="07"),
    ),
)

CORRECTIONS: tuple[Correction, ...] = (
    Correction(_d(10, 21), _d(10, 21), _in(7, 1), 6, "学生当时在医务室，班主任误记为无故未到。"),
    Correction(_d(10, 31), _d(10, 30), _in(8, 1), 7, "学生当日参加县里的比赛，有带队教师证明。"),
)

# Called the next morning, with a reason; it opens a case for the child on the second seat.
CALLED_LATE: dict[tuple[ClassKey, date], str] = {
    (TOUR_KEY, _d(11, 11)): "昨日外出培训，今早按值日教师记录补点。"
}
NEVER_CALLED: frozenset[tuple[ClassKey, date]] = frozenset({(("青松", 2, 1), _d(11, 10))})
# On the morning of the tour these classes are uncalled.
WAITING: frozenset[ClassKey] = frozenset({TOUR_KEY, _in(7, 2)})
