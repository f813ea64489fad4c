"""Undoes a merge or closing of a unit that was carried out: all of it goes back, or nothing.

From the day of the undoing on the unit is there again with what it had. The days between stay with
the successor, as they were.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from cases.actions.context import Contexts
from cases.actions.restoring import case_obstacles, hand_back_cases
from cases.models import Case
from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.models import Region, Unit, UnitChange, UnitChangeEnd, UnitKind
from kongchuo.setup.units.carried import Carried, Carrying, order_of
from students.census.actions.restoring import (
    census_obstacles,
    hand_back_catchments,
    hand_back_entrants,
)
from students.roster.classes.moving_back import class_obstacles, move_classes_back
from students.roster.models import ImportTurn, School
from students.roster.pupils.acts.homes import homes_moved_on, move_homes_back

WITHIN = timedelta(days=30)
KINDS = (UnitChange.MERGED, UnitChange.CLOSED)
TOO_LATE = "「{name}」的{kind}生效已超过{days}天，不能再恢复。要恢复建制的，请增加一个新单位。"
NO_MARKS = "「{name}」的{kind}是旧版本办理的，没有留下恢复要用的登记。请增加一个新单位。"
NOT_DONE = "这项变动没有生效，不需要恢复。"
WORKED = "「{name}」不能恢复：{what}。恢复会改动这些办理，请在接收单位名下继续。"


def may_be_undone(change: UnitChange, today: date) -> bool:
    """Whether the page offers it: a merge or closing, carried out at most 30 days ago, standing."""
    end = getattr(change, "end", None)
    return (
        change.kind in KINDS
        and end is not None
        and end.outcome == UnitChangeEnd.DONE
        and not change.unit.is_open
        and not hasattr(change, "undone_by")
        and today <= change.day + WITHIN
    )


def check_undoing(change: UnitChange, today: date) -> None:
    """Raises Refused with all that stands in the way."""
    unit, kind = change.unit, change.get_kind_display()
    if change.kind not in KINDS or not hasattr(change, "end") or unit.is_open:
        raise Refused(NOT_DONE)
    if today > change.day + WITHIN:
        raise Refused(TOO_LATE.format(name=unit.name, kind=kind, days=WITHIN.days))
    if "posts" not in change.end.marks:
        raise Refused(NO_MARKS.format(name=unit.name, kind=kind))
    if found := list(obstacles(change)):
        raise Refused(WORKED.format(name=unit.name, what="；".join(found)))


def obstacles(change: UnitChange) -> Iterator[str]:
    """What stands in the way of undoing a change that was carried out, in Chinese."""
    unit, successor, marks = change.unit, change.successor, change.end.marks
    if unit.parent is not None and not unit.parent.is_open:
        yield f"上级单位「{unit.parent.name}」已经撤并"
    same = Region.objects.filter(code=unit.region.code, valid_to__isnull=True)
    if unit.kind == UnitKind.VILLAGE and same.exclude(pk=unit.region_id).exists():
        yield f"代码{unit.region.code}已经给了别的村"
    if successor is None:
        return
    if not successor.is_open:
        yield f"接收单位「{successor.name}」已经撤并"
    since: datetime = change.end.at
    children = marks.get("children", [])
    if unit.kind == UnitKind.SCHOOL:
        yield from _of_school(successor, marks, since)
    elif count := homes_moved_on(children, successor):
        yield f"{count}名转去的学生又改了户籍所在村"
    yield from case_obstacles(successor, marks.get("cases", []), children)
    entrants, catchments = marks.get("entrants", []), marks.get("catchments", [])
    yield from census_obstacles(unit, successor, entrants, catchments, since)


def _of_school(successor: Unit, marks: dict[str, Any], since: datetime) -> Iterator[str]:
    school, classes = School.objects.get(pk=successor.pk), dict(marks.get("classes", []))
    if ImportTurn.objects.filter(school=successor, is_open=True).exists():
        yield "接收学校正在导入名册"
    yield from class_obstacles(school, classes, marks.get("children", []), since, (Case,))


def undo(change: UnitChange, how: Carrying) -> Carried:
    """Open the unit again and hand everything back to it."""
    undone = change.undoes
    assert undone is not None
    check_undoing(undone, how.today)
    unit, successor, marks = change.unit, undone.successor, undone.end.marks
    accounts.reopen(unit)
    posts = accounts.hand_back_posts(change, marks["posts"], how.by, how.now)
    done = Carried({"任职恢复": len({post.pk for post in posts.values()})})
    if successor is None:
        return done
    children = _pupils_back(change, successor, marks, posts, how)
    contexts = Contexts(how.today, how.now, how.by)
    cases = hand_back_cases(unit, successor, change.day, contexts, marks.get("cases", []))
    audit.record(
        how.by, "unit_handed_back", "unit_change", change.pk,
        children={*children, *cases}, reason=change.reason,
    )  # fmt: skip
    catchments = marks.get("catchments", [])
    done.moved |= {
        "学生": len(children),
        "班级": len(marks.get("classes", [])),
        "个案": len(cases),
        "新生名单": hand_back_entrants(marks.get("entrants", [])),
        "学区": hand_back_catchments(catchments, change.day, order_of(change)),
    }
    return done


def _pupils_back(
    change: UnitChange, successor: Unit, marks: dict[str, Any], posts: Any, how: Carrying
) -> list[int]:
    if change.unit.kind != UnitKind.SCHOOL:
        return move_homes_back(change.unit, successor, marks.get("children", []))
    classes = dict(marks.get("classes", []))
    return move_classes_back(classes, change.day, posts, change.ordered_by_id, how.now)
