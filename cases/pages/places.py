"""The lists of this storey, with the views that each role finds on them (ux 5.3)."""

from foundation.accounts.roles import Level, Right
from foundation.accounts.viewer import Viewer
from foundation.lists.shared import ListPlace, SharedView


def _works(viewer: Viewer) -> bool:
    return any(post.role.queue for post in viewer.posts)


def _works_and_watches(viewer: Viewer) -> bool:
    return _works(viewer) and any(post.role.watches for post in viewer.posts)


def _serves(viewer: Viewer) -> bool:
    """Whose duty it is: the township's. The county may, and owes none."""
    posts = viewer.posts_with(Right.SERVE_ORDER)
    return any(Level.TOWNSHIP in post.role.queue for post in posts)


def _inspects(viewer: Viewer) -> bool:
    return viewer.has(Right.APPROVE_CLOSURE)


def _sees_mornings(viewer: Viewer) -> bool:
    """The desk of a school: its morning page lists the classes that have not called."""
    return any(
        post.role.level is Level.SCHOOL and Right.SEE_MORNINGS in post.role.rights
        for post in viewer.posts
    )


DUTY_VIEWS = (
    SharedView("今日待办", "due=today"),
    SharedView("已逾期", "due=overdue"),
    SharedView("本周到期", "due=week"),
    SharedView("待发通知书", "code=serve_order", _serves),
    SharedView("辖区已逾期", "of=area&due=overdue", _works_and_watches),
    SharedView("本校未点名班级", shows=_sees_mornings, url_name="mornings:mine"),
)
CASE_VIEWS = (
    SharedView("未销号", "state=open"),
    SharedView("疑似辍学", "state=open&category=suspected"),
    SharedView("辍学", "state=open&category=dropout"),
    SharedView("失联", "state=open&category=lost"),
    SharedView("已登记返校待核实", "state=open&category=told"),
    SharedView("待抽查", "sample=waiting", _inspects),
)
WARNING_VIEWS = (SharedView("未列入台账", "listed=no"), SharedView("已立案的", "case=yes"))
PLACES = (
    ListPlace("warnings", "早期预警", "watch:warnings", WARNING_VIEWS),
    ListPlace("ledger", "重点关注台账", "watch:ledger"),
    ListPlace("duties", "应办事项", "duties", DUTY_VIEWS, tab="of"),
    ListPlace("discoveries", "发现报告", "discoveries:reports"),
    ListPlace("cases", "个案", "cases", CASE_VIEWS),
)
