"""义务教育入学通知书 as a kind of the engine: school or township draws it up, the township signs.

R25: to the guardian, under the seal of the township (茂政发〔2023〕6号 五(三)1). T01: one a child.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from foundation.accounts.doer import Doer
from foundation.papers.desks import SCHOOL_DRAFTS, TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind, register
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move
from students.census.models import Entrant, Notice
from students.census.notices import words
from students.census.notices.facts import NO_DAY, NoticeDue, needless, values_of, with_all
from students.census.occasions import occasion_of

CODE, ABOUT = "entry_notice", "entrant"
_CHANGED = "拟稿以后登记的内容或报到安排有变更，请退回，撤销后重新拟稿"
_GONE = (Move.VOID, Move.DROP)


def _allows(doer: Doer, paper: Paper) -> str:
    """The child still needs it, and it says what is on record today."""
    entrant: Entrant = with_all(doer.today).get(pk=int(paper.about_key))
    if entrant.withdrawn_on:
        return "新生登记已撤回，不用签发"
    occasion = occasion_of(entrant.school, entrant.school_year)
    if reason := needless(entrant):
        return reason
    if occasion.day is None:
        return NO_DAY
    # Who the guardian is may have been typed by hand.
    now = values_of(NoticeDue(entrant, occasion.day, occasion)) | {
        words.GUARDIAN: paper.values.get(words.GUARDIAN, "")
    }
    return "" if now == paper.values else _CHANGED


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """A child whose notice is void or given up may get another."""
    if move.move in _GONE:
        Notice.objects.filter(paper=paper).update(cancelled_on=doer.today)


def _children(papers: Sequence[Paper]) -> Iterable[int]:
    return _about(papers).values_list("child_id", flat=True)


def _subjects(papers: Sequence[Paper]) -> Mapping[int, str]:
    names = dict(_about(papers).values_list("pk", "child__name"))
    return {one.pk: names.get(int(one.about_key), "") for one in papers}


def _about(papers: Sequence[Paper]) -> Any:
    return Entrant.objects.filter(pk__in=[int(one.about_key) for one in papers])


def _receivers(paper: Paper) -> Iterable[str]:
    rows = Entrant.objects.filter(pk=int(paper.about_key))
    return [name for name in rows.values_list("child__guardians__name", flat=True) if name]


def _url(paper: Paper) -> str:
    return reverse("census:entrant", args=[int(paper.about_key)])


NOTICE = register(
    PaperKind(
        code=CODE,
        title=words.TITLE,
        series=words.SERIES,
        fields=words.FIELDS,
        words=words.WORDS,
        drafters=SCHOOL_DRAFTS | TOWNSHIP_DRAFTS,
        signers=TOWNSHIP_SIGNS,
        recipient=words.GUARDIAN,
        pattern=words.PATTERN,
        source="义务教育法第五条、第十一条；茂政发〔2023〕6号 五(三)1",
        on_void="可以为这名儿童重新拟稿，用新的文号。",
        allows=_allows,
        follows=_follows,
        children=_children,
        subjects=_subjects,
        receivers=_receivers,
        url=_url,
        on_one=words.AROUND,
        listed=(
            *(words.CHILD, words.SEX, words.BORN, words.GUARDIAN, words.VILLAGE),
            *(words.SCHOOL, words.DAY, words.HOURS),
        ),
        begins_at="census:entrants",
    )
)
