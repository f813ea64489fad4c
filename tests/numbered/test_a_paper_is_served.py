"""送达: how, when, where, by which two, and who took it or saw it refused. Then 履行 and 作废."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from foundation.accounts.actions import Refused
from foundation.papers import acts
from foundation.papers.models import Service, ServiceProof
from foundation.papers.reading import sheet_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, by, drafted, entry, sent, signed

LATER = date(2025, 9, 15)


def test_a_paper_is_served_once_it_is_signed(cast: Cast) -> None:
    clerk, paper = by(cast, "township_officer"), sent(cast)
    with pytest.raises(Refused, match="待签发，不能送达"):
        acts.serve(clerk, paper, entry())
    paper = signed(cast)
    paper = acts.serve(clerk, paper, entry())
    assert (paper.state_words, paper.served_on) == ("已送达", DAY)
    service = paper.services.get()
    assert (service.received_by, service.first_server) == ("张父", "李干部")
    with pytest.raises(Refused, match="已送达，不能送达"):
        acts.serve(clerk, paper, entry())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"method": "fax"}, "请选择送达方式"),
        ({"place": " "}, "请填写送达地点"),
        ({"servers": ("李干部", "")}, "送达人要填两名"),
        ({"servers": ("李干部", "李干部 ")}, "不能是同一个人"),
        ({"received_by": ""}, "请填写签收人"),
        ({"hour": 10}, "不能晚于现在"),
        ({"day": date(2025, 9, 11)}, "不能早于签发（2025年9月12日 09:00）"),
        ({"hour": 8}, "不能早于签发（2025年9月12日 09:00）"),
        ({"method": "left", "witness": "村主任"}, "写明拒收的情况"),
        ({"method": "left", "refusal": "不肯签"}, "要有见证人"),
    ],
)
def test_a_receipt_that_lacks_something_is_refused(
    cast: Cast, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        acts.serve(by(cast, "township_officer"), signed(cast), entry(**facts))
    assert not Service.objects.exists()


def test_a_refused_paper_is_left_before_a_witness(cast: Cast) -> None:
    left = entry(method="left", received_by="", refusal="拒绝签字", witness="村主任")
    paper = acts.serve(by(cast, "township_officer"), signed(cast), left)
    assert paper.services.get().witness == "村主任"


def test_a_proof_that_is_no_picture_is_refused(cast: Cast) -> None:
    text = SimpleUploadedFile("回证.jpg", b"not a picture")
    with pytest.raises(Refused):
        acts.serve(by(cast, "township_officer"), signed(cast), entry(), [text])
    assert not ServiceProof.objects.exists()


def test_a_wrong_entry_is_corrected_with_a_reason_and_stays(cast: Cast) -> None:
    paper = acts.serve(by(cast, "township_officer"), signed(cast), entry())
    clerk = by(cast, "township_officer", LATER)
    with pytest.raises(Refused, match="请填写更正送达的原因"):
        acts.correct_service(clerk, paper, entry(LATER), "")
    paper = acts.correct_service(clerk, paper, entry(LATER), "送达日期写错")
    assert (paper.served_on, paper.state) == (LATER, "served")
    assert paper.services.count() == 2
    newest = paper.services.first()
    assert newest is not None
    assert newest.served_at.astimezone(CHINA).date() == LATER


def test_it_is_performed_after_service_and_that_can_be_taken_back(cast: Cast) -> None:
    paper, clerk = signed(cast), by(cast, "township_officer", LATER)
    with pytest.raises(Refused, match="请先登记送达"):
        acts.perform(clerk, paper, LATER)
    acts.serve(by(cast, "township_officer"), paper, entry())
    with pytest.raises(Refused, match="送达之后"):
        acts.perform(clerk, paper, date(2025, 9, 11))
    assert acts.perform(clerk, paper, LATER).performed_on == LATER
    paper = acts.reopen(clerk, paper, "孩子没有到校")
    assert (paper.state, paper.performed_on) == ("served", None)


def test_a_void_paper_keeps_its_number_and_the_next_gets_the_next(cast: Cast) -> None:
    paper, head = signed(cast), by(cast, "township_leader")
    with pytest.raises(PermissionDenied):
        acts.void(by(cast, "township_officer"), paper, "写错")
    with pytest.raises(Refused, match="请填写作废的原因"):
        acts.void(head, paper, "")
    paper = acts.void(head, paper, "监护人写错了")
    assert (paper.number, paper.state_words, paper.voided_on) == (
        "东政限〔2025〕1号",
        "已作废",
        DAY,
    )
    assert sheet_of(paper, DAY).mark == "作废"
    assert signed(cast).number == "东政限〔2025〕2号"


def test_a_void_number_is_not_served(cast: Cast) -> None:
    paper = acts.void(by(cast, "township_leader"), signed(cast), "监护人写错了")
    with pytest.raises(Refused, match="已作废，不能送达"):
        acts.serve(by(cast, "township_officer"), paper, entry())
    with pytest.raises(DatabaseError, match="keeps what was written"), transaction.atomic():
        type(paper).objects.filter(pk=paper.pk).update(state="signed", voided_on=None)


def test_a_draft_is_given_up_without_a_number(cast: Cast) -> None:
    clerk = by(cast, "township_officer")
    paper = acts.drop(clerk, drafted(cast), "孩子已返校")
    assert (paper.state_words, paper.number) == ("已撤销", "")
    with pytest.raises(Refused, match="已撤销，不能送签"):
        acts.send_to_sign(clerk, paper)
