"""The lists of the roster as tables of columns, read by screen, print and export alike.

A row of every list is an enrolment, so all lists are filtered, sorted and scoped in one way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.masking import mask_id
from students.roster.models import Enrolment, GroupSpell, GuardianAbsence
from students.roster.rules.group_kinds import lives_elsewhere
from students.roster.rules.left_behind import council_finding, registry_finding

_BY_CLASS = (
    "school_class__stage",
    "-school_class__entry_year",
    "school_class__number",
    "child__name_key",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a list, for which day, and whether ID numbers are in full."""

    viewer: Viewer
    day: date
    full: bool = False

    def number(self, number: str) -> str:
        """Return an ID or registry number as the reader may see it: a registry number contains the
        ID number."""
        return number if self.full else mask_id(number)


Read = Callable[[Enrolment, Reader], str]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its heading, how it is read and sorted, and its width on paper and place on a
    phone."""

    code: str
    heading: str
    read: Read
    width: float = 12
    left: bool = False
    order_by: tuple[str, ...] = ()
    place: str = ""


def _child(row: Enrolment) -> Any:
    """Return the child with the rows that Listing.rows has prefetched."""
    return row.child


def _guardians(row: Enrolment, reader: Reader) -> str:
    """Return names with their relation; telephones are shown on the pupil's page only."""
    return "、".join(
        f"{reader.viewer.name_of(g.name, row.child_id)}（{g.relation}）"
        if g.relation
        else reader.viewer.name_of(g.name, row.child_id)
        for g in _child(row).family
    )


def _class_name(row: Enrolment, reader: Reader) -> str:
    """Return the class's name on the day; after the end of the enrolment, on its last day."""
    return row.school_class.name_on(min(row.ends_on or reader.day, reader.day))


def _groups(row: Enrolment) -> list[GroupSpell]:
    memberships: list[GroupSpell] = _child(row).groups_now
    return memberships


def _away(row: Enrolment) -> list[GuardianAbsence]:
    absences: list[GuardianAbsence] = _child(row).parents_away
    return absences


def county_region(row: Enrolment) -> str:
    """Return the six-digit code of the school's county."""
    return str(row.school.unit.region.code)[:6]


def _by_registry(row: Enrolment, reader: Reader) -> str:
    facts = [absence.fact for absence in _away(row)]
    elsewhere = lives_elsewhere(row.child.home_region, county_region(row))
    return registry_finding(facts, reader.day, elsewhere=elsewhere).words


def _by_council(row: Enrolment, reader: Reader) -> str:
    facts = [absence.fact for absence in _away(row)]
    return council_finding(facts, row.child.born_on, reader.day).words


NAME = ListColumn(
    "name",
    "姓名",
    lambda row, reader: reader.viewer.name_of(row.child.name, row.child_id),
    12,
    order_by=("child__name_key", "pk"),
    place="cell-name",
)
SEX = ListColumn("sex", "性别", lambda row, _: row.child.sex_label, 6, order_by=("child__sex",))
SCHOOL = ListColumn(
    "school",
    "学校",
    lambda row, _: str(row.school),
    22,
    left=True,
    order_by=("school__unit__name", *_BY_CLASS),
)
CLASS = ListColumn("school_class", "班级", _class_name, 12, order_by=_BY_CLASS, place="cell-sub")
REGISTRY = ListColumn(
    "registry_no", "学籍号", lambda row, reader: reader.number(row.child.registry_no), 22
)
ID_NO = ListColumn("id_no", "证件号", lambda row, reader: reader.number(row.child.id_no), 21)
VILLAGE = ListColumn(
    "village",
    "户籍村（居）",
    lambda row, _: str(row.child.home_village or "待核实"),
    20,
    left=True,
    order_by=("child__home_village__name", "child__name_key"),
)
GUARDIANS = ListColumn("guardians", "监护人", _guardians, 32, left=True)
REGION = ListColumn(
    "home_region",
    "登记的户口所在地代码",
    lambda row, _: row.child.home_region or "未填写",
    18,
    order_by=("child__home_region",),
)
HOME_WORDS = ListColumn(
    "home_words",
    "表中写的户籍地址",
    lambda row, _: row.child.masked_home or "未填写",
    20,
    left=True,
)
LEFT_ON = ListColumn(
    "left_on",
    "在籍止",
    lambda row, _: f"{row.ends_on:%Y-%m-%d}" if row.ends_on else "",
    12,
    order_by=("ends_on", "child__name_key"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its name, the right it needs, its columns, and which rows it keeps."""

    code: str
    title: str
    columns: tuple[ListColumn, ...]
    right: Right = Right.SEE_PUPILS
    keep: Callable[[Viewer, date], Q] = lambda viewer, day: Q()
    former: bool = False  # lists children who were enrolled and are no longer
    order_by: str = "name"
    signatures: tuple[str, ...] = ()

    def rows(self, viewer: Viewer, day: date, right: Right | None = None) -> QuerySet[Enrolment]:
        """Return the rows the viewer may read on ``day``; ``right`` requires one more right."""
        enrolments: Any = Enrolment.objects
        for needed in dict.fromkeys((self.right, right or self.right)):
            if self.former:
                enrolments = enrolments.ended_by(day).visible_when_ended(viewer, day, needed)
            else:
                enrolments = enrolments.on(day).visible_to(viewer, day, needed)
        found: QuerySet[Enrolment] = enrolments.filter(self.keep(viewer, day))
        return found

    def widen(self, rows: QuerySet[Enrolment], day: date) -> QuerySet[Enrolment]:
        """The rows with everything that the columns read.

        Schools, classes and villages are few: prefetched rows are shared, joined ones are not.
        """
        return rows.select_related("child").prefetch_related(
            "school__unit__region",
            "school_class",
            "child__home_village",
            Prefetch("child__guardians", to_attr="family"),
            *self._prefetched(day),
        )

    def _prefetched(self, day: date) -> tuple[Prefetch, ...]:
        if self.right is not Right.SEE_GROUPS:
            return ()
        memberships = GroupSpell.objects.on(day).select_related("evidence")
        return (
            Prefetch("child__group_spells", memberships, to_attr="groups_now"),
            Prefetch(
                "child__guardian_absences", GuardianAbsence.objects.on(day), to_attr="parents_away"
            ),
        )


def _in_a_group(viewer: Viewer, day: date) -> Q:
    memberships = GroupSpell.objects.on(day).visible_to(viewer, day)
    return Q(child__in=memberships.values("child_id")) | _left_behind(viewer, day)


def _left_behind(viewer: Viewer, day: date) -> Q:
    away = GuardianAbsence.objects.on(day).visible_to(viewer, day)
    told = GroupSpell.objects.on(day).visible_to(viewer, day).filter(group="left_behind")
    return Q(child__in=away.values("child_id")) | Q(child__in=told.values("child_id"))


def _group_words(row: Enrolment, reader: Reader) -> str:
    """Return every group of the day, and 父母外出 with the registry's finding on 留守."""
    words = [one.label for one in _groups(row)]
    if _away(row):
        words += [f"父母外出（{_by_registry(row, reader)}）"]
    return "、".join(words)


_SIGNED = ("单位负责人（签名）：", "审核人（签名）：", "填表人（签名）：", "填表日期：")

PUPILS = Listing(
    "pupils",
    "学生名册",
    (NAME, SEX, SCHOOL, CLASS, REGISTRY, ID_NO, VILLAGE, GUARDIANS),
)
UNVERIFIED = Listing(
    "unverified_homes",
    "户籍待核实的学生",
    (NAME, SEX, SCHOOL, CLASS, REGION, HOME_WORDS, GUARDIANS),
    keep=lambda viewer, day: Q(child__home_village__isnull=True),
)
FORMER_PUPILS = Listing(
    "leavers",
    "离校学生名册",
    (NAME, SEX, SCHOOL, CLASS, LEFT_ON, VILLAGE, GUARDIANS),
    former=True,
    order_by="-left_on",
)
GROUPS = Listing(
    "groups",
    "特殊群体学生台账",
    (
        SCHOOL,
        CLASS,
        NAME,
        SEX,
        ID_NO,
        ListColumn("groups", "群体类别", _group_words, 34, left=True),
        ListColumn(
            "since",
            "登记起始",
            lambda row, _: "、".join(
                dict.fromkeys(f"{one.starts_on:%Y-%m-%d}" for one in _groups(row))
            ),
            13,
        ),
        ListColumn(
            "evidence",
            "佐证材料",
            lambda row, _: "、".join(str(s.evidence) for s in _groups(row) if s.evidence),
            20,
            left=True,
        ),
        ListColumn(
            "note",
            "备注",
            lambda row, _: "；".join(one.note for one in _groups(row) if one.note),
            20,
            left=True,
        ),
    ),
    right=Right.SEE_GROUPS,
    keep=_in_a_group,
    signatures=_SIGNED,
)
LEFT_BEHIND = Listing(
    "left_behind",
    "农村留守儿童基本情况登记表",
    (
        SCHOOL,
        CLASS,
        NAME,
        SEX,
        ID_NO,
        ListColumn(
            "away",
            "外出父母",
            lambda row, _: "、".join(
                f"{a.parent_label}（{a.starts_on:%Y-%m-%d}起，{a.place_label}）" for a in _away(row)
            ),
            34,
            left=True,
        ),
        ListColumn(
            "carer",
            "实际监护情况",
            lambda row, _: "、".join(dict.fromkeys(a.carer_label for a in _away(row))),
            18,
        ),
        ListColumn("by_registry", "学籍口径", _by_registry, 14),
        ListColumn("by_council", "国发〔2016〕13号口径", _by_council, 18),
        ListColumn(
            "told",
            "学籍系统登记",
            lambda row, _: "、".join(
                s.kind or "是" for s in _groups(row) if s.group == "left_behind"
            ),
            14,
        ),
        ListColumn("boards", "是否寄宿", lambda row, _: "是" if row.child.boards else "否", 9),
    ),
    right=Right.SEE_GROUPS,
    keep=_left_behind,
    signatures=_SIGNED,
)
LISTINGS: Mapping[str, Listing] = {
    one.code: one for one in (PUPILS, UNVERIFIED, FORMER_PUPILS, GROUPS, LEFT_BEHIND)
}
