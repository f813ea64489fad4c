"""The way back where the only 安全管理员 cannot sign in: a technician asks, another confirms."""

from datetime import date, datetime

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.actions.seconding import request_password_from_server
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import PeopleRequest, Person, Post, Unit
from foundation.accounts.querysets import posts_on, viewer_on
from foundation.accounts.roles import Right, role_of
from kongchuo.setup.opening.acts.founding import FIRST_ROLE
from kongchuo.setup.opening.models import CountyOpening

REASON = "唯一的安全管理员不能登录，技术人员在服务器上代为申请"
NONE = (
    "没有在任的安全管理员，或者还没有由第二人确认。"
    "县还在开通的，请执行 make manage ARGS=opening_address。"
)
ANOTHER = "本县有{count}位在任的安全管理员，请由另一位登录，在“人员”里申请重置密码。"
NOBODY_CONFIRMS = "没有在任的局领导或教育局基教股可以确认，不能这样办理。"


def officers_of(county: Unit, today: date) -> list[Person]:
    """Those who hold the office of 安全管理员 on the day and whose account is open."""
    posts = posts_on(today).filter(unit__county=county, role=FIRST_ROLE)
    return list(Person.objects.filter(is_active=True, pk__in=posts.values("person_id")))


def has_one_officer(opening: CountyOpening | None, today: date) -> bool:
    """Whether a second one is still to be named: the only one may forget the password or leave."""
    return opening is not None and len(officers_of(opening.county, today)) == 1


@transaction.atomic
def ask_for_the_only_officer(today: date, now: datetime) -> tuple[PeopleRequest, list[str]]:
    """Ask for a new first password of the only 安全管理员; one of those named confirms it.

    The technician alone gets nothing: another person sees the request in 人员复核, asks the
    officer, and hands over the slip. Raises Refused where the product itself has a way.
    """
    posts = posts_on(today).filter(role=FIRST_ROLE, asleep=False, person__is_active=True)
    found = {post.person_id: post.person for post in posts.select_related("person")}
    if len(found) != 1:
        raise Refused(ANOTHER.format(count=len(found)) if found else NONE)
    (officer,) = found.values()
    who = _confirmers(officer, today)
    if not who:
        raise Refused(NOBODY_CONFIRMS)
    doer = Doer(viewer_on(officer, today), Origin(), today, now, reason=REASON)
    return request_password_from_server(doer, officer), who


def _confirmers(officer: Person, today: date) -> list[str]:
    """The names of those who may confirm it, with an account of their own."""
    posts: list[Post] = list(
        posts_on(today)
        .filter(asleep=False, person__is_active=True)
        .exclude(person=officer)
        .select_related("person")
    )
    able = [post for post in posts if Right.CONFIRM_PEOPLE in role_of(post.role).rights]
    return list(dict.fromkeys(f"{post.person.name}（{post.role_label}）" for post in able))
