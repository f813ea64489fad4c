"""The inbox page: messages to one's posts and units, and marking them read."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.requests import Request
from foundation.messaging.actions import mark_read
from foundation.messaging.models import Message
from foundation.messaging.settling import settled
from foundation.pages.paging import page_of

ALL = "all"


@require_safe
def inbox(request: Request) -> HttpResponse:
    """Messages, newest first: unread ones, or with ``?show=all`` every one."""
    person_id = request.viewer.person_id
    mine = Message.objects.visible_to(request.viewer).with_read_mark(person_id)
    every = request.GET.get("show") == ALL
    rows = mine if every else mine.unread_by(person_id)
    page = page_of(request, rows.select_related("to_unit"))
    context = {
        "page_obj": page,
        "settled": settled(page),
        "every": every,
        # Messages that arrive while the page is open are not marked.
        "newest": mine.values_list("pk", flat=True).first() or 0,
    }
    return render(request, "messaging/inbox.html", context)


@require_POST
def open_message(request: Request, pk: int) -> HttpResponse:
    """Mark the message read and go to its page. By POST, since a GET changes nothing (S60)."""
    message = _found(request, pk)
    mark_read([message.pk], _reader(request))
    here = url_has_allowed_host_and_scheme(message.url, allowed_hosts=None)
    return redirect(message.url if message.url and here else reverse("inbox"))


@require_POST
def read_message(request: Request, pk: int) -> HttpResponse:
    mark_read([_found(request, pk).pk], _reader(request))
    return redirect(_back(request))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything read that the page could show: up to its newest message."""
    newest = request.POST.get("newest", "")
    unread = Message.objects.visible_to(request.viewer).unread_by(_reader(request))
    if newest.isdecimal() and len(newest) < 19:
        mark_read(unread.filter(pk__lte=newest).values_list("pk", flat=True), _reader(request))
    return redirect(_back(request))


def _found(request: Request, pk: int) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.viewer), pk=pk)


def _reader(request: Request) -> int:
    reader = request.viewer.person_id
    assert reader is not None  # LoginRequiredMiddleware stands in front
    return reader


def _back(request: Request) -> str:
    return reverse("inbox") + (f"?show={ALL}" if request.POST.get("show") == ALL else "")
