"""The main menu as a table: group, label, address, the rights that show it, the pages it covers."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.urls import reverse

from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

R = Right
DAILY, PUPILS, CASES, OFFICE = "每天", "学生", "控辍", "事务"
GROUPS = (DAILY, PUPILS, CASES, OFFICE)
# The last group bears the word for the affairs of one's own kind of unit.
OFFICE_WORDS: dict[str, str] = {
    UnitKind.COUNTY: "县务",
    UnitKind.SUPERVISION: "县务",
    UnitKind.TOWNSHIP: "乡镇事务",
    UnitKind.EDUCATION_OFFICE: "乡镇事务",
    UnitKind.VILLAGE: "村居事务",
    UnitKind.CENTRAL_SCHOOL: "校务",
    UnitKind.SCHOOL: "校务",
}


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry, shown for a post with one of the rights, held at one of the kinds of unit.

    No rights means any post, no kinds means any unit. ``covers`` are beginnings of further
    addresses at which the entry is marked, unless another entry has a longer beginning.
    """

    group: str
    label: str
    url_name: str
    rights: frozenset[Right] = field(default_factory=frozenset)
    kinds: frozenset[UnitKind] = field(default_factory=frozenset)
    covers: tuple[str, ...] = ()
    icon: str = ""

    def is_open_to(self, rights: frozenset[Right], unit_kind: str) -> bool:
        """Whether a post with the rights, held at a unit of the kind, opens it."""
        has_right = not self.rights or not self.rights.isdisjoint(rights)
        return has_right and (not self.kinds or unit_kind in self.kinds)


def _entry(group: str, label: str, url_name: str, *rights: Right, **more: Any) -> MenuEntry:
    return MenuEntry(group, label, url_name, frozenset(rights), **more)


OF_RETURNS = frozenset({UnitKind.COUNTY, UnitKind.SUPERVISION, UnitKind.CENTRAL_SCHOOL})
OF_ENTRANTS = (R.MANAGE_ENTRANTS, R.ISSUE_NOTICES, R.SIGN_HANDOVER)
# fmt: off
ENTRIES: tuple[MenuEntry, ...] = (
    _entry(DAILY, "工作台", "home", covers=("/jobs", "/duties", "/lists"), icon="home"),
    _entry(DAILY, "点名", "roll", R.CALL_ROLL, covers=("/mornings/",), icon="roll"),
    _entry(DAILY, "到校", "mornings:mine", R.SEE_MORNINGS,
           covers=("/roll/", "/changes/"), icon="school"),
    _entry(DAILY, "消息", "inbox", icon="mail"),
    _entry(PUPILS, "名册", "roster:pupils", R.SEE_PUPILS, covers=("/pupils/", "/jobs/")),
    _entry(PUPILS, "异动", "changes:list", R.SEE_PUPILS, R.APPROVE_SUSPENSION),
    _entry(PUPILS, "入学", "census:entrants", *OF_ENTRANTS),
    _entry(PUPILS, "特殊群体", "roster:groups", R.SEE_GROUPS, covers=("/roster/left-behind/",)),
    _entry(CASES, "个案", "cases", R.SEE_CASES,
           covers=("/pupils/", "/mornings/", "/roster/", "/papers/"),
           icon="case"),
    _entry(CASES, "发现报告", "discoveries:reports", R.REPORT_CHILD, icon="info"),
    _entry(CASES, "预警", "watch:warnings", R.SEE_PUPILS),
    _entry(CASES, "台账", "watch:ledger", R.SEE_PUPILS, covers=("/watch/entries/",)),
    _entry(CASES, "文书", "papers:ledger", R.SEE_PAPERS, covers=("/dropouts/",)),
    _entry(OFFICE, "报表", "returns:index", R.BUILD_RETURNS, R.SEE_FIGURES, kinds=OF_RETURNS),
    _entry(OFFICE, "校历与参数", "calendars:school_year",
           covers=("/parameters/", "/emblem/", "/census/"), icon="normal"),
    _entry(OFFICE, "单位", "units:tree", R.MANAGE_UNITS, icon="school"),
    _entry(OFFICE, "单位变动", "units:changes", R.SEE_AUDIT, icon="normal"),
    _entry(OFFICE, "人员", "staff:people", R.MANAGE_STAFF, covers=("/people/requests/",),
           icon="person"),
    _entry(OFFICE, "人员", "people", R.MANAGE_PEOPLE, covers=("/staff/",), icon="person"),
    _entry(OFFICE, "人员复核", "people_requests", R.CONFIRM_PEOPLE,
           covers=("/people/", "/people/limits/"), icon="done"),
    _entry(OFFICE, "导出复核", "roster:exports", R.CONFIRM_EXPORTS, icon="done"),
    _entry(OFFICE, "开通", "opening:wizard", R.SEE_OPENING, icon="info"),
    _entry(OFFICE, "操作记录", "audit:list", R.SEE_AUDIT, covers=("/roster/exports/",),
           icon="normal"),
    _entry(OFFICE, "操作记录", "audit:list", R.SEE_UNIT_AUDIT, icon="normal"),
    _entry(OFFICE, "使用超限", "limit_reports", R.SEE_AUDIT, icon="info"),
    _entry(OFFICE, "系统", "status", R.SEE_STATUS, icon="info"),
)
# fmt: on

# The bar at the bottom of a phone: of each row the first that the menu has, and as many as fit.
DOCK = (
    ("工作台",),
    ("到校", "点名"),
    ("个案",),
    ("消息",),
    ("发现报告",),
    ("人员", "单位"),
    ("人员复核",),
)
DOCK_PLACES = 4
SHORT_MENU = 5  # entries; what the bar leaves out of a short menu stands under 我的, without 更多
HELP = "帮助"  # takes the last place of a short menu where one is free


@dataclass(frozen=True, slots=True, eq=False)
class MenuItem:
    """An entry as a viewer sees it. There is one object for all who have the same menu."""

    group: str
    label: str
    url: str
    covers: tuple[str, ...]
    icon: str
    is_inbox: bool

    def claims(self, path: str) -> int:
        """How strongly the page at ``path`` belongs here; 0: not at all. Of two beginnings of one
        length the entry's own address counts more than one that it only covers."""
        own = path == self.url if self.url == "/" else path.startswith(self.url)
        covered = max((len(one) for one in self.covers if path.startswith(one)), default=0)
        return max(2 * len(self.url) + 1 if own else 0, 2 * covered)


@dataclass(frozen=True, slots=True, eq=False)
class MenuGroup:
    """The entries of one group that the viewer may open, under its word."""

    word: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """The menu of a page: its groups, the bar of a phone, and the entry that the page belongs to.

    ``is_longer`` says that the bar leaves some out, so it ends with 更多.
    """

    groups: tuple[MenuGroup, ...] = ()
    dock: tuple[MenuItem, ...] = ()
    is_longer: bool = False
    here: MenuItem | None = None

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def dock_has_inbox(self) -> bool:
        """Whether the bar shows the number of unread messages by itself."""
        return any(item.is_inbox for item in self.dock)

    @property
    def aside(self) -> tuple[MenuItem, ...]:
        """What neither the bar nor 更多 holds; on a phone it stands under 我的."""
        return () if self.is_longer else tuple(i for i in self.items if i not in self.dock)

    @property
    def items(self) -> tuple[MenuItem, ...]:
        """The entries of all groups."""
        return tuple(item for group in self.groups for item in group.items)


def menu(viewer: Viewer, path: str) -> Menu:
    """The menu for the viewer, with the entry of ``path``.

    None on a trusted phone alone, where each would lead to the sign-in.
    """
    if viewer.phone_id is not None:
        return Menu()
    found = _menu_of(tuple((post.role.rights, post.unit_kind) for post in viewer.posts))
    here = max(found.items, key=lambda item: item.claims(path), default=None)
    return _marked(found, here) if here and here.claims(path) else found


@lru_cache(maxsize=4096)
def _marked(menu: Menu, here: MenuItem) -> Menu:
    return replace(menu, here=here)


@lru_cache(maxsize=256)
def _menu_of(posts: tuple[tuple[frozenset[Right], str], ...]) -> Menu:
    """The menu of everybody who holds such posts; few sets of posts differ in it."""
    open_to = [entry for entry in ENTRIES if any(entry.is_open_to(*post) for post in posts)]
    items = tuple(
        MenuItem(e.group, e.label, reverse(e.url_name), e.covers, e.icon, e.url_name == "inbox")
        for e in open_to
    )
    dock = _dock({item.label: item for item in reversed(items)})
    office = OFFICE_WORDS[posts[0][1]] if posts else ""
    grouped = ((word, tuple(i for i in items if i.group == word)) for word in GROUPS)
    return Menu(
        tuple(
            MenuGroup(office if word == OFFICE else word, found) for word, found in grouped if found
        ),
        dock,
        is_longer=len(items) > SHORT_MENU,
    )


def _dock(by_label: dict[str, MenuItem]) -> tuple[MenuItem, ...]:
    rows = (next((by_label[one] for one in row if one in by_label), None) for row in DOCK)
    found = tuple(item for item in rows if item)
    if not found or len(by_label) > SHORT_MENU:
        return found[: DOCK_PLACES - 1]
    help_too = MenuItem("", HELP, reverse("help:index"), (), "help", is_inbox=False)
    return (*found, help_too)[:DOCK_PLACES]
