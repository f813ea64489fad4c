"""Stores an uploaded opening workbook, corrects its cells, writes it or puts it aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import models, transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Unit
from foundation.accounts.roles import Right
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from kongchuo.setup.opening.acts.writing import BookWriter
from kongchuo.setup.opening.known import known_county
from kongchuo.setup.opening.models import OpeningBook
from kongchuo.setup.opening.rules.book import UNCHANGED, CheckedBook
from kongchuo.setup.opening.rules.checks import check
from kongchuo.setup.opening.rules.taking import TakenSheet, unpacked
from students.roster.imports.reading.cells import identifier

KIND = "opening_book"
OVER = "这份工作簿已经办理，请看开通向导里的结果。"
WRONG = "还有须改正的内容，没有写入。请改正后再确认。"
CHANGED = "核对之后情况有变化，没有写入。请重新核对再确认。"
IN_WRITING = "这份工作簿正在写入，请等它写完。"
TASK = "kongchuo.setup.opening.tasks.write_book"


def store_book(doer: Doer, county: Unit, name: str, sheets: Sequence[TakenSheet]) -> OpeningBook:
    """Keep the book until it is written; an earlier one that waits is put aside."""
    doer = at_county(doer, county.pk)
    with transaction.atomic():
        waiting = OpeningBook.objects.filter(county=county, state=OpeningBook.READ)
        for book in waiting.select_for_update():
            _refuse_in_writing(book)
            _end(doer, book, OpeningBook.DROPPED)
        book = OpeningBook.objects.create(
            county=county,
            name=name[:120],
            sheets=[sheet.packed() for sheet in sheets],
            uploaded_by_id=doer.post.id,
            uploaded_at=doer.now,
        )
        audit.record(doer.origin, "opening_book_uploaded", KIND, book.pk, reason=book.name)
    return book


def at_county(doer: Doer, county_id: int, right: Right = Right.OPEN_COUNTY) -> Doer:
    """The doer under a post that carries the right in the county; raises PermissionDenied."""
    posts = doer.viewer.posts_with(right)
    return doer.under(next((post for post in posts if post.county_id == county_id), None))


def checked(book: OpeningBook, doer: Doer) -> CheckedBook:
    """The book as it would be written today."""
    sheets = unpacked(book.sheets)
    logins = {
        identifier(c.get("login", "")) for s in sheets if s.code == "people" for _, c in s.rows
    }
    own = own_login(doer)
    return check(sheets, known_county(book.county, doer.today, logins, own), doer.today)


def own_login(doer: Doer) -> str:
    """The account of the doer."""
    found = Person.objects.filter(pk=doer.viewer.person_id).values_list("username", flat=True)
    return found.first() or ""


def seen_mark(found: CheckedBook) -> str:
    """A digest of what a preview showed, so that a confirmation means just that."""
    told = [(row.sheet, row.number, row.kind, sorted(row.values.items())) for row in found]
    return sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def correct_book(doer: Doer, book: OpeningBook, cells: Mapping[tuple[str, int, str], str]) -> None:
    """Put other words into cells (sheet, row, field) of a book that waits."""
    doer = at_county(doer, book.county_id)
    book = _untouched(book)
    stored: list[dict[str, Any]] = book.sheets
    for sheet in stored:
        for number, row in sheet["rows"]:
            for (code, at, field), words in cells.items():
                if (code, at) == (sheet["code"], number):
                    row[field] = words[:200]
    book.sheets = stored
    book.save(update_fields=["sheets"])
    audit.record(doer.origin, "opening_book_corrected", KIND, book.pk)


@transaction.atomic
def leave_out(doer: Doer, book: OpeningBook, sheet: str, number: int, *, out: bool) -> None:
    """Leave a row of a waiting book out, or take it back in; the typed row itself stays."""
    doer = at_county(doer, book.county_id)
    book = _untouched(book)
    for one in book.sheets:
        if one["code"] == sheet and any(at == number for at, _ in one["rows"]):
            left = set(one.get("left", ())) - {number}
            one["left"] = sorted(left | {number} if out else left)
    book.save(update_fields=["sheets"])
    verb = "opening_row_left_out" if out else "opening_row_taken_back"
    details = {"sheet": sheet, "row": number}
    audit.record(doer.origin, verb, KIND, book.pk, details=details)


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were new and changed."""

    new: int
    changed: int


@transaction.atomic
def order_writing(doer: Doer, book: OpeningBook, mark: str) -> Job:
    """Have the worker write the book as the preview with this ``mark`` showed it. Raises Refused.

    A county of a thousand rows takes longer than a page may.
    """
    doer = at_county(doer, book.county_id)
    book = _untouched(book)
    _as_shown(book, doer, mark)
    title = f"写入《{book.name}》"[:120]
    return jobs.start(TASK, title, doer.viewer, doer.post, book=book.pk, mark=mark)


@transaction.atomic
def write_book(doer: Doer, book: OpeningBook, mark: str) -> Written:
    """Write the whole book or nothing; ``mark`` is that of the preview. Raises Refused."""
    doer = at_county(doer, book.county_id)
    book = _waiting(book)
    Unit.objects.select_for_update(no_key=True).get(pk=book.county_id)
    found = _as_shown(book, doer, mark)
    BookWriter(doer, book.county).write(found)
    written = counted(doer, book, found)
    book.new_rows, book.changed_rows = written.new, written.changed
    _end(doer, book, OpeningBook.WRITTEN)
    return written


def _as_shown(book: OpeningBook, doer: Doer, mark: str) -> CheckedBook:
    found = checked(book, doer)
    if not found.may_be_written:
        raise Refused(WRONG)
    if mark != seen_mark(found):
        raise Refused(CHANGED)
    return found


def counted(doer: Doer, book: OpeningBook, found: CheckedBook) -> Written:
    """Note in the audit how much was written."""
    kinds = [row.kind for row in found]
    details = {kind: kinds.count(kind) for kind in set(kinds)}
    audit.record(
        doer.origin, "opening_book_written", KIND, book.pk, reason=book.name, details=details
    )
    return Written(kinds.count("new"), len(kinds) - kinds.count(UNCHANGED) - kinds.count("new"))


@transaction.atomic
def drop_book(doer: Doer, book: OpeningBook) -> None:
    """Put a book aside that is not to be written."""
    doer = at_county(doer, book.county_id)
    _end(doer, _untouched(book), OpeningBook.DROPPED)


def _waiting(book: OpeningBook) -> OpeningBook:
    found = OpeningBook.objects.select_for_update(of=("self",)).select_related("county__region")
    locked = found.get(pk=book.pk)
    if locked.state != OpeningBook.READ:
        raise Refused(OVER)
    return locked


def writing_of(book: OpeningBook) -> Job | None:
    """The job that writes the book just now, or waits to."""
    ended = models.Q(state__in=(Job.DONE, Job.FAILED))
    return Job.objects.filter(~ended, task=TASK, args__book=book.pk).first()


def failure_of(book: OpeningBook) -> str:
    """Why the last try to write the book failed; empty where none did."""
    last = Job.objects.filter(task=TASK, args__book=book.pk).order_by("pk").last()
    return last.problem if last is not None and last.state == Job.FAILED else ""


def _untouched(book: OpeningBook) -> OpeningBook:
    found = _waiting(book)
    _refuse_in_writing(found)
    return found


def _refuse_in_writing(book: OpeningBook) -> None:
    if writing_of(book) is not None:
        raise Refused(IN_WRITING)


def _end(doer: Doer, book: OpeningBook, state: str) -> None:
    book.state, book.ended_at, book.ended_by_id = state, doer.now, doer.post.id
    book.save(update_fields=["state", "ended_at", "ended_by", "new_rows", "changed_rows"])
