"""Acts of who signs: sign with the next number, send back, void; and the print."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.papers.acts.common import (
    MoveFacts,
    as_either,
    as_signer,
    check,
    finish,
    locked,
    write,
)
from foundation.papers.acts.drafting import has_seen
from foundation.papers.acts.letters import tell_drafter
from foundation.papers.acts.receiving import recall, send_out
from foundation.papers.composing import PaperHead, compose, fingerprint, frozen
from foundation.papers.models import Paper
from foundation.papers.reading import organ_on, seen_of, series_on, words_on
from foundation.papers.rules.merging import lacking, texts_of
from foundation.papers.rules.numbers import number_of, problem_with_number, short_name
from foundation.papers.rules.states import Move
from foundation.papers.series import next_seq
from foundation.rows import unless_taken

NOT_SEEN = "请先看过全文再签发；文书或文本在您看过以后改过的，请再看一遍。"
_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class Signed:
    """The result of signing several: the papers signed, and those left out with the reason."""

    papers: list[Paper] = field(default_factory=list)
    skipped: list[tuple[Paper, str]] = field(default_factory=list)


@transaction.atomic
def sign(doer: Doer, paper: Paper) -> Paper:
    """Sign the paper (签发): it gets its number, and its text is frozen.

    The signer has looked at it as it is (``look``). Two at once take turns, and no number is left
    out or given twice. Raises PermissionDenied, and Refused in Chinese.
    """
    paper = locked(paper)
    doer = as_signer(doer, paper)
    check(paper, Move.SIGN)
    if not has_seen(doer, paper, seen_of(paper, doer.today)):
        raise Refused(NOT_SEEN)
    if missing := lacking(texts_of(paper.values), paper.definition.fields):
        raise Refused(f"还缺少：{'、'.join(missing)}。请退回拟稿人补齐。")  # it was sent before
    if words := paper.definition.allows(doer, paper):
        raise Refused(words)
    _number(doer, paper)
    _freeze(doer, paper)
    with unless_taken('"one_paper_a_number"') as taken:
        row = write(doer, paper, Move.SIGN)
    if taken:
        raise Refused(
            f"文号“{paper.number}”已经用过：两个单位或两类文书的代字相同。请县教育局先改代字。"
        )
    send_out(doer, paper, row)
    finish(doer, paper, row)
    return paper


def sign_many(doer: Doer, papers: Iterable[Paper]) -> Signed:
    """Sign those of the papers that may be signed, in the order in which they were sent.

    Each is signed by itself: one that may not be signed is named with its reason.
    """
    done = Signed()
    for paper in sorted(papers, key=lambda one: one.pk):
        try:
            done.papers.append(sign(doer, paper))
        except Refused as refused:
            done.skipped.append((paper, str(refused)))
    return done


@transaction.atomic
def send_back(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Send a paper back to who drafted it, with the reason (退回)."""
    paper = locked(paper)
    doer = as_signer(doer, paper)
    check(paper, Move.RETURN, reason)
    row = write(doer, paper, Move.RETURN, MoveFacts(reason=reason))
    tell_drafter(doer, paper, row, f"{paper.title}被退回，请修改后再送签")
    finish(doer, paper, row)
    return paper


@transaction.atomic
def void(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Void a signed paper (作废). Its number stays on record and is not given again (forms 3.2)."""
    paper = locked(paper)
    doer = as_signer(doer, paper)
    check(paper, Move.VOID, reason)
    paper.voided_on = doer.today
    row = write(doer, paper, Move.VOID, MoveFacts(reason=reason))
    tell_drafter(doer, paper, row, f"{paper.number}已作废")
    recall(doer, paper, row)
    finish(doer, paper, row)
    return paper


@transaction.atomic
def print_papers(doer: Doer, papers: Iterable[Paper]) -> list[Paper]:
    """Note that signed papers are printed, in this order. Raises Refused for an unsigned one."""
    printed = []
    for paper in papers:
        paper = locked(paper)
        doer = as_either(doer, paper)
        check(paper, Move.PRINT)
        finish(doer, paper, write(doer, paper, Move.PRINT))
        printed.append(paper)
    return printed


def _number(doer: Doer, paper: Paper) -> None:
    kind, day = paper.definition, doer.today
    organ, series = organ_on(paper.unit, day), series_on(paper.county_id, kind, day)
    rows = Paper.objects.filter(unit=paper.unit, kind=paper.kind, year=day.year)
    paper.year, paper.seq = day.year, next_seq(rows, paper.unit_id, day.year)
    main = kind.supplement_to(paper)
    if main is not None:
        paper.number = _under(main)
        return
    place = short_name(paper.unit.name)
    paper.number = number_of(kind.pattern, organ, series, paper.year, paper.seq, place)
    if words := problem_with_number(paper.number):
        raise Refused(f"{words}请县教育局先改代字。")


def _under(main: Paper) -> str:
    """The number of a supplement: that of its main paper, with the next 补 of it."""
    before = Paper.objects.filter(county=main.county_id, number__startswith=f"{main.number}（补")
    return f"{main.number}（补{before.count() + 1}）"


def _freeze(doer: Doer, paper: Paper) -> None:
    """The text in force today with the paper's values, as it will be printed for ever."""
    kind = paper.definition
    head = PaperHead(paper.unit.name, paper.number, doer.viewer.name, doer.today)
    words = words_on(paper.county_id, kind, doer.today)
    paper.text = frozen(compose(kind, words, paper.values, head))
    paper.text_hash = fingerprint(paper.text)
    paper.token = secrets.token_urlsafe(_TOKEN_BYTES)
    paper.signed_by_id, paper.signed_on = doer.post.id, doer.today
