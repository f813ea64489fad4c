"""Writes the audit: a row for each request, in the transaction of the act it records (S11, S12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.limits.counting import check_limit
from foundation.accounts.models import AuditEvent
from foundation.prepared import store
from foundation.protected import sealed


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an act comes from: person, post, address, request, and the trusted phone that stood in
    for a password."""

    person_id: int | None = None
    post_id: int | None = None
    address: str | None = None
    request_id: str = ""
    phone_id: int | None = None


def reasoned(reason: str) -> dict[str, Any]:
    """The arguments of a new row that tell its reason, sealed; none where it has none."""
    return {"uuid": uuid4(), **sealed(reason=reason)} if reason else {}


def record(
    origin: Origin,
    verb: str,
    kind: str = "",
    object_id: int | None = None,
    *,
    children: Iterable[int] = (),
    outcome: str = "done",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one audit row. If the row cannot be written, the act fails.

    Raises OverLimit where the person's request is one of a kind that was done too often lately
    (limits/rules.py). A job finishes what a request was allowed to order.
    """
    now = timezone.now()
    if origin.person_id and origin.request_id and outcome == "done":
        check_limit(origin.person_id, verb, now)
    ids = sorted(set(children))
    told = {"phone": origin.phone_id} if origin.phone_id else {}
    event = AuditEvent(
        at=now,
        person_id=origin.person_id,
        post_id=origin.post_id,
        address=origin.address,
        request_id=origin.request_id,
        verb=verb,
        kind=kind,
        object_id=object_id,
        children=ids,
        outcome=outcome,
        row_count=len(ids) or None,
        details=told | (details or {}),
        **reasoned(reason),
    )
    store(event)  # one with every page and every act
    return event
