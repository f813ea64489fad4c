"""Rules of the second person (design 4, Two people): what needs one, who may be it, how long."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from foundation.accounts.roles import Right, role_of
from foundation.accounts.viewer import HeldPost, Viewer

LIVES = timedelta(days=15)
POST_NEEDS_TWO = "「{label}」的任职须两人办理：请在本人页面提交申请，由另一人确认。"
PASSWORD_NEEDS_TWO = "{name}任县级职务，首次密码和重置密码须两人办理：请提交申请，由另一人确认。"
REOPENING_NEEDS_TWO = "{name}任县级职务，恢复账号须两人办理：请提交申请，由另一人确认。"
CORRECTION_NEEDS_TWO = "{name}任县级职务，更正姓名和账号须两人办理：请提交申请，由另一人确认。"
NO_REASON = "由另一人确认的申请须写明依据：文号或理由，确认的人凭它核实。"
STARTS_TOO_EARLY = "任职起不能早于今天：县级职务由另一人确认后才生效。请改为今天或以后的日期。"
OWN_REQUEST = "这项申请由您提交，须由另一人确认。"
ABOUT_ONESELF = "这项申请关系到您本人，须由另一人确认。"
NO_RIGHT = "您没有复核这项申请的权限，请由安全管理员、教育局基教股或局领导办理。"
NOT_YOURS = "只有提交申请的人可以撤回。"
LAPSED = "这项申请超过15天没有确认，已经失效，请重新提交。"
DECIDED = "这项申请已经办理，请看办理结果。"


def needs_two(roles: Iterable[str]) -> bool:
    """Whether one of the roles reaches the whole county, its supervision or its accounts."""
    return any(role_of(code).needs_two for code in roles)


def is_lapsed(requested_at: datetime, now: datetime) -> bool:
    """Whether the request waited longer than 15 days; on the last moment it may be confirmed."""
    return now - requested_at > LIVES


def oldest_alive(now: datetime) -> datetime:
    """The earliest moment at which a request that has not lapsed can have been made."""
    return now - LIVES


def second_for(viewer: Viewer, county_id: int) -> HeldPost | None:
    """The viewer's post that may confirm or refuse requests of the county."""
    posts = viewer.posts_with(Right.CONFIRM_PEOPLE)
    return next((post for post in posts if post.county_id == county_id), None)


def refusal(viewer: Viewer, county_id: int, *, requester: int, concerned: int | None) -> str:
    """Why the viewer may not decide the request, in Chinese; empty where he may."""
    if second_for(viewer, county_id) is None:
        return NO_RIGHT
    if viewer.person_id == requester:
        return OWN_REQUEST
    return ABOUT_ONESELF if viewer.person_id == concerned else ""
