"""The main menu as a table: label, address, and the rights that show it."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry, shown for a post with one of the rights, held at one of the kinds of unit.

    No rights means any post, no kinds means any unit.
    """

    label: str
    url_name: str
    rights: frozenset[Right] = field(default_factory=frozenset)
    kinds: frozenset[UnitKind] = field(default_factory=frozenset)


# The inbox is omitted: base.html shows it beside the name, with the number of unread messages.
ENTRIES: tuple[MenuEntry, ...] = (
    MenuEntry("待办", "home"),
    MenuEntry("点名", "roll", frozenset({Right.CALL_ROLL})),
    MenuEntry("到校", "mornings:mine", frozenset({Right.SEE_MORNINGS})),
    MenuEntry("个案", "cases", frozenset({Right.SEE_CASES})),
    MenuEntry("预警", "watch:warnings", frozenset({Right.SEE_PUPILS})),
    MenuEntry("名册", "roster:pupils", frozenset({Right.SEE_PUPILS})),
    MenuEntry("异动", "changes:list", frozenset({Right.SEE_PUPILS, Right.APPROVE_SUSPENSION})),
    MenuEntry(
        "入学",
        "census:entrants",
        frozenset({Right.MANAGE_ENTRANTS, Right.ISSUE_NOTICES, Right.SIGN_HANDOVER}),
    ),
    MenuEntry(
        "报表",
        "returns:index",
        frozenset({Right.BUILD_RETURNS, Right.SEE_FIGURES}),
        frozenset({UnitKind.COUNTY, UnitKind.SUPERVISION, UnitKind.CENTRAL_SCHOOL}),
    ),
    MenuEntry("校历", "calendars:school_year"),
    MenuEntry("人员", "staff:people", frozenset({Right.MANAGE_STAFF})),
    MenuEntry("人员", "people", frozenset({Right.MANAGE_PEOPLE})),
    MenuEntry("人员复核", "people_requests", frozenset({Right.CONFIRM_PEOPLE})),
    MenuEntry("系统状态", "status", frozenset({Right.MANAGE_PEOPLE})),
)


def menu(viewer: Viewer, path: str) -> list[dict[str, Any]]:
    """The entries for the viewer, with that of ``path`` marked.

    None on a trusted phone alone, where each would lead to the sign-in.
    """
    if viewer.phone_id is not None:
        return []
    shown = [(e.label, reverse(e.url_name)) for e in ENTRIES if _is_open_to(e, viewer)]
    here = max((url for _, url in shown if _lies_under(path, url)), key=len, default="")
    return [{"label": label, "url": url, "active": url == here, "count": 0} for label, url in shown]


def _is_open_to(entry: MenuEntry, viewer: Viewer) -> bool:
    return any(
        (not entry.rights or entry.rights & post.role.rights)
        and (not entry.kinds or post.unit_kind in entry.kinds)
        for post in viewer.posts
    )


def _lies_under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
