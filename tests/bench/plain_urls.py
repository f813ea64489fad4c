"""The one address of the web that only stores a submission: three INSERTs of the same rows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from foundation import clock
from kongchuo import urls as product
from students.attendance.models import Absence, RollCall, Submission


def store(request: Any, class_id: int) -> HttpResponse:
    """Store what is said of who is missing, by whom; no check, no spell, no case, no audit."""
    day, now, sent = clock.today(), clock.now(), request.POST
    away = [*sent.getlist("away"), *(k[5:] for k in sent if k[:5] == "here-" and sent[k] == "no")]
    roll = RollCall.objects.create(
        school_class_id=class_id, day=day, expected=60, absent=len(away), first_called_at=now
    )
    Submission.objects.create(
        roll_call=roll,
        version=1,
        client_uuid=sent["uuid"],
        post_id=request.viewer.posts[0].id,
        person_id=request.viewer.person_id,
        recorded_at=now,
    )
    Absence.objects.bulk_create(
        Absence(
            roll_call=roll,
            child_id=int(child),
            day=day,
            halves=2,
            kind=sent.get(f"kind-{child}") or "unexcused",
            since_version=1,
        )
        for child in away
    )
    return redirect(request.path)


def roll(request: HttpRequest, class_id: int) -> HttpResponse:
    """The page that is read to warm up says nothing."""
    return store(request, class_id) if request.method == "POST" else HttpResponse()


urlpatterns = [path("roll/<int:class_id>/", roll), *product.urlpatterns]
