"""On whom or what a row of the audit was done, where it is no child: person, post, unit, value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from foundation.accounts.models import (
    AuditEvent,
    Parameter,
    PeopleRequest,
    Person,
    Post,
    SecondFactor,
    TrustedPhone,
    Unit,
    UnitChange,
)
from foundation.accounts.parameters import BY_CODE
from foundation.accounts.values import full_words_of
from students.calendars.models import SchoolTerm, TermName
from students.roster.lists.books import title_of
from students.roster.models import ClassPost, RosterExport

PERSON, POST, REQUEST, UNIT, PARAMETER = "person", "post", "people_request", "unit", "parameter"
FACTOR, PHONE = "second_factor", "trusted_phone"


def told_of(events: Sequence[AuditEvent]) -> dict[int, str]:
    """Event → on whom or what it was done, in words. One query for each kind that occurs."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in events:
        if one.kind in _TELLERS and one.object_id is not None:
            wanted[one.kind].add(one.object_id)
    words = {kind: _TELLERS[kind](ids) for kind, ids in wanted.items()}
    found = ((one.pk, words.get(one.kind, {}).get(one.object_id or 0, "")) for one in events)
    return {pk: told for pk, told in found if told}


def done_to(people: Sequence[int], words: str = "") -> Q:
    """The condition for rows of acts on these people: accounts, posts, requests, phones.

    ``words`` finds requests, too, that were made before the person had an account.
    """
    found = Q(kind=PERSON, object_id__in=people)
    early = PeopleRequest.objects.filter(Q(name=words) | Q(username=words), person=None)
    found |= Q(kind=REQUEST, object_id__in=list(early.values_list("pk", flat=True)))
    for kind, model in ((POST, Post), (REQUEST, PeopleRequest), (FACTOR, SecondFactor),
                        (PHONE, TrustedPhone)):  # fmt: skip
        rows: Any = model._default_manager.filter(person__in=people)
        found |= Q(kind=kind, object_id__in=list(rows.values_list("pk", flat=True)))
    return found


def _people(ids: Iterable[int]) -> Mapping[int, str]:
    return {one.pk: f"{one.name}（{one.username}）" for one in Person.objects.filter(pk__in=ids)}


def _posts(ids: Iterable[int]) -> Mapping[int, str]:
    rows = Post.objects.filter(pk__in=ids).select_related("person", "unit")
    return {one.pk: f"{one.person.name}：{one.unit.name} · {one.role_label}" for one in rows}


def _requests(ids: Iterable[int]) -> Mapping[int, str]:
    rows = PeopleRequest.objects.filter(pk__in=ids).select_related("unit")
    return {one.pk: _request(one) for one in rows}


def _request(one: PeopleRequest) -> str:
    post = f"，{one.unit.name} · {one.role_label}" if one.unit else ""
    return f"{one.get_kind_display()}：{one.name}（{one.username}）{post}"


def _changes(ids: Iterable[int]) -> Mapping[int, str]:
    rows = UnitChange.objects.filter(pk__in=ids).select_related("unit", "successor")
    return {
        one.pk: f"{one.unit.name} → {one.successor.name}" if one.successor else one.unit.name
        for one in rows
    }


def _class_posts(ids: Iterable[int]) -> Mapping[int, str]:
    rows = ClassPost.objects.filter(pk__in=ids)
    rows = rows.select_related("post__person", "post__unit", "school_class")
    return {
        one.pk: f"{one.post.person.name}：{one.post.unit.name} · {one.school_class}" for one in rows
    }


def _terms(ids: Iterable[int]) -> Mapping[int, str]:
    return {
        one.pk: f"{one.school_year}—{one.school_year + 1}学年{TermName(one.name).label}"
        for one in SchoolTerm.objects.filter(pk__in=ids)
    }


def _exports(ids: Iterable[int]) -> Mapping[int, str]:
    rows = RosterExport.objects.filter(pk__in=ids).values_list("pk", "listing")
    return {pk: title_of(listing) for pk, listing in rows}


def _units(ids: Iterable[int]) -> Mapping[int, str]:
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def _parameters(ids: Iterable[int]) -> Mapping[int, str]:
    return {one.pk: _parameter(one) for one in Parameter.objects.filter(pk__in=ids)}


def _parameter(one: Parameter) -> str:
    spec = BY_CODE.get(one.code)
    if spec is None:
        return ""
    return f"{spec.label}：{full_words_of(spec, one.value)}，{one.valid_from:%Y-%m-%d}起"


def _owned(model: Any) -> Callable[[Iterable[int]], Mapping[int, str]]:
    def tell(ids: Iterable[int]) -> Mapping[int, str]:
        rows = model._default_manager.filter(pk__in=ids).select_related("person")
        return {one.pk: f"{one.person.name}（{one.person.username}）" for one in rows}

    return tell


_TELLERS: Mapping[str, Callable[[Iterable[int]], Mapping[int, str]]] = {
    PERSON: _people,
    POST: _posts,
    REQUEST: _requests,
    UNIT: _units,
    PARAMETER: _parameters,
    FACTOR: _owned(SecondFactor),
    PHONE: _owned(TrustedPhone),
    "unit_change": _changes,
    "class_post": _class_posts,
    "school_term": _terms,
    "roster_export": _exports,
}
