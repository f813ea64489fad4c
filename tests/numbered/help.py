"""A kind of paper for the tests of the engine, and its acts in few words."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from foundation.papers import acts
from foundation.papers.acts import About
from foundation.papers.kinds import KINDS, PaperKind
from foundation.papers.models import Paper
from foundation.papers.rules.merging import MergeField, PaperWords
from foundation.papers.rules.service import ServiceEntry
from tests.cast import Cast
from tests.doers import CHINA, doing

DAY = date(2025, 9, 12)
NOTE = PaperKind(
    code="note",
    title="限期到校通知书",
    series="限",
    fields=(
        MergeField("监护人姓名", "张某某", required=True),
        MergeField("学生姓名", "张小某", required=True),
        MergeField("限期日", "2026年9月8日", required=True),
        MergeField("联系电话", "0883-0000000"),
    ),
    words=PaperWords(
        title="限期到校通知书",
        addressee="{监护人姓名}",
        body="请于{限期日}前送{学生姓名}到校。\n逾期不到校的，将依法处理。联系电话：{联系电话}",
    ),
    drafters=frozenset({"township_officer", "township_leader"}),
    signers=frozenset({"township_leader"}),
    recipient="监护人姓名",
    stub=("监护人姓名", "学生姓名", "限期日"),
)
VALUES = {"监护人姓名": "张父", "学生姓名": "张小明", "限期日": "2025年9月22日"}


def kind_with(**hooks: Any) -> PaperKind:
    """The kind with what a storey adds."""
    return replace(NOTE, **hooks)


def by(cast: Cast, role: str, day: date = DAY, hour: int = 9, *, there: bool = False) -> Doer:
    """The role at work on the day."""
    post = cast.post(role, there)
    now = datetime.combine(day, time(hour), CHINA)
    return doing(viewer_on(post.person, day), Origin(post.person_id), today=day, now=now)


def drafted(cast: Cast, *, there: bool = False, day: date = DAY, **values: str) -> Paper:
    """A draft of our clerk."""
    side = cast.there if there else cast.here
    doer = by(cast, "township_officer", day, there=there)
    return acts.draft(doer, "note", side.township, About("case", "1"), VALUES | values)


def sent(cast: Cast, *, there: bool = False, day: date = DAY) -> Paper:
    """A draft that waits for the signature."""
    paper = drafted(cast, there=there, day=day)
    return acts.send_to_sign(by(cast, "township_officer", day, there=there), paper)


def waiting_paper(cast: Cast, *, there: bool) -> Paper:
    """The same where no test has made the kind known, such as on the walk over every address."""
    KINDS.setdefault(NOTE.code, NOTE)
    return sent(cast, there=there)


def signed(cast: Cast, *, there: bool = False, day: date = DAY) -> Paper:
    """A paper that the head has read and signed."""
    paper, head = sent(cast, there=there, day=day), by(cast, "township_leader", day, there=there)
    acts.look(head, paper)
    return acts.sign(head, paper)


def entry(day: date = DAY, hour: int = 9, **facts: Any) -> ServiceEntry:
    """A paper handed over to the father."""
    usual: dict[str, Any] = {
        "method": "direct",
        "at": datetime.combine(day, time(hour), CHINA),
        "place": "东村五组",
        "servers": ("李干部", "王老师"),
        "received_by": "张父",
    }
    return ServiceEntry(**usual | facts)
