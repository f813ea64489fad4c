"""Ending a post, departing from a unit, taking either back. Classes without a teacher are named."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.models import Post
from foundation.accounts.people.forms import ReasonForm
from foundation.accounts.querysets import held_on
from foundation.accounts.requests import Request, needs
from foundation.days import ONE_DAY, full_day_words
from students.roster.models import ClassPost
from students.staff.acts.posts import depart_from, end_one_post, resume_post, revoke_one_post
from students.staff.class_teachers import classes_led, taught_by, with_classes
from students.staff.forms import DepartureForm, EndForm
from students.staff.views.common import (
    RIGHTS,
    asked,
    doer_with,
    person_or_404,
    posts_seen,
    units_of,
)

METHODS = ["GET", "HEAD", "POST"]
LEFT_ALONE = "{classes}从{since}起没有班主任，请在下面安排。"


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(METHODS)
@needs(*RIGHTS)
def depart(request: Request, pk: int) -> HttpResponse:
    """Set the last day at a unit: all posts and classes there end."""
    who, today = person_or_404(request, pk), clock.today()
    posts = posts_seen(request).filter(person=who)
    form = DepartureForm(
        _typed(request),
        units=units_of(request).filter(pk__in=posts.values("unit_id")),
        initial={"last_day": today},
    )

    def act(form: Any) -> HttpResponse:
        typed = form.cleaned_data
        held = list(taught_by(posts.filter(unit=typed["unit"]), typed["last_day"] + ONE_DAY))
        depart_from(doer_with(request, typed["reason"]), who, typed["unit"], typed["last_day"])
        messages.success(request, f"已登记{who.name}离任，最后一日{typed['last_day']:%Y-%m-%d}。")
        return _after(request, who.pk, held, typed["last_day"])

    return asked(
        request,
        who,
        form,
        act,
        heading=f"登记{who.name}离任",
        effects=[
            "在该单位的所有任职和所带班级到最后一日为止：这一天仍可办理，从第二天起看不到、办不了。",
            "没有其他任职的，从第二天起账号停用，不能再登录。任职记录保留。",
            *_left_alone(posts, today),
            "未办的事项仍由本单位其他人员办理。",
            "登记错了的，可以在本人页面撤回；要马上停用的，请安全管理员停用账号。",
        ],
        action_label="登记离任",
        danger=True,
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def end_post(request: Request, pk: int) -> HttpResponse:
    """Set the last day of one post, or revoke it at once where it was given by mistake."""
    post = get_object_or_404(posts_seen(request), pk=pk)
    mine, today = Post.objects.filter(pk=pk), clock.today()

    def act(form: Any) -> HttpResponse:
        typed = form.cleaned_data
        doer, last = doer_with(request, typed["reason"]), typed["last_day"]
        if typed["at_once"]:
            last = today - ONE_DAY
        held = list(taught_by(mine, last + ONE_DAY))
        if typed["at_once"]:
            revoke_one_post(doer, post)
            words = f"{post.role_label}的任职已撤销，从现在起不能再用。"
        else:
            end_one_post(doer, post, last)
            words = f"{post.role_label}的任职到{last:%Y-%m-%d}为止。"
        messages.success(request, words)
        return _after(request, post.person_id, held, last)

    facts = [("单位", post.unit.name), ("职务", post.role_label), ("任职起", post.starts_on)]
    return asked(
        request,
        post.person,
        EndForm(_typed(request), initial={"last_day": today}),
        act,
        heading=f"结束{post.person.name}的任职",
        facts=[*facts, *_classes(taught_by(mine, today), today)],
        effects=["这项任职和所带班级到最后一日为止；其他任职不变。"],
        action_label="结束任职",
        danger=True,
    )


@require_http_methods(METHODS)
@needs(*RIGHTS)
def resume(request: Request, pk: int) -> HttpResponse:
    """Take back an end that was entered by mistake: the post goes on without a gap."""
    post, today = get_object_or_404(posts_seen(request), pk=pk), clock.today()
    since = max(today, post.ends_on + ONE_DAY) if post.ends_on else today

    def act(form: Any) -> HttpResponse:
        made = resume_post(doer_with(request, form.cleaned_data["reason"]), post)
        words = f"{post.person.name}从{full_day_words(made.starts_on)}起继续任{post.role_label}。"
        if not made.person.has_usable_password():
            words += "账号已重新启用，请打印新的登录单交给本人。"
        messages.success(request, words)
        return redirect("staff:person", pk=post.person_id)

    return asked(
        request,
        post.person,
        ReasonForm(_typed(request), hint="登记错了人；本人不走了"),
        act,
        heading=f"撤回{post.person.name}的离任",
        facts=[
            ("单位", post.unit.name),
            ("职务", post.role_label),
            ("登记的最后一日", post.ends_on),
            ("继续任职", f"{full_day_words(since)}起"),
        ],
        effects=["原来所带的班级还没有另外安排的，一并恢复。"],
        action_label="撤回离任",
    )


def _left_alone(posts: QuerySet[Post], today: date) -> list[str]:
    """The classes that are without a class teacher afterwards, and where one is arranged."""
    rows = with_classes(posts.filter(held_on(today)))
    names = [name for post in rows for name in classes_led(post, today)]
    if not names:
        return []
    return [
        f"所带班级：{'；'.join(names)}。离任后没有班主任，登记后接着在“班主任安排”里排接任的人。"
    ]


def _classes(rows: Iterable[ClassPost], today: date) -> list[tuple[str, str]]:
    names = "、".join(dict.fromkeys(one.school_class.name_on(today) for one in rows))
    return [("所带班级", names)] if names else []


def _after(request: Request, person: int, held: list[ClassPost], last: date) -> HttpResponse:
    """The page that arranges the classes which are left alone; else the person's page."""
    if not held:
        return redirect("staff:person", pk=person)
    since = max(last + ONE_DAY, clock.today())
    names = "、".join(dict.fromkeys(one.school_class.name_on(since) for one in held))
    messages.warning(request, LEFT_ALONE.format(classes=names, since=full_day_words(since)))
    address = reverse("staff:class_teachers", args=[held[0].school_class.school_id])
    return redirect(f"{address}?since={since:%Y-%m-%d}")
