"""The form of a reply to a letter (回函)."""

from typing import Any

from django import forms

from foundation.files.forms import EvidenceFileField
from foundation.papers.forms import PaperReasonForm
from foundation.papers.models import Paper, Reply
from foundation.papers.rules.replies import LONGEST, ReplyEntry


def _words(name: str, label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST[name], **more)


class ReplyForm(forms.Form):
    """What the reply says, as it came; of one that was entered, its correction with a reason."""

    answer = forms.ChoiceField(
        label="回函内容",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择回函内容。", "invalid_choice": "请选择回函内容。"},
    )
    day = forms.DateField(
        label="回函日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写回函日期。"},
        help_text="对方写在回函上的日期；电话答复的填接到答复的日期。",
    )
    by = _words(
        "by",
        "回函人",
        error_messages={"required": "请填写回函人：单位、姓名或者电话。"},
        help_text="例如：某某小学教务处李老师，电话0871-××××××××。",
    )
    seat = _words("seat", "就读年级班级", required=False, help_text="回函写明的才填。")
    remark = _words("remark", "说明", required=False, widget=forms.Textarea({"rows": 3}))
    proofs = EvidenceFileField(
        label="回函或在读证明的照片、扫描件",
        help_text="可拍照或选择 PDF，单个不超过10 MB。只有电话答复、没有书面回函的可以不传；"
        "更正时请重新上传。",
    )

    def __init__(self, *args: Any, paper: Paper, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = paper.definition.answers
        self.fields["answer"].choices = [(code, one.label) for code, one in answers.items()]  # type: ignore[attr-defined]
        if asks:
            self.fields["reason"] = PaperReasonForm.base_fields["reason"]

    @property
    def entry(self) -> ReplyEntry:
        """The reply as the act takes it."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("by", "seat", "remark")}
        return ReplyEntry(answer=data["answer"], on=data["day"], **told)


def initial_of(reply: Reply) -> dict[str, Any]:
    """An entry as the form shows it again."""
    return {
        "answer": reply.answer,
        "day": reply.replied_on,
        "by": reply.replied_by,
        "seat": reply.seat,
        "remark": reply.remark,
    }
