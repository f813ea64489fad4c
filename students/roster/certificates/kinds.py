"""延缓入学证明, 休学证明 and 复学证明 as kinds of the engine (T09)."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.messaging.actions import Letter, post_letters
from foundation.papers.desks import SCHOOL_DRAFTS, SCHOOL_SIGNS, TOWNSHIP_DRAFTS, TOWNSHIP_SIGNS
from foundation.papers.kinds import PaperKind, register
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.states import Move
from students.roster.certificates import attending, words
from students.roster.certificates.drafting import ASKS, CODES, issuer_of, why_not
from students.roster.models import Change

_TOLD = {Move.SIGN: "{}已签发，可以通知监护人领取", Move.VOID: "{}已作废"}
_SOURCE = "义务教育法第十一条；茂政发〔2023〕6号 五(三)3"


def change_of(paper: Paper) -> Change:
    """The change that the paper certifies."""
    rows = Change.objects.select_related("child", "township", "from_school", "to_school__unit")
    found: Change = rows.get(pk=int(paper.about_key))
    return found


def _allows(doer: Doer, paper: Paper) -> str:
    """The change is still done, and has no other certificate."""
    return why_not(change_of(paper), besides=paper)


def _follows(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """A draft is of who approved; the school hears of what is signed. Raises Refused."""
    if move.move == Move.DRAFT and paper.unit_id != issuer_of(change_of(paper)).pk:
        raise Refused("证明由批准的乡镇人民政府开具，复学证明和核实函由学校开具。")
    if move.move in _TOLD:
        _tell_school(doer, paper, move)


def _tell_school(doer: Doer, paper: Paper, move: PaperMove) -> None:
    """The guardian asks the school for it; a school need not hear of its own."""
    change = change_of(paper)
    if change.from_school_id is None or change.kind in ("return", ASKS):
        return
    letter = Letter(
        key=f"certificate:{move.uuid}",
        to_unit_id=change.from_school_id,
        title=_TOLD[Move(move.move)].format(paper.title),
        body=f"{paper.unit.name}，{paper.number}",
        url=_url(paper),
        occurred_on=doer.today,
    )
    post_letters([letter], doer.today)


def _children(papers: Sequence[Paper]) -> Iterable[int]:
    keys = [int(one.about_key) for one in papers]
    return Change.objects.filter(pk__in=keys).values_list("child_id", flat=True)


def _url(paper: Paper) -> str:
    return reverse("changes:change", args=[int(paper.about_key)])


_kind: Any = partial(
    PaperKind, source=_SOURCE, allows=_allows, follows=_follows, children=_children, url=_url
)
_TOWNSHIP = {
    "drafters": TOWNSHIP_DRAFTS,
    "signers": TOWNSHIP_SIGNS,
}
_SCHOOL = {
    "drafters": SCHOOL_DRAFTS,
    "signers": SCHOOL_SIGNS,
}

DEFERRAL = register(
    _kind(
        code=CODES["deferral"],
        title="延缓入学证明",
        series="缓学",
        fields=words.DEFERRAL_FIELDS,
        words=words.DEFERRAL,
        stub=(words.CHILD, words.SCHOOL, words.FROM, words.UNTIL),
        **_TOWNSHIP,
    )
)
SUSPENSION = register(
    _kind(
        code=CODES["suspension"],
        title="休学证明",
        series="休学",
        fields=words.SUSPENSION_FIELDS,
        words=words.SUSPENSION,
        stub=(words.CHILD, words.SCHOOL, words.CLASS, words.FROM, words.UNTIL),
        **_TOWNSHIP,
    )
)
RETURN = register(
    _kind(
        code=CODES["return"],
        title="复学证明",
        series="复学",
        fields=words.RETURN_FIELDS,
        words=words.RETURN,
        stub=(words.CHILD, words.SCHOOL, words.CLASS, words.BACK),
        **_SCHOOL,
    )
)
TRANSFER_CHECK = register(
    _kind(
        code=CODES[ASKS],
        title="转出学生就读核实函",
        series="转核",
        fields=attending.FIELDS,
        words=attending.WORDS,
        stub=attending.STUB,
        answers=attending.ANSWERS,
        slip=attending.slip_of,
        on_void="收函学校没有账号，请另行告知对方不用再办。",
        **_SCHOOL | {"source": "异动办理：转出（县外）须有就读证明"},
    )
)
