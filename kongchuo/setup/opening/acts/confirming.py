"""The second person confirms the posts of the county."""

from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from foundation.accounts import audit
from foundation.accounts.actions import PasswordSlip, Refused, end_post
from foundation.accounts.actions.passwords import issue_slip
from foundation.accounts.actions.people import unseal
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post
from foundation.accounts.roles import Right
from kongchuo.setup.opening.acts.books import at_county
from kongchuo.setup.opening.models import CountyOpening

NOT_SECOND = "县级任职由第二人{name}登录后确认，您不能代办。"
NONE_LEFT = "没有等待确认的任职。"
LEFT_OUT = "开通时未确认"
OWN = "不能撤下自己和第二人的任职。填错了人的，请在服务器上重新显示开通网址办理。"
CHANGED = "名单已变，没有确认。请重看下面的名单，核对后再确认。"


def sleeping(opening: CountyOpening) -> "QuerySet[Post]":
    """The posts that wait for the second person."""
    posts = Post.objects.filter(unit__county=opening.county_id, asleep=True, ended_at=None)
    return posts.select_related("person", "unit").order_by("pk")


def seen_mark(posts: Iterable[Post]) -> str:
    """A digest of the rows that a page listed, so that a confirmation means just these."""
    told = [
        (post.pk, post.person.name, post.person.username, post.role, post.unit.name,
         post.starts_on.isoformat())
        for post in posts
    ]  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def confirm_posts(doer: Doer, opening: CountyOpening, mark: str) -> list[PasswordSlip]:
    """Wake the county's posts; returns the first slips of their holders, to be printed once.

    ``mark`` is the seen_mark of what the second person read. Raises Refused where the list has
    changed since.
    """
    doer = at_county(doer, opening.county_id, Right.SEE_OPENING)
    opening = CountyOpening.objects.select_for_update().get(pk=opening.pk)
    if doer.viewer.person_id != opening.second_id:
        raise Refused(NOT_SECOND.format(name=opening.second.name))
    posts = list(sleeping(opening).select_for_update(of=("self",)))
    if not posts:
        raise Refused(NONE_LEFT)
    if mark != seen_mark(posts):
        raise Refused(CHANGED)
    for post in posts:
        post.asleep = False
        post.save(update_fields=["asleep"])
        audit.record(doer.origin, "post_confirmed", "post", post.pk)
    opening.confirmed_at = opening.confirmed_at or doer.now
    opening.save(update_fields=["confirmed_at"])
    return _slips(doer, {post.person_id: post.person for post in posts}.values())


def _slips(doer: Doer, people: Iterable[Person]) -> list[PasswordSlip]:
    slips = []
    for person in people:
        unseal(doer, person, "")  # its days slept, too
        if person.has_usable_password():
            continue
        slips.append(issue_slip(person, doer.today, doer.now))
        audit.record(doer.origin, "first_password_given", "person", person.pk)
    return slips


@transaction.atomic
def call_off(doer: Doer, opening: CountyOpening, post: Post) -> None:
    """Take a post back that waits and was entered by mistake; its row stays."""
    doer = at_county(doer, opening.county_id)
    found = sleeping(opening).select_for_update(of=("self",)).filter(pk=post.pk).first()
    if found is None:
        raise Refused(NONE_LEFT)
    if found.person_id in (opening.first_id, opening.second_id):
        raise Refused(OWN)
    found.ended_by_id, found.ended_at, found.end_reason = doer.post.id, doer.now, LEFT_OUT
    found.save(update_fields=["ended_by", "ended_at", "end_reason"])
    end_post(found, max(found.starts_on, doer.today))
    audit.record(doer.origin, "post_ended", "post", found.pk, reason=LEFT_OUT)
