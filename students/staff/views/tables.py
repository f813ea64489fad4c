"""The lists of people as tables: accounts, granted posts, substitutes, uses beyond a limit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation import clock
from foundation.accounts.models import LimitReport, Person, Post
from foundation.accounts.people.sealing import seal_of
from foundation.days import full_day_words
from foundation.lists.columns import PartColumn, TextColumn, badge, button
from foundation.lists.rows import IdsFirst, widened
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from students.roster.models import ClassPost
from students.staff.class_teachers import class_words, with_classes


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A person of the list, whether the sign-in is locked, and whether disuse seals it."""

    who: Person
    locked: bool
    seal: str
    today: date

    @property
    def pk(self) -> int:
        """The key of the person."""
        return int(self.who.pk)


def _state(line: AccountLine, table: Any) -> dict[str, Any]:
    return {"who": line.who, "locked": line.locked, "seal": line.seal, "key": line.pk}


def _posts(line: AccountLine, table: Any) -> dict[str, Any]:
    return {"who": line.who, "today": line.today, "key": line.pk}


def _signed_in(line: AccountLine, table: Any) -> str:
    moment = clock.shown(line.who.last_login)
    return full_day_words(moment.date()) if moment else "从未"


class AccountTable(ListTable):
    """人员与任职 of the security officer: everybody of the county."""

    code = "people"
    caption = "本县人员，每人的账号、任职和授予人"
    noun, child_path, page_name = "人", "", "person"

    name = TextColumn(
        "姓名",
        lambda r, _: r.who.name,
        order_by=("name", "pk"),
        place="cell-name",
        url=lambda r, table: address_of(table.page_name, r.pk),
    )
    username = TextColumn(
        "账号", lambda r, _: r.who.username, order_by=("username",), place="cell-sub num"
    )
    state = PartColumn("状态", "people/_state.html", _state, place="cell-mark")
    posts = PartColumn("任职（起止，授予人）", "people/_posts.html", _posts)
    signed_in = TextColumn("最近登录", _signed_in, order_by=("last_login", "pk"), place="num")


class StaffTable(AccountTable):
    """人员 of a school or a township."""

    code = "staff"
    caption = "人员，每人的账号、任职和授予人"
    page_name = "staff:person"


def account_table(
    kind: type[AccountTable],
    rows: QuerySet[Person],
    posts: QuerySet[Post],
    locked: Sequence[str],
    today: date,
) -> AccountTable:
    """The table of the people that ``rows`` selects, each with those of its posts in ``posts``."""
    held = Prefetch("posts", posts, to_attr="held")
    whole = widened(Person, lambda found: found.prefetch_related(held))
    return kind(IdsFirst(rows, whole, partial(_people, locked=frozenset(locked), today=today)))


def _people(
    rows: Sequence[Person], *, locked: frozenset[str], today: date
) -> Iterator[AccountLine]:
    return (AccountLine(who, who.username in locked, seal_of(who), today) for who in rows)


def _granted(post: Post, table: Any) -> str:
    by = post.granted_by
    who = f"{by.person.name}（{by.unit.name} · {by.role_label}）" if by else "系统初始设置"
    return _told(who, post.granted_at, post.reason, "，")


def _ended(post: Post, table: Any) -> str:
    by = post.ended_by
    return _told(by.person.name, post.ended_at, post.end_reason, "，") if by else ""


def _told(who: str, at: datetime | None, reason: str, comma: str) -> str:
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
    return f"{who}{comma}{when}" + (f"；{reason}" if reason else "")


def _held(post: Post) -> str:
    if post.never_held:
        return f"{post.starts_on:%Y-%m-%d} 起，已撤销"
    return f"{post.starts_on:%Y-%m-%d} 至 {f'{post.ends_on:%Y-%m-%d}' if post.ends_on else '今'}"


class GrantTable(ListTable):
    """任职记录: who was granted which post, by whom, when and why, the latest first."""

    code = "grants"
    caption = "谁在何时授予谁什么职务，何时由谁登记卸任"
    usual, child_path = 50, ""

    name = TextColumn(
        "姓名",
        lambda r, _: r.person.name,
        order_by=("person__name", "pk"),
        place="cell-name",
        url=lambda r, _: address_of("staff:person", r.person_id),
    )
    post = TextColumn(
        "单位与职务",
        lambda r, _: f"{r.unit.name} · {r.role_label}",
        order_by=("unit__name", "role", "pk"),
        place="cell-sub",
    )
    days = TextColumn(
        "起止",
        lambda r, _: _held(r),
        order_by=("starts_on", "pk"),
        place="num",
    )
    classes = TextColumn("班级", lambda r, table: "；".join(class_words(r, table.today)))
    granted = TextColumn("授予", _granted, order_by=("granted_at", "pk"))
    ended = TextColumn("卸任登记", _ended)
    today: date


def grant_table(rows: QuerySet[Post], today: date) -> GrantTable:
    """The table of the posts that ``rows`` selects."""
    table = GrantTable(IdsFirst(rows, widened(Post, _with_grants)))
    table.today = today
    return table


def _with_grants(rows: QuerySet[Post]) -> QuerySet[Post]:
    return with_classes(
        rows.select_related(
            "person", "unit", "granted_by__person", "granted_by__unit", "ended_by__person"
        )
    )


def _days(held: ClassPost, table: Any) -> str:
    first = f"{held.starts_on:%Y-%m-%d}"
    return f"{first} 起" if held.never_began else f"{first} 至 {held.ends_on:%Y-%m-%d}"


def _standing(held: ClassPost, table: Any) -> SafeString:
    if held.never_began:
        found = badge("已撤回")
    elif held.ends_on and held.ends_on < table.today:
        found = badge("已结束")
    else:
        ahead = held.starts_on > table.today
        found = badge("未开始", "info") if ahead else badge("代课中", "good")
    if not held.end_reason:
        return found
    by = f"{held.ended_by.person.name}，" if held.ended_by else ""
    how = "撤回" if held.never_began else "提前结束"
    when = f"{timezone.localtime(held.ended_at):%Y-%m-%d}" if held.ended_at else ""
    why = f"{by}{when}{how}：{held.end_reason}"
    return format_html('{}<p class="small muted">{}</p>', found, why)


def _take_back(held: ClassPost, table: Any) -> SafeString | str:
    goes_on = not held.never_began and held.ends_on is not None and held.ends_on >= table.today
    if not goes_on or held.post.person_id == table.reader_id:
        return ""
    url = reverse("staff:take_back_substitute", args=[held.pk])
    return button(url, "登记错了，撤回", held.post.person.name)


class SubstituteTable(ListTable):
    """代课记录 of a school, the latest first."""

    code = "substitutes"
    caption = "代课记录"
    child_path = ""

    name = TextColumn(
        "代课人", lambda r, _: r.post.person.name, order_by=("post__person__name", "pk")
    )
    school_class = TextColumn("班级", lambda r, _: r.school_class.name_on(r.starts_on))
    days = TextColumn("起止", _days, order_by=("starts_on", "pk"), place="num")
    reason = TextColumn("事由", lambda r, _: r.reason)
    assigned = TextColumn(
        "登记",
        lambda r, _: f"{r.assigned_by.person.name}，{timezone.localtime(r.assigned_at):%Y-%m-%d}",
    )
    state = TextColumn("情况", _standing)
    acts = TextColumn("办理", _take_back, place="cell-act no-print")
    today: date
    reader_id: int | None


def substitute_table(
    rows: QuerySet[ClassPost], today: date, reader_id: int | None
) -> SubstituteTable:
    """The table of a school's substitutes; nobody takes back what is told of oneself."""
    table = SubstituteTable(IdsFirst(rows, widened(ClassPost, _with_people)))
    table.today, table.reader_id = today, reader_id
    return table


def _with_people(rows: QuerySet[ClassPost]) -> QuerySet[ClassPost]:
    return rows.select_related(
        "post__person", "school_class", "assigned_by__person", "ended_by__person"
    )


class LimitTable(ListTable):
    """使用超限: who went beyond a limit, the latest first."""

    code = "limits"
    caption = "使用超限，最近的在前"
    usual, child_path = 50, ""

    at = TextColumn(
        "时间",
        lambda r, _: f"{clock.shown(r.at):%Y-%m-%d %H:%M}",
        order_by=("at", "pk"),
        place="num",
    )
    name = TextColumn(
        "姓名", lambda r, _: r.person.name, order_by=("person__name", "pk"), place="cell-name"
    )
    username = TextColumn("账号", lambda r, _: r.person.username, place="num")
    post = TextColumn(
        "单位和职务",
        lambda r, _: f"{r.post.unit.name} · {r.post.role_label}",
        order_by=("post__unit__name", "pk"),
        place="cell-sub",
    )
    limit = TextColumn("事项", lambda r, _: r.label, order_by=("limit", "pk"), place="cell-mark")


def limit_table(rows: QuerySet[LimitReport]) -> LimitTable:
    """The table of the reports that ``rows`` selects."""
    return LimitTable(IdsFirst(rows, widened(LimitReport, _with_posts)))


def _with_posts(rows: QuerySet[LimitReport]) -> QuerySet[LimitReport]:
    return rows.select_related("person", "post__unit")
