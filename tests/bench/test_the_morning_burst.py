"""Every class of a county calls its roll at once, eight submissions at a time.

Printed only: how many a second and how long each takes, in the same run beside two floors, each in
a copy of the same county: the same web that only INSERTs what was sent, without check, spell, case
or audit; and the same rows as bare INSERTs on as many connections. The two webs take turns, a
hundred submissions each, since a machine is not as fast in one minute as in the next.
BURST_CLASSES=200 makes a quick run. Wanted: half of the INSERTs, 150 a second, 95 of 100 within
100 ms.
"""

import http.client
import os
import random
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from cases.models import CaseEvent
from deploy import system
from deploy.servers.connections import Connections
from foundation.accounts.actions import shift_clock
from foundation.accounts.door.sessions import SessionStore
from foundation.accounts.models import OpenSession, Person
from students.attendance.models import RollCall
from tests.attendance.help import at
from tests.bench import floor
from tests.bench.burst import Burst, joined, percentile, send_all
from tests.bench.durable import County, cpu_of, durable_county, web
from tests.bench.morning import PUPILS, TODAY, Sending, make_morning, sendings
from tests.browsing import BACKEND
from tests.e2e.site import database

TOKEN = "b" * 32
TURN = 100  # submissions to one web before the other has its turn
WARM = 40  # pages that are read before anything is measured
CORES = os.cpu_count() or 1


def _sign_in_everybody() -> None:
    """A session a teacher, some of them as old as a page that was opened minutes ago."""
    ages = random.Random(1)
    now, idle = timezone.now(), timedelta(seconds=settings.SESSION_COOKIE_AGE)
    store = SessionStore()
    OpenSession.objects.bulk_create(
        OpenSession(
            session_key=_key(person.pk),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=now + idle - timedelta(seconds=ages.randrange(300)),
            person=person,
            began_at=now - timedelta(seconds=300),
            used_at=now,
            idle_seconds=int(idle.total_seconds()),
        )
        for person in Person.objects.filter(username__startswith="teacher")
    )


def _key(person_id: int) -> str:
    return f"session{person_id}"


def _send(port: int, sending: Sending) -> None:
    """One teacher's telephone: a connection of its own, answered with where the roll stands."""
    cookies = {
        settings.SESSION_COOKIE_NAME: _key(sending.class_id),
        settings.CSRF_COOKIE_NAME: TOKEN,
    }
    server = http.client.HTTPConnection(system.LOOPBACK, port, timeout=60)
    server.request(
        "POST",
        f"/roll/{sending.class_id}/",
        urlencode([*sending.fields, ("csrfmiddlewaretoken", TOKEN)]),
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        },
    )
    answer = server.getresponse()
    words = answer.read()
    server.close()
    assert answer.status == http.client.FOUND, words.decode()


def test_a_morning_burst_beside_bare_inserts(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), durable_county() as county:
        make_morning()
        _sign_in_everybody()
        shift_clock(at(TODAY) - timezone.now())
        tell_burst(county)


def tell_burst(county: County) -> None:
    """The burst, then the same rows alone into the county as it was before."""
    sent, began = sendings(), timezone.now()
    last_event = CaseEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
    connection.close()
    with floor.copied(county, "floor_rows") as copy, floor.copied(county, "floor_web") as other:
        ours, moved = county.connections, _moved(county.connections, other)
        with (
            web(ours, "kongchuo.settings") as door,
            web(moved, "tests.bench.plain_settings") as floor_s,
        ):
            burst, plain = _take_turns(county, [door, floor_s], sent)
        assert RollCall.objects.filter(day=TODAY).count() == len(sent)
        connection.close()
        facts = {"today": TODAY, "began": began, "last_event": last_event}
        rows = floor.rows_of(county.connections.owner, **facts)
        bare = floor.insert_all(county, copy, rows)
    _tell(sent, burst, plain, bare)


def _moved(found: Connections, address: str) -> Connections:
    """The same servers, another database."""
    name = urlsplit(address).path.strip("/")
    return replace(
        found, database=database(found.database, name), owner=database(found.owner, name)
    )


def _take_turns(county: County, doors: list[tuple[int, int]], sent: list[Sending]) -> list[Burst]:
    """Everything to each of the webs (port and process), a turn to one and a turn to the next."""
    for port, _ in doors:
        _warm_up(port, sent[0].class_id)
    took: list[list[Burst]] = [[] for _ in doors]
    for turn in range(0, len(sent), TURN):
        for (port, master), bursts in zip(doors, took, strict=True):
            database = partial(cpu_of, county.postmaster)
            workers = {"web": partial(cpu_of, master), "database": database}
            bursts.append(send_all(sent[turn : turn + TURN], partial(_send, port), workers))
    return [joined(bursts) for bursts in took]


def _warm_up(port: int, class_id: int) -> None:
    """Every process has loaded what it needs and every thread has its connection."""

    def get(_: int) -> None:
        server = http.client.HTTPConnection(system.LOOPBACK, port, timeout=60)
        cookie = f"{settings.SESSION_COOKIE_NAME}={_key(class_id)}"
        server.request("GET", f"/roll/{class_id}/", headers={"Cookie": cookie})
        answer = server.getresponse()
        answer.read()
        assert answer.status == http.client.OK

    send_all(range(WARM), get, {})


def _tell(sent: list[Sending], burst: Burst, plain: Burst, bare: Burst) -> None:
    took: dict[str, list[float]] = defaultdict(list)
    for sending, milliseconds in zip(sent, burst.each, strict=True):
        took[sending.story].append(milliseconds)
    print(f"\n{len(sent)} classes of {PUPILS}, 8 at once, fsync on")
    print(f"  submissions: {burst}")
    for story, each in sorted(took.items()):
        p50, p95 = percentile(each, 50), percentile(each, 95)
        print(f"    {story}: {len(each)}, p50 {p50:.0f} p95 {p95:.0f} ms")
    print(f"  the same web, INSERTs alone: {plain}")
    print(f"  bare INSERTs of the same rows: {bare}")
    carried = CORES * 1000 / burst.cpu_each
    print(f"  {CORES} cores with nothing else to do could carry {carried:.0f} a second")
    for words, low in (("the same web, INSERTs alone", plain), ("bare INSERTs", bare)):
        share, work = burst.a_second / low.a_second, burst.cpu_each / low.cpu_each
        print(f"  submissions : {words} = {share:.2f} : 1 a second (wanted: 0.5)")
        print(f"  submissions : {words} = {work:.1f} : 1 in CPU each")
