"""Drafted by the clerk, signed by the head: the number comes with the signature."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent
from foundation.papers import acts
from foundation.papers.acts import About
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, PaperMove, PaperText
from foundation.papers.printing.sheets import Paragraph, Sheet, Style
from foundation.papers.reading import sheet_of
from tests.cases.together import together
from tests.cast import Cast
from tests.numbered.help import DAY, VALUES, by, drafted, kind_with, sent, signed


def _words(sheet: Sheet) -> str:
    blocks = [one for part in sheet.parts for one in part.blocks]
    return "\n".join(one.text for one in blocks if isinstance(one, Paragraph))


def test_a_signed_paper_has_the_first_number_of_its_unit_and_year(cast: Cast) -> None:
    assert signed(cast).number == "东政限〔2025〕1号"
    assert signed(cast).number == "东政限〔2025〕2号"
    assert signed(cast, there=True).number == "西政限〔2025〕1号"
    assert signed(cast, day=date(2026, 1, 1)).number == "东政限〔2026〕1号"


def test_a_draft_has_no_number_and_says_that_it_is_one(cast: Cast) -> None:
    paper = drafted(cast)
    assert (paper.number, paper.seq, paper.state_words) == ("", None, "草稿")
    assert sheet_of(paper, DAY).mark == "草稿，未签发"


def test_who_drafts_does_not_sign(cast: Cast) -> None:
    paper = sent(cast)
    for role, there in (("township_officer", False), ("township_leader", True)):
        with pytest.raises(PermissionDenied):
            acts.look(by(cast, role, there=there), paper)
        with pytest.raises(PermissionDenied):
            acts.sign(by(cast, role, there=there), paper)


@pytest.mark.parametrize("role", ["registrar", "village_cadre", "county_desk"])
def test_nobody_else_drafts_for_the_township(cast: Cast, role: str) -> None:
    with pytest.raises(PermissionDenied):
        acts.draft(by(cast, role), "note", cast.here.township, About("case", "1"), VALUES)


def test_a_draft_without_a_required_value_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(Refused, match="还缺少：学生姓名、限期日"):
        drafted(cast, 学生姓名=" ", 限期日="")


def test_a_value_that_is_no_field_of_the_kind_is_a_fault_of_the_program(cast: Cast) -> None:
    with pytest.raises(ValueError, match="学生名"):
        drafted(cast, 学生名="张小明")


def test_the_head_signs_only_what_he_has_read(cast: Cast) -> None:
    paper, head = sent(cast), by(cast, "township_leader")
    with pytest.raises(Refused, match="请先看过全文再签发"):
        acts.sign(head, paper)
    acts.look(head, paper)
    assert acts.sign(head, paper).state_words == "已签发"


def test_what_was_changed_after_he_read_it_is_read_again(cast: Cast) -> None:
    paper, head, clerk = sent(cast), by(cast, "township_leader"), by(cast, "township_officer")
    acts.look(head, paper)
    acts.send_back(head, paper, "限期太长")
    acts.revise(clerk, paper, VALUES | {"限期日": "2025年9月19日"})
    acts.send_to_sign(clerk, paper)
    with pytest.raises(Refused, match="再看一遍"):
        acts.sign(head, paper)
    acts.look(head, paper)
    assert "2025年9月19日" in _words(sheet_of(acts.sign(head, paper), DAY))


def test_a_paper_is_sent_back_with_a_reason_and_comes_again(cast: Cast) -> None:
    paper, head = sent(cast), by(cast, "township_leader")
    with pytest.raises(Refused, match="请填写退回的原因"):
        acts.send_back(head, paper, " ")
    acts.send_back(head, paper, "学生姓名写错了")
    paper = acts.send_to_sign(by(cast, "township_officer"), paper)
    moves = list(paper.moves.values_list("move", flat=True))
    assert moves == ["draft", "send", "return", "send"]
    assert paper.moves.get(move="return").reason == "学生姓名写错了"


def test_of_several_those_not_read_are_named(cast: Cast) -> None:
    papers, head = [sent(cast) for _ in range(3)], by(cast, "township_leader")
    for paper in papers[:2]:
        acts.look(head, paper)
    done = acts.sign_many(head, papers)
    assert [paper.seq for paper in done.papers] == [1, 2]
    assert [(paper.pk, words[:6]) for paper, words in done.skipped] == [
        (papers[2].pk, "请先看过全文")
    ]


def test_the_storey_may_forbid_a_signature(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    paper, head = sent(cast), by(cast, "township_leader")
    acts.look(head, paper)
    monkeypatch.setitem(KINDS, "note", kind_with(allows=lambda doer, paper: "劝返次数不够。"))
    with pytest.raises(Refused, match="劝返次数不够"):
        acts.sign(head, paper)
    paper.refresh_from_db()
    assert (paper.number, paper.state) == ("", "waiting")


def test_what_follows_stands_or_falls_with_the_signature(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def follows(doer: object, paper: Paper, move: PaperMove) -> None:
        if move.move == "sign":
            raise Refused("个案已经变了。")

    paper, head = sent(cast), by(cast, "township_leader")
    acts.look(head, paper)
    with monkeypatch.context() as patch:
        patch.setitem(KINDS, "note", kind_with(follows=follows))
        with pytest.raises(Refused, match="个案已经变了"):
            acts.sign(head, paper)
    assert acts.sign(head, paper).seq == 1, "the number that was not given is not left out"


def test_every_move_is_a_row_and_an_audit(cast: Cast) -> None:
    paper = signed(cast)
    acts.print_papers(by(cast, "township_officer"), [paper])
    moves = list(paper.moves.values_list("move", flat=True))
    assert moves == ["draft", "send", "look", "sign", "print"]
    verbs = AuditEvent.objects.filter(kind="paper", object_id=paper.pk).order_by("pk")
    assert [one.verb for one in verbs] == ["draft_paper", "send_paper", "sign_paper", "print_paper"]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        paper.moves.update(reason_sealed="")


def test_no_name_stands_in_clear(cast: Cast) -> None:
    paper = signed(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM papers_paper p WHERE id = %s", [paper.pk])
        row = cursor.fetchone()[0]
    assert "张" not in row
    assert paper.values["学生姓名"] == "张小明"


def test_a_signed_paper_stays_as_it_was_signed(cast: Cast) -> None:
    paper = signed(cast)
    before = sheet_of(paper, DAY)
    PaperText.objects.create(
        county=cast.county,
        kind="note",
        title="另一份通知书",
        body="{学生姓名}",
        valid_from=DAY,
        source="县教体发〔2025〕1号",
        reason="换文本",
        recorded_by=cast.person("county_desk"),
    )
    paper.refresh_from_db()
    assert sheet_of(paper, DAY) == before
    assert "另一份通知书" in _words(sheet_of(sent(cast), DAY))
    for column in ("number", "text_sealed", "told_sealed", "text_hash", "token"):
        with pytest.raises(DatabaseError, match="keeps what was written"), transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(**{column: "x"})


def test_the_paper_says_who_to_whom_and_when(cast: Cast) -> None:
    sheet = sheet_of(signed(cast), DAY)
    assert [part.name for part in sheet.parts] == ["正本", "存根", "送达回证"]
    main = [one for one in sheet.parts[0].blocks if isinstance(one, Paragraph)]
    told = {one.style: one.text for one in main}
    assert told[Style.ORGAN] == "东镇人民政府"
    assert told[Style.NUMBER] == sheet.number == "东政限〔2025〕1号"
    assert told[Style.ADDRESSEE] == "张父："
    assert told[Style.DATED] == "2025年9月12日"


def test_eight_at_once_get_eight_numbers_without_a_gap(committed_cast: Cast) -> None:
    cast = committed_cast
    papers, head = [sent(cast) for _ in range(8)], by(cast, "township_leader")
    for paper in papers:
        acts.look(head, paper)
    ends = together(*[partial(acts.sign, head, paper) for paper in papers])
    assert not [end for end in ends if isinstance(end, Exception)]
    seqs = Paper.objects.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 9))
    assert len(set(Paper.objects.values_list("number", flat=True))) == 8


def test_of_two_heads_at_once_one_signs(committed_cast: Cast) -> None:
    cast = committed_cast
    paper, head = sent(cast), by(cast, "township_leader")
    acts.look(head, paper)
    ends = together(partial(acts.sign, head, paper), partial(acts.sign, head, paper))
    assert sorted(type(end).__name__ for end in ends) == ["Paper", "Refused"]
    assert PaperMove.objects.filter(move="sign").count() == 1
