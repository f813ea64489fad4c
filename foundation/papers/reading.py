"""What is in force of a county's texts and numbers, and what a paper looks like today."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.models import Unit
from foundation.papers.composing import PaperHead, compose, fingerprint, frozen, thawed
from foundation.papers.kinds import KINDS, PaperKind
from foundation.papers.models import NumberWord, Paper, PaperText
from foundation.papers.printing.sheets import Sheet
from foundation.papers.querysets import standing_of
from foundation.papers.rules.merging import PaperWords
from foundation.papers.rules.numbers import usual_organ
from foundation.papers.rules.receipts import ReceiptTally
from foundation.papers.rules.replies import waiting_words
from foundation.papers.rules.states import NUMBERED, PaperState
from foundation.prepared import prepared

VOID, UNSIGNED = "作废", "草稿，未签发"
NO_SCAN = "待上传签字扫描件"


def words_on(county_id: int, kind: PaperKind, day: date) -> PaperWords:
    """The text of a kind in force on the day: the county's, or the one the system came with."""
    row = _in_force(_texts(county=county_id, kind=kind.code, day=day))
    return row.words if row else kind.words


def series_on(county_id: int, kind: PaperKind, day: date) -> str:
    """The 文种代字 of a kind on the day."""
    row = _in_force(_series(county=county_id, kind=kind.code, day=day))
    return row.word if row else kind.series


def organ_on(unit: Unit, day: date) -> str:
    """The 机关代字 of a unit on the day."""
    row = _in_force(_organs(unit=unit.pk, day=day))
    return row.word if row else usual_organ(unit.short_name or unit.name)


def _in_force(rows: list[Any]) -> Any:
    """Of rows up to a day the one in force on it; None where there is none."""
    return next(iter(standing_of(rows)), None)


@prepared
def _texts(*, county: Any, kind: Any, day: Any) -> QuerySet[PaperText]:
    rows = PaperText.objects.filter(county_id=county, kind=kind, valid_from__lte=day)
    return rows.by_day()


@prepared
def _series(*, county: Any, kind: Any, day: Any) -> QuerySet[NumberWord]:
    rows = NumberWord.objects.filter(county_id=county, unit=None, kind=kind)
    return rows.filter(valid_from__lte=day).by_day()


@prepared
def _organs(*, unit: Any, day: Any) -> QuerySet[NumberWord]:
    return NumberWord.objects.filter(unit_id=unit, valid_from__lte=day).by_day()


def draft_of(paper: Paper, day: date) -> Sheet:
    """What an unsigned paper would say if it were signed on the day; number and day are open."""
    words = words_on(paper.county_id, paper.definition, day)
    return compose(paper.definition, words, paper.values, PaperHead(paper.unit.name))


def seen_of(paper: Paper, day: date) -> str:
    """The fingerprint of what a signer reads: another text or another value gives another one."""
    return fingerprint(frozen(draft_of(paper, day)))


def seen_of_list(papers: Iterable[Paper], day: date) -> dict[int, str]:
    """The same of several of one unit and kind, by their keys, with one question for the text."""
    found: dict[int, str] = {}
    words: PaperWords | None = None
    for paper in papers:
        words = words or words_on(paper.county_id, paper.definition, day)
        head = PaperHead(paper.unit.name)
        sheet = compose(paper.definition, words, paper.values, head)
        found[paper.pk] = fingerprint(frozen(sheet))
    return found


def sheet_of(paper: Paper, day: date, qr: str | None = None) -> Sheet:
    """The paper as it is shown and printed: signed from its frozen text, unsigned as it would be.

    Void and unsigned papers bear a mark across. ``qr`` is the address of the public page.
    """
    if paper.state in NUMBERED:
        mark = VOID if paper.state == PaperState.VOID else ""
        return thawed(paper.text, qr, mark)
    return thawed(frozen(draft_of(paper, day)), None, UNSIGNED)


def sheets_of(papers: Iterable[Paper], day: date) -> list[Sheet]:
    """Several papers in their order."""
    return [sheet_of(paper, day) for paper in papers]


def reply_words(paper: Paper, today: date) -> str:
    """What a letter was answered, or 未回函 and since when; "" for who waits for no answer."""
    if not asks_reply(paper):
        return ""
    if paper.replied_on is None:
        return waiting_words(paper.signed_on, today) if paper.is_valid else ""
    [newest, *_] = paper.replies.all()
    return f"回函：{newest.said.label}"


def reply_tone(paper: Paper) -> str:
    """The tone of its badge."""
    return paper.replies.all()[0].said.tone if paper.replied_on else "warn"


def asks_reply(paper: Paper) -> bool:
    """Whether the letter is signed and waits for an answer, or has got one."""
    kind = KINDS.get(paper.kind)
    return kind is not None and bool(kind.answers) and bool(paper.number)


def awaits_scan(paper: Paper, *, has_scan: bool) -> bool:
    """Whether the paper is worth what is signed on it by hand, and the signed sheet is not here."""
    return paper.is_valid and paper.definition.by_hand and not has_scan


def tally_of(paper: Any) -> ReceiptTally:
    """The receipts of a paper that the ledger has read (tables.py); a void one waits for nobody."""
    if not paper.is_valid:
        return ReceiptTally(paper.received_by_units, paper.received_by_units)
    return ReceiptTally(paper.sent_to_units, paper.received_by_units, paper.waiting_since)
