"""Plans what taking on the people of a sheet would do, row by row. It never writes.

The rows are planned in their order: two posts of one new person in one sheet become one account
with two posts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from foundation.accounts.actions.units import OFFICE_APART
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.models.people import managed_units
from foundation.accounts.people.areas import grantable, granter_for
from foundation.accounts.roles import OFFICES, ROLES, Role, keep_apart, may_grant, role_of
from foundation.accounts.viewer import Viewer
from students.roster.models import ClassPost, SchoolClass
from students.roster.rules.classnames import read_class
from students.roster.rules.grades import grade_of, school_year_of
from students.roster.rules.phones import is_nearly_mobile
from students.staff.sheet import Problem, StaffRow

NEW, ADDED, CLASS, UNCHANGED, REFUSED = "new", "added", "class", "unchanged", "refused"
LABELS = {
    REFUSED: "不能登记",
    NEW: "新增人员",
    ADDED: "已有账号，增加任职",
    CLASS: "已有任职，安排班级",
    UNCHANGED: "不变",
}
TEACHER = "class_teacher"
NEARLY_MOBILE = (
    "像是手机号，但有{digits}位，手机号应为11位，请核对；确实是工号的，请在前面加一个字母"
)
NEEDS_CLASS = "班主任须填写所带班级，如「七年级2班」；还没有安排班级的，先不登记班主任"


@dataclass(slots=True)
class StaffPlan:
    """One row and what it would do."""

    row: StaffRow
    kind: str = REFUSED
    starts_on: date | None = None
    person: Person | None = None
    role: str = ""
    unit: Unit | None = None
    school_class: SchoolClass | None = None
    problems: list[Problem] = field(default_factory=list)
    namesake: str = ""  # an account with the same name in the same unit; perhaps the same person

    @property
    def label(self) -> str:
        """The kind, in Chinese."""
        return LABELS[self.kind]

    def refuse(self, about: str, message: str) -> None:
        """Add a reason why the row cannot be taken on."""
        self.problems.append(self.row.problem(about, message))


def plan_staff(viewer: Viewer, rows: Sequence[StaffRow], today: date) -> list[StaffPlan]:
    """Return the plans of all rows, with a fixed number of queries."""
    planner = _Planner(viewer, rows, today)
    return [planner.plan(row) for row in rows]


class _Planner:
    def __init__(self, viewer: Viewer, rows: Sequence[StaffRow], today: date) -> None:
        self.viewer, self.rows, self.today = viewer, rows, today
        self.units = list(
            Unit.objects.filter(managed_units(viewer), is_open=True).select_related(
                "school", "region", "parent"
            )
        )
        self.people = _people(rows)
        self.posts = _posts(self.people.values(), today)
        self.namesakes = _namesakes(rows, self.units, today)
        self.classes = _classes(self.units, rows)
        self.holders = _holders(self.classes, today)
        self.names = {login: person.name for login, person in self.people.items()}
        self.taken: dict[tuple[str, str, int], date] = {}
        self.class_taken: dict[int, str] = {}

    def plan(self, row: StaffRow) -> StaffPlan:
        plan = StaffPlan(row, starts_on=row.starts_on or self.today, problems=list(row.problems))
        self._find_role(plan)
        self._find_unit(plan)
        self._find_person(plan)
        if plan.unit is not None and plan.role:
            self._find_class(plan)
        if not plan.problems:
            self._settle(plan)
        if plan.problems:
            plan.kind = REFUSED
        return plan

    def _find_role(self, plan: StaffPlan) -> None:
        words = plan.row.role
        role = _role_named(words)
        if not words:
            return
        if role is None or not any(may_grant(p.role_code, role.code) for p in self.viewer.posts):
            allowed = "、".join(one.label for one in grantable(self.viewer))
            plan.refuse("role", f"您不能登记「{words}」。可以登记的职务：{allowed}")
            return
        if role.needs_two and len(self.rows) > 1:
            plan.refuse(
                "role", f"「{role.label}」的任职须两人办理，请删去这一行，逐人登记，由另一人确认"
            )
            return
        plan.role = role.code

    def _find_unit(self, plan: StaffPlan) -> None:
        if not plan.role:
            return
        kind = role_of(plan.role).unit_kind
        units = [u for u in self.units if u.may_hold(kind) and self._may(plan.role, u)]
        found = [u for u in units if _is_named(u, plan.row.unit)] if plan.row.unit else units
        if len(found) == 1:
            plan.unit = found[0]
        elif found and plan.row.unit:
            plan.refuse(
                "unit", f"有{len(found)}个单位叫「{plan.row.unit}」，请改填标识码或区划代码"
            )
        elif found:
            plan.refuse("unit", "请填写单位")
        else:
            plan.refuse("unit", self._no_such_unit(plan))

    def _no_such_unit(self, plan: StaffPlan) -> str:
        """Why no unit fits: a unit that is managed may be of a kind without such a post."""
        named = next((u for u in self.units if _is_named(u, plan.row.unit)), None)
        if named is None:
            return f"在您管理的范围内没有叫「{plan.row.unit}」、可设这一职务的单位"
        label = role_of(plan.role).label
        return f"「{named.name}」不设「{label}」，请改选单位或职务"

    def _may(self, role: str, unit: Unit) -> bool:
        return granter_for(self.viewer, role, unit) is not None

    def _find_person(self, plan: StaffPlan) -> None:
        row, login = plan.row, plan.row.login.lower()
        known = self.names.get(login)
        if known is not None and row.name and known != row.name:
            where = "" if login in self.people else "（本表中的另一行）"
            plan.refuse("login", f"该账号已经登记在另一个姓名下{where}，请核对姓名或换一个账号")
            return
        plan.person = self.people.get(login)
        if known is None and is_nearly_mobile(login):
            plan.refuse("login", NEARLY_MOBILE.format(digits=len(login)))
        if plan.person and plan.person.pk == self.viewer.person_id:
            plan.refuse("login", "不能登记自己的任职，请由另一位管理员办理")
        elif plan.person and not plan.person.is_active and self.posts.get(login):
            plan.refuse("login", "该账号已被停用，请安全管理员恢复后再登记任职")
        elif held := self._apart(plan, self.posts.get(login, [])):
            plan.refuse("role", OFFICE_APART.format(name=row.name, held=held).rstrip("。"))
        elif known is None and plan.unit is not None:
            plan.namesake = self.namesakes.get((row.name, plan.unit.pk), "")

    def _apart(self, plan: StaffPlan, posts: Iterable[Post]) -> str:
        """The post in the way of one that an office may not stand beside (S10), or the reverse."""
        since = plan.starts_on
        held = [p for p in posts if not since or p.ends_on is None or p.ends_on >= since]
        apart = (p for p in held if plan.role and keep_apart(plan.role, p.role))
        return next((p.role_label for p in apart if not {p.role, plan.role} <= set(OFFICES)), "")

    def _find_class(self, plan: StaffPlan) -> None:
        words = plan.row.class_name
        if not words or plan.unit is None:
            return
        if plan.role != TEACHER:
            plan.refuse("class_name", "只有班主任填写班级，请清空这一格或把职务改为班主任")
            return
        assert plan.starts_on is not None
        found = class_named(self.classes.get(plan.unit.pk, []), words, plan.starts_on)
        if len(found) != 1:
            what = "写法不能确定" if found else "在本校没有找到"
            plan.refuse("class_name", f"班级「{words}」{what}，请按「七年级2班」的写法填写")
            return
        plan.school_class = found[0]

    def _settle(self, plan: StaffPlan) -> None:
        """Set the kind of the plan, once person, post and class are known."""
        assert plan.unit is not None
        assert plan.starts_on is not None
        login = plan.row.login.lower()
        held = self._post_since(login, plan)
        if held is not None and held > plan.starts_on:
            plan.refuse("starts_on", f"已登记从{held:%Y-%m-%d}起任职，任职起不能早于这一天")
            return
        if held is None and plan.role == TEACHER and plan.school_class is None:
            plan.refuse("class_name", NEEDS_CLASS)
        has_class = self._has_class(login, plan)
        if plan.problems:
            return
        if held is None:
            plan.kind = ADDED if login in self.names else NEW
        else:
            plan.kind = UNCHANGED if has_class or plan.school_class is None else CLASS
        self.names.setdefault(login, plan.row.name)
        self.taken.setdefault((login, plan.role, plan.unit.pk), plan.starts_on)
        if plan.school_class is not None:
            self.class_taken[plan.school_class.pk] = login

    def _post_since(self, login: str, plan: StaffPlan) -> date | None:
        assert plan.unit is not None
        assert plan.starts_on is not None
        key = (login, plan.role, plan.unit.pk)
        since = [
            post.starts_on
            for post in self.posts.get(login, [])
            if (post.role, post.unit_id) == key[1:]
            and (post.ends_on is None or post.ends_on >= plan.starts_on)
        ]
        return self.taken.get(key) or (min(since) if since else None)

    def _has_class(self, login: str, plan: StaffPlan) -> bool:
        """Whether the class is this person's already; refuses the row when it is somebody
        else's."""
        if plan.school_class is None:
            return False
        pk = plan.school_class.pk
        in_sheet = self.class_taken.get(pk)
        if in_sheet is not None:
            if in_sheet != login:
                plan.refuse("class_name", "本表中另一行已安排这个班的班主任，请核对")
            return in_sheet == login
        for held in self.holders.get(pk, []):
            if held.ends_on is not None and plan.starts_on and held.ends_on < plan.starts_on:
                continue
            if held.post.person.username.lower() != login:
                plan.refuse(
                    "class_name",
                    f"这个班的班主任是{held.post.person.name}，请先在「班主任安排」中更换或空出",
                )
                return False
            return True
        return False


def class_named(classes: Iterable[SchoolClass], words: str, day: date) -> list[SchoolClass]:
    """Return the classes that a name means on a day: 七年级2班, 初一（2）班, 2024级2班."""
    name = read_class(words)
    if name is None:
        return []
    year = school_year_of(day)
    return [
        c
        for c in classes
        if c.number == name.number
        and (name.cohort is None or name.cohort == c.entry_year)
        and (name.grade is None or name.grade == grade_of(c.stage, c.entry_year, year))
    ]


def _role_named(words: str) -> Role | None:
    plain = words.replace("(", "（").replace(")", "）")
    names = ((role, (role.code, role.label, *role.also)) for role in ROLES)
    return next((role for role, words in names if plain in words), None)


def _is_named(unit: Unit, words: str) -> bool:
    names = {unit.name, unit.short_name, unit.region.name} if unit.kind == "village" else set()
    names |= {unit.name, unit.short_name, code_of(unit)}
    if unit.parent is not None:
        names.add(f"{unit.parent.name}{unit.name}")
    return words in names - {""}


def code_of(unit: Unit) -> str:
    """Return the code by which a sheet may name the unit: the school's own, else the region's."""
    school = getattr(unit, "school", None)
    return school.code if school is not None else unit.region.code


def _people(rows: Sequence[StaffRow]) -> dict[str, Person]:
    logins = {row.login for row in rows} | {row.login.lower() for row in rows}
    found = Person.objects.filter(username__in=logins)
    return {person.username.lower(): person for person in found}


def _posts(people: Iterable[Person], today: date) -> dict[str, list[Post]]:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    found = Post.objects.filter(living, person__in=list(people)).select_related("person")
    posts = defaultdict(list)
    for post in found:
        posts[post.person.username.lower()].append(post)
    return posts


def _namesakes(
    rows: Sequence[StaffRow], units: Sequence[Unit], today: date
) -> dict[tuple[str, int], str]:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    names = {row.name for row in rows}
    found = Post.objects.filter(living, unit__in=units, person__name__in=names)
    return {(p.person.name, p.unit_id): p.person.username for p in found.select_related("person")}


def _classes(units: Sequence[Unit], rows: Sequence[StaffRow]) -> dict[int, list[SchoolClass]]:
    classes = defaultdict(list)
    if any(row.class_name for row in rows):
        schools = [unit.pk for unit in units if unit.kind == "school"]
        open_ones = SchoolClass.objects.filter(school_id__in=schools, closed_on__isnull=True)
        for one in open_ones:
            classes[one.school_id].append(one)
    return classes


def _holders(classes: dict[int, list[SchoolClass]], today: date) -> dict[int, list[ClassPost]]:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    pks = [one.pk for group in classes.values() for one in group]
    found = ClassPost.objects.filter(living, school_class_id__in=pks, is_substitute=False)
    holders = defaultdict(list)
    for held in found.select_related("post__person").order_by("starts_on"):
        holders[held.school_class_id].append(held)
    return holders
