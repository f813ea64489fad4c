"""Early warning as a table: threshold, weight and words of each rule (R56, R85).

Points only say that somebody should look. No rule opens a case, puts a child on a ledger or gives
it a label. A circumstance (family, grade) adds to what the roll shows and never warns by itself:
R85 asks to look closer at these children, not to suspect them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

# School days of the windows: the last 20, the last 60, and the 60 before the last 20.
RECENT, LONG, BEFORE = 20, 60, 60
# With fewer days called before, the usual share is unknown: no sudden change is reported.
ENOUGH_BEFORE = 20
# A pattern needs three in five of the days missed.
_OF_PATTERN = Fraction(3, 5)


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What is on record of a child on a day. Absences in half-days, the rest in days or times."""

    missed_now: int = 0  # half-days of the unexcused spell that runs today
    missed_recent: int = 0  # unexcused half-days of the last 20 school days
    missed_long: int = 0  # … of the last 60
    absent_long: int = 0  # half-days of the last 60 with every kind of absence
    absent_recent: int = 0  # … of the last 20
    absent_before: int = 0  # … of the 60 before the last 20
    called_before: int = 0  # of those 60, days on which the roll of the class was called
    days_missed: int = 0  # days of the last 60 with an unexcused half-day
    at_week_ends: int = 0  # of those, Mondays and Fridays
    after_holidays: int = 0  # of those, first school days after three days off or more
    cases: int = 0  # earlier cases, without those opened by mistake
    is_junior: bool = False
    groups: frozenset[str] = frozenset()


class RiskKind(StrEnum):
    """What a rule looks at."""

    ROLL = "roll"  # the roll call
    PAST = "past"  # an earlier case
    CIRCUMSTANCE = "circumstance"  # adds to what the roll shows, never warns by itself
    GROUP = "group"  # a circumstance that only viewers with SEE_GROUPS may read


ADDING = frozenset({RiskKind.CIRCUMSTANCE, RiskKind.GROUP})


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: its threshold, its weight, and its words."""

    code: str
    label: str
    threshold: int
    unit: str  # empty: a yes or no, without a threshold
    weight: int
    kind: RiskKind
    figure: Callable[[ChildFacts], Fraction]
    words: Callable[[ChildFacts], str]
    source: str
    is_on: bool = True

    def counts(self, facts: ChildFacts) -> bool:
        """Whether the figure has reached the threshold."""
        return self.is_on and self.figure(facts) >= self.threshold


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that counted for a child."""

    code: str
    points: int
    words: str
    kind: RiskKind


@dataclass(frozen=True, slots=True)
class Result:
    """The points of a child with their reasons, the heaviest first.

    ``open_score`` omits the groups, for viewers who may not see them. They read neither the reason
    nor its weight, and cannot infer them from the sum.
    """

    reasons: tuple[Reason, ...] = ()

    @property
    def score(self) -> int:
        """All points."""
        return sum(reason.points for reason in self.reasons)

    @property
    def open_score(self) -> int:
        """The points without those of groups."""
        return sum(reason.points for reason in self.reasons if reason.kind is not RiskKind.GROUP)


def days(halves: int) -> Fraction:
    """Converts half-days to days."""
    return Fraction(halves, 2)


def _told(halves: int) -> str:
    return f"{halves / 2:g}天"


def _at_week_ends(facts: ChildFacts) -> Fraction:
    """Mondays and Fridays missed, if they make up three in five of the days missed. Otherwise 0."""
    are_many = facts.at_week_ends >= _OF_PATTERN * facts.days_missed
    return Fraction(facts.at_week_ends if are_many else 0)


def change_of(facts: ChildFacts) -> Fraction:
    """By how many percentage points the share of days absent has grown. 0 if unknown."""
    if facts.called_before < ENOUGH_BEFORE:
        return Fraction(0)
    now, before = days(facts.absent_recent) / RECENT, days(facts.absent_before) / BEFORE
    return (now - before) * 100


def _change_told(facts: ChildFacts) -> str:
    return (
        f"近{RECENT}个上课日缺勤{_told(facts.absent_recent)}，此前{BEFORE}个上课日"
        f"{_told(facts.absent_before)}，缺勤率上升{float(change_of(facts)):.0f}个百分点"
    )


DEFAULT = "县级默认（无上级文件规定）"
_ML = "茂政发〔2023〕6号 五(三)2"  # R1
_FOCUS = "沈阳市控辍保学通知 5；全县控辍保学会议讲话 二(二)"  # R85
_R86 = "沈阳市控辍保学通知 9"  # R86
_R87 = "沈阳市控辍保学通知 8"  # R87


def _roll(
    code: str,
    label: str,
    threshold: tuple[int, str],
    weight: int,
    figure: Callable[[ChildFacts], Fraction],
    words: Callable[[ChildFacts], str],
    source: str = DEFAULT,
) -> Rule:
    return Rule(code, label, *threshold, weight, RiskKind.ROLL, figure, words, source)


def _group(code: str, label: str, groups: frozenset[str], weight: int, source: str) -> Rule:
    return Rule(
        f"group_{code}",
        label,
        1,
        "",
        weight,
        RiskKind.GROUP,
        lambda facts: Fraction(bool(groups & facts.groups)),
        lambda facts: label,
        source,
    )


RULES: tuple[Rule, ...] = (
    _roll(
        "spell",
        "当前连续无故缺勤",
        (1, "天"),
        20,
        lambda facts: days(facts.missed_now),
        lambda facts: f"目前连续无故缺勤{_told(facts.missed_now)}",
        _ML,
    ),
    _roll(
        "missed_recent",
        f"近{RECENT}个上课日无故缺勤",
        (3, "天"),
        30,
        lambda facts: days(facts.missed_recent),
        lambda facts: f"近{RECENT}个上课日无故缺勤{_told(facts.missed_recent)}",
    ),
    _roll(
        "missed_long",
        f"近{LONG}个上课日无故缺勤",
        (6, "天"),
        30,
        lambda facts: days(facts.missed_long),
        lambda facts: f"近{LONG}个上课日无故缺勤{_told(facts.missed_long)}",
    ),
    _roll(
        "absent_long",
        f"近{LONG}个上课日缺勤（含请假）",
        (6, "天"),
        15,
        lambda facts: days(facts.absent_long),
        lambda facts: f"近{LONG}个上课日缺勤{_told(facts.absent_long)}（含请假）",
    ),
    _roll(
        "week_ends",
        "无故缺勤集中在周一、周五",
        (3, "天"),
        15,
        _at_week_ends,
        lambda facts: (
            f"近{LONG}个上课日有{facts.days_missed}天无故缺勤，其中{facts.at_week_ends}天在"
            "周一、周五"
        ),
    ),
    _roll(
        "after_holidays",
        "放假后第一个上课日无故缺勤",
        (1, "次"),
        15,
        lambda facts: Fraction(facts.after_holidays),
        lambda facts: (
            f"近{LONG}个上课日有{facts.after_holidays}次在放假（3天及以上）后第一个上课日无故缺勤"
        ),
    ),
    _roll("sudden", "缺勤突然增多", (15, "个百分点"), 15, change_of, _change_told),
    Rule(
        "earlier_case",
        "以往有控辍保学个案",
        1,
        "次",
        15,
        RiskKind.PAST,
        lambda facts: Fraction(facts.cases),
        lambda facts: f"以往有控辍保学个案{facts.cases}次",
        DEFAULT,
    ),
    Rule(
        "junior",
        "初中学段",
        1,
        "",
        5,
        RiskKind.CIRCUMSTANCE,
        lambda facts: Fraction(facts.is_junior),
        lambda facts: "初中学段",
        _FOCUS,
    ),
    _group("left_behind", "留守儿童", frozenset({"left_behind"}), 10, _FOCUS),
    _group("migrant", "流动人口随迁子女", frozenset({"migrant"}), 10, _FOCUS),
    _group("disabled", "残疾学生", frozenset({"disabled", "inclusion"}), 10, _FOCUS),
    _group("disabled_parent", "残疾人子女", frozenset({"disabled_parent"}), 10, _R86),
    _group(
        "poor",
        "家庭经济困难",
        frozenset({"poor", "watched", "dibao_rural", "dibao_urban", "destitute", "hardship"}),
        10,
        _FOCUS,
    ),
    _group("prisoner_parent", "服刑人员未成年子女", frozenset({"prisoner_parent"}), 10, _FOCUS),
    _group("unsupported", "孤儿、事实无人抚养", frozenset({"orphan", "unsupported"}), 10, DEFAULT),
    _group("single_parent", "单亲家庭", frozenset({"single_parent"}), 5, DEFAULT),
    _group("learning", "学习困难", frozenset({"learning"}), 10, _R87),
    _group("weary", "厌学", frozenset({"weary"}), 10, _R87),
)
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
GROUP_CODES = frozenset(rule.code for rule in RULES if rule.kind is RiskKind.GROUP)

LINE = "line"  # the points from which a child is warned
LINE_LABEL, LINE_DEFAULT = "列入预警的分数", 30


@dataclass(frozen=True, slots=True)
class Setting:
    """What a county has set: a rule switched on or off, its threshold and weight. Or the line."""

    code: str
    is_on: bool
    threshold: int
    weight: int


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules of a county on a day. ``version`` counts the rows it had set by then."""

    rules: tuple[Rule, ...] = RULES
    line: int = LINE_DEFAULT
    version: int = 0

    def result(self, facts: ChildFacts) -> Result:
        """The points of a child, with a reason for each rule that counts."""
        found = [rule for rule in self.rules if rule.counts(facts)]
        if all(rule.kind in ADDING for rule in found):
            return Result()
        reasons = (Reason(r.code, r.weight, r.words(facts), r.kind) for r in found)
        return Result(tuple(sorted(reasons, key=lambda reason: -reason.points)))


def ruleset(settings: Iterable[Setting]) -> Ruleset:
    """The table with what a county has set. A later row replaces an earlier one."""
    rows = list(settings)
    latest = {row.code: row for row in rows}
    rules = tuple(_overlaid(rule, latest.get(rule.code)) for rule in RULES)
    line = latest[LINE].threshold if LINE in latest else LINE_DEFAULT
    return Ruleset(rules, line, len(rows))


def _overlaid(rule: Rule, row: Setting | None) -> Rule:
    if row is None:
        return rule
    return replace(rule, is_on=row.is_on, threshold=row.threshold, weight=row.weight)
