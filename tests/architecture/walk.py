"""The walk over the access table: one signed-in client a role, and what each row must keep.

A check yields a line for each pair of an address and a role that is answered otherwise.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kongchuo.web.methods import is_page
from tests.architecture.access.rows import Row, expected
from tests.architecture.shown import strange_in, two_date_styles_in
from tests.architecture.sparing import Sparing
from tests.architecture.things import MISSING, OWN, SIBLING, World
from tests.architecture.undone import Undone
from tests.architecture.world import no_object, people_of
from tests.browsing import client_of, phone_of
from tests.cast import ROLES

METHODS = ("get", "post")
PLACES = (OWN, SIBLING, MISSING)  # an address without an object has the first alone
# What a GET may write: who saw what, that the session goes on (S60), and how often an address asked
# for the public page of a paper, which is limited by it.
WRITTEN_BY_READING = {"accounts_auditevent", "accounts_opensession", "papers_papercheck"}
# What a POST of a supervisor may write: what concerns the reader alone.
# What a person keeps for itself: read marks, its phone, its views of lists.
OWN_TABLES = {
    "messaging_readmark",
    "accounts_person",
    "accounts_trustedphone",
    "lists_savedview",
}
# What a trusted phone opens without a session, answering as the table says of a class teacher.
ON_PHONE = ("account_logout", "roll", "roll_class", "roll_day", "roll_take_back")

Answer = tuple[HttpResponse, frozenset[str]]
Wrong = Iterator[str]


class Walk:
    """The world with one signed-in client a role."""

    def __init__(self, world: World, sparing: Sparing) -> None:
        self.world, self.sparing = world, sparing
        people = people_of(world)
        self.clients = {role: client_of(person) for role, person in people.items()}
        self.phone = phone_of(people["class_teacher"]).cookies
        self.known: dict[tuple[str, ...], Answer] = {}
        self.undone = Undone()
        self.addresses: dict[tuple[str, str], str] = {}

    def ask(self, row: Row, role: str, method: str, where: str) -> Answer:
        """The answer, and the tables that were written for it; nothing of it stays."""
        key = (row.name, row.tag, role, method, where)
        if key not in self.known:
            self.known[key] = self._ask(row, role, method, where)
        return self.known[key]

    @contextmanager
    def at(self, row: Row) -> Iterator[None]:
        """Make what the row's addresses name; afterwards its answers are forgotten."""
        self.addresses = {
            (role, where): reverse(row.name, kwargs=row.maker(self.world, role, where))
            for where in _places_of(row, *PLACES)
            for role in ROLES
        }
        try:
            yield
        finally:
            self.known.clear()
            self.undone.forget()

    def address(self, role: str, where: str) -> str:
        """The address of the row's object for the role."""
        return self.addresses[role, where]

    def _ask(self, row: Row, role: str, method: str, where: str) -> Answer:
        address = self.address(role, where)
        is_watched = where == OWN if method == "get" else role == "supervisor"  # by the checks
        sent = dict(row.sent) if method == "post" else {}
        with self.undoing(is_watched) as written:
            answer = getattr(self.clients[role], method)(address, sent)
        return answer, frozenset(written)

    @contextmanager
    def undoing(self, is_watched: bool = False) -> Iterator[set[str]]:
        """Around a request: nothing of it stays; the set has what a watched one wrote."""
        self.sparing.begin()
        with self.undone.block(is_watched) as written:
            yield written
        self.sparing.end()


# Every client has the same chain of middleware: it is laid once.
_CHAIN = Client().handler


def _new_client() -> Client:
    """A client without cookies."""
    client = Client()
    client.handler = _CHAIN
    return client


def wrong_in(walk: Walk, row: Row) -> list[str]:
    """Everything in which an address does not answer as its row says."""
    with walk.at(row):
        return [
            f"{row.label}: {line} ({check.__name__})"
            for check in CHECKS
            for line in check(walk, row)
        ]


def each_role_is_answered_as_the_table_says(walk: Walk, row: Row) -> Wrong:
    """GET and POST, each role, each place: the status."""
    for method in METHODS:
        table = getattr(row, method)
        # Place by place: whoever is watched comes after another who is (undone.py).
        for place, where in enumerate(_places_of(row, *PLACES)):
            for role in ROLES if table else ():
                status = expected(table, role).split()[place]
                answer, _ = walk.ask(row, role, method, where)
                if answer.status_code != int(status):
                    yield f"{method} {role} {where}: {answer.status_code}, not {status}"


def what_is_outside_answers_as_what_never_existed(walk: Walk, row: Row) -> Wrong:
    """Body and headers tell nobody that there is something."""
    for method in METHODS:
        table = getattr(row, method)
        for role in ROLES if table else ():
            if expected(table, role).split()[1:] != ["404", "404"]:
                continue
            outside, _ = walk.ask(row, role, method, SIBLING)
            missing, _ = walk.ask(row, role, method, MISSING)
            if outside.content != missing.content:
                yield f"{method} {role}: another body"
            if _headers(outside) != _headers(missing):
                yield f"{method} {role}: {_headers(outside)}, not {_headers(missing)}"


def _headers(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name != "X-Request-Id"}


def who_is_not_signed_in_is_led_to_the_door(walk: Walk, row: Row) -> Wrong:
    """What is there and what is not, alike."""
    for where in _places_of(row, OWN, MISSING):
        address = walk.address("registrar", where)
        for method in METHODS:
            with walk.undoing():
                answer = getattr(_new_client(), method)(address)
            if row.public:
                if str(answer.status_code) != _of_nobody(row, method):
                    yield f"{method} nobody {where}: {_told(answer)}"
            elif not _leads_to_the_door(row, address, answer):
                yield f"{method} nobody {where}: {_told(answer)}"


def _places_of(row: Row, *places: str) -> tuple[str, ...]:
    """Of these places the ones whose addresses differ."""
    return places[:1] if row.maker is no_object else places


def _of_nobody(row: Row, method: str) -> str:
    """What a public address answers who is not signed in: a form sent empty may be refused."""
    if row.nobody:
        return row.nobody[method]
    table = row.post if method == "post" else {}
    return expected(table, "registrar").split()[0] if table else "200"


def _leads_to_the_door(row: Row, address: str, answer: Any) -> bool:
    # From the sign-in a person goes to a page, never to an address that takes forms only.
    door = row.door or f"/accounts/login/?next={address if is_page(address) else '/'}"
    return answer.status_code == 302 and answer["Location"] == door


def _told(answer: Any) -> str:
    return f"{answer.status_code} {answer.get('Location', '')}".strip()


def a_trusted_phone_opens_the_roll_of_one_s_own_class_and_nothing_else(
    walk: Walk, row: Row
) -> Wrong:
    """A phone without a session."""
    for method in METHODS:
        table = getattr(row, method)
        for where in _places_of(row, *PLACES):
            address = walk.address("class_teacher", where)
            answer = _on_phone(walk, method, address)
            if row.public or (row.name in ON_PHONE and not table):
                continue
            if row.name not in ON_PHONE:
                if not _leads_to_the_door(row, address, answer):
                    yield f"{method} phone {where}: {_told(answer)}"
            else:
                status = expected(table, "class_teacher").split()[PLACES.index(where)]
                if str(answer.status_code) != status:
                    yield f"{method} phone {where}: {answer.status_code}, not {status}"


def _on_phone(walk: Walk, method: str, address: str) -> Any:
    phone = _new_client()
    phone.cookies.update(walk.phone)  # anew each time, since signing out drops them
    with walk.undoing():
        return getattr(phone, method)(address)


def a_get_writes_nothing_but_who_saw_what(walk: Walk, row: Row) -> Wrong:
    """By the statements that were sent."""
    for role in ROLES:
        _, written = walk.ask(row, role, "get", OWN)
        if more := written - WRITTEN_BY_READING:
            yield f"get {role}: wrote {sorted(more)}"


def a_refusal_is_noted(walk: Walk, row: Row) -> Wrong:
    """A 403 or 404 leaves a row of the audit."""
    for role in ROLES:
        answer, written = walk.ask(row, role, "get", OWN)
        if answer.status_code in (403, 404) and "accounts_auditevent" not in written:
            yield f"get {role}: {answer.status_code} without a row of the audit"


def a_supervisor_changes_nothing(walk: Walk, row: Row) -> Wrong:
    """Whatever is sent."""
    for where in _places_of(row, OWN, SIBLING) if row.post else ():
        _, written = walk.ask(row, "supervisor", "post", where)
        if more := written - WRITTEN_BY_READING - OWN_TABLES:
            yield f"post supervisor {where}: wrote {sorted(more)}"


def no_page_speaks_in_codes(walk: Walk, row: Row) -> Wrong:
    """What a role reads holds no code, hash or number of a request (shown.py)."""
    for role in ROLES:
        answer, _ = walk.ask(row, role, "get", OWN)
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            if strange := strange_in(answer.content.decode()):
                yield f"get {role}: {strange}"


def a_page_has_one_date_style(walk: Walk, row: Row) -> Wrong:
    """What a role reads says days by numbers or in words (shown.py)."""
    for role in ROLES:
        answer, _ = walk.ask(row, role, "get", OWN)
        if answer.status_code == 200 and "text/html" in answer.get("Content-Type", ""):
            if mixed := two_date_styles_in(answer.content.decode()):
                yield f"get {role}: {mixed}"


CHECKS: tuple[Callable[[Walk, Row], Wrong], ...] = (
    each_role_is_answered_as_the_table_says,
    what_is_outside_answers_as_what_never_existed,
    who_is_not_signed_in_is_led_to_the_door,
    a_trusted_phone_opens_the_roll_of_one_s_own_class_and_nothing_else,
    a_get_writes_nothing_but_who_saw_what,
    a_refusal_is_noted,
    a_supervisor_changes_nothing,
    no_page_speaks_in_codes,
    a_page_has_one_date_style,
)
