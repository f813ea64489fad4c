"""A kind of paper is one definition; each storey registers its own at the start (apps.py)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from foundation.accounts.roles import Right, role_of
from foundation.papers.printing.sheets import Block
from foundation.papers.rules.merging import COMMON, MergeField, OnOne, PaperWords, named_in
from foundation.papers.rules.numbers import PATTERN
from foundation.papers.rules.replies import Answer


def _always(doer: Any, paper: Any) -> str:
    return ""


def _nothing(doer: Any, paper: Any, move: Any) -> None:
    """Nothing follows."""


def _nobody(papers: Sequence[Any]) -> Iterable[int]:
    return ()


def _of_nobody(papers: Sequence[Any]) -> Mapping[int, str]:
    return {}


def _no_names(paper: Any) -> Iterable[str]:
    return ()


def _nowhere(paper: Any) -> str:
    return ""


def _no_units(paper: Any) -> Iterable[Any]:
    return ()


def _as_given(paper: Any, values: dict[str, Any]) -> dict[str, Any]:
    return values


def _everywhere(county_id: int, day: date) -> bool:
    return True


def _no_main(paper: Any) -> Any:
    return None


def _no_tables(values: Mapping[str, Any]) -> tuple[Block, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What the engine must know of one kind of paper.

    ``code`` names it in tables (20 signs), ``title`` to people. ``series`` is the 文种代字 until
    the county sets another. ``words`` is the text until the county writes its own. ``drafters`` and
    ``signers`` are codes of roles, at the unit that issues; a drafter may sit at the paper's desk.
    ``recipient`` names the field that says to whom it is served; a kind without one is not served,
    and has no 送达回证. ``stub`` names the fields of the 存根; without any there is none.
    ``on_void`` says in Chinese what else follows where it is voided.

    What a storey adds: ``allows(doer, paper)`` returns in Chinese why the paper may not be signed
    now, "" where it may; it is asked again on signing. ``follows(doer, paper, move)`` is called in
    the transaction of each move, after the paper has changed; it may raise Refused, then nothing
    has happened. ``children(papers)`` are the ids for the audit, of several papers of the kind in
    one query; ``subjects(papers)`` are the names of whom several are about, by the keys of the
    papers, for the ledger, which masks them; ``url(paper)`` is the page of what the paper is about;
    ``tables(values)`` gives tables after the body; ``receivers(paper)`` are the names of those who
    may sign for it, such as the guardians: anybody else says how he is related;
    ``service_page(paper)`` is the storey's own form of a service or its correction, to which the
    engine's leads; "" where the engine's will do; ``addressees(paper)`` are the units to which it
    is sent once it is signed: each signs for it; ``supplement_to(paper)`` is the signed paper under
    whose number it goes; None for a kind with numbers of its own. ``listed`` names the fields that
    a list of several, which is signed with one press, shows of each.

    ``completes(paper, values)`` sets the values that follow from others, when a draft is changed by
    hand; ``knows(paper)`` names the typed fields whose value is a fact here, so that nobody types
    it. A ``by_hand`` one is worth what is signed on it by hand: until the scan of the signed
    sheet is there, it stands as waiting for it. A ``landscape`` one lies on its side, for wide
    tables. ``on_one`` are the words of 存根 and 回执 of a paper that stands on one page with them,
    in place of ``stub`` and the 送达回证; such a paper is handed out against the 回执
    (acts/handing.py). ``is_on(county_id, day)``: whether the county uses the kind; what is off
    stands in no list of kinds. ``begins_at`` names the address of a page on which it is drafted,
    where that is no page of a single row.

    ``about_right`` is the right without which the page of ``url`` is not offered.
    ``may_be_refused``: the unit to which it is sent may return it with reasons instead of signing
    for it; it is void then. ``final_receipt`` says in Chinese why a receipt is not taken back; ""
    where it may be.

    A letter to somebody outside the system asks for a reply: ``answers`` are what he may say, by
    code; a kind without any waits for none. ``slip(texts)`` is the part that he fills in and sends
    back (回函); its texts are those of the fields and of the engine's own.
    """

    code: str
    title: str
    series: str
    fields: tuple[MergeField, ...]
    words: PaperWords
    drafters: frozenset[str]
    signers: frozenset[str]
    recipient: str = ""
    stub: tuple[str, ...] = ()
    pattern: str = PATTERN
    source: str = ""
    on_void: str = ""
    allows: Callable[[Any, Any], str] = _always
    follows: Callable[[Any, Any, Any], None] = _nothing
    children: Callable[[Sequence[Any]], Iterable[int]] = _nobody
    subjects: Callable[[Sequence[Any]], Mapping[int, str]] = _of_nobody
    url: Callable[[Any], str] = _nowhere
    receivers: Callable[[Any], Iterable[str]] = _no_names
    service_page: Callable[[Any], str] = _nowhere
    tables: Callable[[Mapping[str, Any]], tuple[Block, ...]] = _no_tables
    addressees: Callable[[Any], Iterable[Any]] = _no_units
    knows: Callable[[Any], Iterable[str]] = _no_names
    completes: Callable[[Any, dict[str, Any]], dict[str, Any]] = _as_given
    by_hand: bool = False
    landscape: bool = False
    on_one: OnOne | None = None
    listed: tuple[str, ...] = ()
    is_on: Callable[[int, date], bool] = _everywhere
    begins_at: str = ""
    supplement_to: Callable[[Any], Any] = _no_main
    about_right: Right | None = None
    may_be_refused: bool = False
    final_receipt: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    slip: Callable[[Mapping[str, Any]], tuple[Block, ...]] = _no_tables

    @property
    def text_fields(self) -> tuple[MergeField, ...]:
        """Its fields for a text: required are those that its own text names; the value of another
        required field stands in its tables or within a longer field."""
        named = set(named_in(self.words.whole))
        return tuple(
            replace(one, required=one.required and one.name in named) for one in self.fields
        )

    @property
    def unit_kinds(self) -> set[str]:
        """The kinds of units that issue it: those of the roles that draft or sign it."""
        return {role_of(code).unit_kind for code in self.drafters | self.signers}

    @property
    def is_served(self) -> bool:
        """Whether it has a 送达回证."""
        return bool(self.recipient) and self.on_one is None

    def roles_of(self, right: Right) -> frozenset[str]:
        """The roles that sign such papers, or that draft them."""
        return self.signers if right is Right.SIGN_PAPERS else self.drafters

    @property
    def offered(self) -> tuple[MergeField, ...]:
        """The fields that a text of the kind may name."""
        return (*self.text_fields, *COMMON)

    @property
    def examples(self) -> dict[str, str]:
        """A value for each field, for the preview of a text."""
        return {one.name: one.example for one in self.offered}


KINDS: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Make a kind known. Its own text must satisfy its own fields, or the start fails."""
    if KINDS.get(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of paper are called {kind.code}")
    KINDS[kind.code] = kind
    return kind


def kinds_on(county_id: int, day: date) -> list[PaperKind]:
    """The kinds that a county uses on the day, in the order in which they were registered."""
    return [one for one in KINDS.values() if one.is_on(county_id, day)]


def kind_of(code: str) -> PaperKind:
    """The kind; raises KeyError where no storey has registered it."""
    return KINDS[code]


def title_of(code: str) -> str:
    """The title of a kind; a kind that is no longer registered is shown as 文书."""
    kind = KINDS.get(code)
    return kind.title if kind else "文书"


def children_of(papers: Iterable[Any]) -> list[int]:
    """The children of several papers, with one question for each kind."""
    return [child for kind, found in _by_kind(papers) for child in kind.children(found)]


def subjects_of(papers: Iterable[Any]) -> dict[int, str]:
    """Of whom several papers are, by their keys, with one question for each kind. Unmasked."""
    told: dict[int, str] = {}
    for kind, found in _by_kind(papers):
        told |= kind.subjects(found)
    return told


def _by_kind(papers: Iterable[Any]) -> Iterator[tuple[PaperKind, list[Any]]]:
    by_kind: dict[str, list[Any]] = {}
    for paper in papers:
        by_kind.setdefault(paper.kind, []).append(paper)
    return ((KINDS[code], found) for code, found in by_kind.items() if code in KINDS)
