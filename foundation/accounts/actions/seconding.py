"""Acts of two people: one asks for a post, a password or an account, another decides (design 4)."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.factors import has_factor, remove_factor
from foundation.accounts.actions.identity import check_correction, correct
from foundation.accounts.actions.managing import (
    check_may_manage,
    check_not_oneself,
    granting_post,
    living_posts,
)
from foundation.accounts.actions.passwords import PasswordSlip, issue_slip
from foundation.accounts.actions.people import open_again, unseal
from foundation.accounts.actions.phones import end_every_phone
from foundation.accounts.actions.sessions import end_sessions
from foundation.accounts.actions.staff import check_appointment, give_post, take_on
from foundation.accounts.actions.units import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import (
    OpenSession,
    PeopleDecision,
    PeopleRequest,
    Person,
    Post,
    Unit,
)
from foundation.accounts.people.areas import managing
from foundation.accounts.querysets import held_on
from foundation.accounts.seconding import rules
from foundation.accounts.viewer import HeldPost
from foundation.rows import unless_taken

KIND = "people_request"
ASKED_ALREADY = "同样的申请正在等待确认，请不要重复提交。"
FACTOR_REMOVED = "动态码已解除"
REQUESTER_LEFT = "提交申请的人现在不能办理这项任职，请重新提交申请。"


@transaction.atomic
def request_post(
    doer: Doer, *, username: str, name: str, role: str, unit: Unit, starts_on: date
) -> PeopleRequest:
    """Ask for a post that reaches the whole county. Raises Refused as appoint does."""
    granter = granting_post(doer.viewer, role, unit, with_second=True)
    if starts_on < doer.today:
        raise Refused(rules.STARTS_TOO_EARLY)
    person = Person.objects.filter(username__iexact=username).first()
    if person is not None:
        check_not_oneself(person, doer.viewer)
        check_appointment(person, role, unit, starts_on, None, doer.today)
    return _ask(
        doer.under(granter),
        PeopleRequest(
            kind=PeopleRequest.POST,
            person=person,
            username=username,
            name=name,
            role=role,
            unit=unit,
            starts_on=starts_on,
        ),
    )


@transaction.atomic
def request_password(doer: Doer, person: Person) -> PeopleRequest:
    """Ask for a new first password of somebody who holds such a post."""
    check_may_manage(person, doer.viewer, doer.today, with_second=True)
    if not person.is_active:
        raise Refused("该账号已经停用，不能重置密码。")
    return _ask_about(doer, person, PeopleRequest.PASSWORD)


@transaction.atomic
def request_password_from_server(doer: Doer, person: Person) -> PeopleRequest:
    """Ask in the name of the person, who cannot sign in: a technician does so at the server.

    Nothing is given by it; a second person confirms as ever, and no one may who holds the account.
    """
    return _ask_about(doer, person, PeopleRequest.PASSWORD)


@transaction.atomic
def request_reopening(doer: Doer, person: Person) -> PeopleRequest:
    """Ask that the closed account of somebody who holds such a post be opened again."""
    check_may_manage(person, doer.viewer, doer.today, with_second=True)
    if person.is_active:
        raise Refused("该账号正在使用，无需恢复。")
    return _ask_about(doer, person, PeopleRequest.REOPEN)


@transaction.atomic
def request_factor_removal(doer: Doer, person: Person) -> PeopleRequest:
    """Ask that somebody who lost the phone signs in without a code again (S56)."""
    check_may_manage(person, doer.viewer, doer.today, with_second=True)
    if not has_factor(person):
        raise Refused("该账号没有设动态码，无需解除。")
    return _ask_about(doer, person, PeopleRequest.FACTOR)


@transaction.atomic
def request_correction(doer: Doer, person: Person, name: str, username: str) -> PeopleRequest:
    """Ask that the name or account of somebody who holds such a post be put right."""
    check_may_manage(person, doer.viewer, doer.today, with_second=True)
    check_correction(person, name, username)
    return _ask_about(doer, person, PeopleRequest.CORRECT, name, username)


def _ask_about(
    doer: Doer, person: Person, kind: str, name: str = "", username: str = ""
) -> PeopleRequest:
    asked = PeopleRequest(
        kind=kind, person=person, username=username or person.username, name=name or person.name
    )
    held = next(iter(managing(doer.viewer)), None)
    return _ask(doer.under(held), asked)


def _ask(doer: Doer, asked: PeopleRequest) -> PeopleRequest:
    if not doer.reason.strip():
        raise Refused(rules.NO_REASON)
    same = PeopleRequest.objects.waiting().filter(
        kind=asked.kind,
        username=asked.username,
        role=asked.role,
        requested_at__gte=doer.now - rules.LIVES,
    )
    if same.exists():
        raise Refused(ASKED_ALREADY)
    asked.county_id = doer.post.county_id
    asked.requested_by_id = doer.post.id
    asked.requested_at, asked.reason = doer.now, doer.reason
    asked.save(force_insert=True)
    audit.record(doer.origin, f"{asked.kind}_requested", KIND, asked.pk, reason=doer.reason)
    return asked


@transaction.atomic
def confirm_request(doer: Doer, asked: PeopleRequest) -> PasswordSlip | None:
    """Give what was asked. Returns the slip of a new first password, to be printed once.

    Raises Refused for the one who asked, the one concerned, and whoever holds no such right.
    """
    second = _second(doer, asked)
    todo = doer.under(second)
    person, post = asked.person, None
    if asked.kind == PeopleRequest.POST:
        person, post = _appoint(todo, asked)
    assert person is not None
    _decide(todo, asked, PeopleDecision.CONFIRMED, post)
    if asked.kind == PeopleRequest.CORRECT:
        check_correction(person, asked.name, asked.username)
        return correct(replace(todo, reason=asked.reason), person, asked.name, asked.username)
    if asked.kind == PeopleRequest.REOPEN:
        open_again(todo.origin, person, asked.reason)
        return None
    if asked.kind == PeopleRequest.FACTOR:
        _free_of_factor(todo, person, asked.reason)
        return None
    if asked.kind == PeopleRequest.POST and _has_own_password(person):
        return None
    return _first_password(todo, asked, person)


def _first_password(doer: Doer, asked: PeopleRequest, person: Person) -> PasswordSlip:
    """The slip of a new first password. It opens an account that disuse sealed: two people have
    seen to it that its holder is meant, and of the only 安全管理员 nobody else could unseal it."""
    verb = "first_password_given"
    if asked.kind == PeopleRequest.PASSWORD:
        verb = "password_reset"
        unseal(doer, person, asked.reason)
    audit.record(doer.origin, verb, "person", person.pk, reason=asked.reason)
    return issue_slip(person, doer.today, doer.now)


def _free_of_factor(doer: Doer, person: Person, reason: str) -> None:
    """Remove the factor of a lost phone, with all that may lie open on that phone."""
    if not remove_factor(person, doer.origin, reason, doer.now):
        raise Refused("该账号的动态码已经解除或更换，请不同意这项申请。")
    end_sessions(OpenSession.objects.filter(person=person), doer.origin, FACTOR_REMOVED)
    end_every_phone(person, doer.origin, FACTOR_REMOVED)


def _has_own_password(person: Person) -> bool:
    """Whether only the person knows the password: a first one was printed by somebody."""
    return not person.has_no_own_password


def _appoint(doer: Doer, asked: PeopleRequest) -> tuple[Person, Post]:
    """The post as requested, from today on at the earliest: before, one person alone wanted it."""
    assert asked.unit is not None
    assert asked.starts_on is not None
    living = Post.objects.filter(held_on(doer.today), pk=asked.requested_by_id)
    if not living.filter(person__is_active=True).exists():
        raise Refused(REQUESTER_LEFT)
    person = take_on(doer, asked.username, asked.name)
    since = max(asked.starts_on, doer.today)
    check_appointment(person, asked.role, asked.unit, since, None, doer.today)
    post = give_post(
        doer.origin, person, asked.role, asked.unit, since, asked.requested_by, asked.reason
    )
    return person, post


@transaction.atomic
def refuse_request(doer: Doer, asked: PeopleRequest) -> None:
    """Do not agree, with a reason. Raises Refused as confirm_request does."""
    _decide(doer.under(_second(doer, asked)), asked, PeopleDecision.REFUSED)


@transaction.atomic
def withdraw_request(doer: Doer, asked: PeopleRequest) -> None:
    """Take one's own request back."""
    posts = [post for post in doer.viewer.posts if post.county_id == asked.county_id]
    if not posts or asked.requested_by.person_id != doer.viewer.person_id:
        raise Refused(rules.NOT_YOURS)
    _decide(doer.under(posts[0]), asked, PeopleDecision.WITHDRAWN)


def posts_concerned(asked: PeopleRequest, today: date) -> list[Post]:
    """The posts that the person whom the request is about holds today or will hold."""
    person = asked.person or Person.objects.filter(username__iexact=asked.username).first()
    return living_posts(person, today) if person else []


def _second(doer: Doer, asked: PeopleRequest) -> HeldPost | None:
    words = rules.refusal(
        doer.viewer,
        asked.county_id,
        requester=asked.requested_by.person_id,
        concerned=asked.person_id,
    )
    if not words and rules.is_lapsed(asked.requested_at, doer.now):
        words = rules.LAPSED
    if words:
        raise Refused(words)
    return rules.second_for(doer.viewer, asked.county_id)


def _decide(doer: Doer, asked: PeopleRequest, outcome: str, post: Post | None = None) -> None:
    with unless_taken() as taken:
        PeopleDecision.objects.create(
            request=asked,
            outcome=outcome,
            decided_by_id=doer.post.id,
            decided_at=doer.now,
            reason=doer.reason,
            post=post,
        )
    if taken:
        raise Refused(rules.DECIDED)
    audit.record(doer.origin, f"request_{outcome}", KIND, asked.pk, reason=doer.reason)
