"""留守 by its two official definitions, derived from absent parents (domain 6.7).

The definitions give different counts, so both are shown with their reasons. (a) The registry: a
parent is away for three months or more, and the child stays at its hukou home. (b)
国发〔2016〕13号: under 16, and both parents are away, or one is away and the other cannot guard.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation.days import full_day_words

MONTHS = 3
UNDER = 16
FATHER, MOTHER = "father", "mother"
PARENTS = {FATHER: "父亲", MOTHER: "母亲"}
REGISTRY = ("非留守儿童", "单亲留守儿童", "双亲留守儿童")


@dataclass(frozen=True, slots=True)
class GuardianAway:
    """A parent is away from home from day to day, both included."""

    parent: str
    since: date
    until: date | None = None
    other_can_guard: bool = True  # whether the parent at home is able to guard the child

    def on(self, day: date) -> bool:
        """Whether the parent is away on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class LeftBehindFinding:
    """Whether a child is left behind by a definition on a day, and why."""

    is_left_behind: bool
    words: str
    reason: str


def registry_finding(
    aways: Iterable[GuardianAway], day: date, *, elsewhere: bool | None
) -> LeftBehindFinding:
    """Apply definition (a). ``elsewhere``: the hukou lies outside the county; None when unknown."""
    gone = _now(aways, day)
    long = [away for away in gone.values() if months_after(away.since, MONTHS) <= day]
    if elsewhere and long:
        return LeftBehindFinding(False, REGISTRY[0], "户籍不在本县，不属于留在户籍所在地的留守儿童")
    words = REGISTRY[len(long)]
    if long:
        return LeftBehindFinding(True, words, f"{_names(long)}连续外出满{MONTHS}个月")
    reason = f"{_names(gone.values())}外出未满{MONTHS}个月" if gone else "没有登记父母外出"
    return LeftBehindFinding(False, words, reason)


def council_finding(
    aways: Iterable[GuardianAway], born_on: date | None, day: date
) -> LeftBehindFinding:
    """Apply definition (b). Without a birth date the child counts as under 16, and the reason says
    so."""
    gone = _now(aways, day)
    if not gone:
        return LeftBehindFinding(False, "不属于", "没有登记父母外出")
    if born_on and months_after(born_on, 12 * UNDER) <= day:
        return LeftBehindFinding(False, "不属于", f"已满{UNDER}周岁")
    age = f"不满{UNDER}周岁" if born_on else "出生日期未登记"
    if len(gone) == len(PARENTS):
        return LeftBehindFinding(True, "属于农村留守儿童", f"父母双方外出，{age}")
    (away,) = gone.values()
    other = PARENTS[MOTHER if away.parent == FATHER else FATHER]
    if away.other_can_guard:
        return LeftBehindFinding(False, "不属于", f"{PARENTS[away.parent]}外出，{other}在家监护")
    reason = f"{PARENTS[away.parent]}外出，{other}无监护能力，{age}"
    return LeftBehindFinding(True, "属于农村留守儿童", reason)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def _now(aways: Iterable[GuardianAway], day: date) -> dict[str, GuardianAway]:
    """Return parent → the absence in force on the day."""
    return {away.parent: away for away in aways if away.on(day)}


def _names(aways: Iterable[GuardianAway]) -> str:
    return "、".join(
        f"{PARENTS[away.parent]}（{full_day_words(away.since)}起）"
        for away in sorted(aways, key=lambda one: one.parent)
    )
