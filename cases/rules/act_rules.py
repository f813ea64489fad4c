"""ACTS: what a person may do to a case, who may, and the evidence it needs (domain 3.2).

On which rung an act is possible says the ladder (cases/policy.py).
"""

from cases.rules.shapes import Act, ActRule
from foundation.accounts.roles import Level, Right

L = Level
_REPORTED = ("occurred_on", "last_seen_on", "contact_tried", "cause")
_FOUND = ("occurred_on", "sample_result", "content")
_TALK = ("occurred_on", "time", "method", "place", "met", "attitude", "content")

ACTS: tuple[ActRule, ...] = (
    ActRule(
        Act.REPORT,
        "提交报告",
        Right.REPORT_CASE,
        (L.TEACHER, L.SCHOOL),
        _REPORTED,
        ("whereabouts", "note"),
    ),
    ActRule(
        Act.REGISTER,
        "登记入册",
        Right.REGISTER_CASE,
        (L.SCHOOL,),
        ("occurred_on", "left_on"),
        ("note",),
    ),
    ActRule(
        Act.CORRECT_REGISTER,
        "更正登记日期",
        Right.REGISTER_CASE,
        (L.SCHOOL,),
        ("occurred_on", "left_on", "reason"),
    ),
    ActRule(
        Act.CONTACT,
        "记录劝返",
        Right.RECORD_CONTACT,
        (L.TEACHER, L.SCHOOL, L.TOWNSHIP, L.VILLAGE),
        (*_TALK, "contact_result"),
        ("promised_on", "participants", "next_step"),
        by_its_day=True,
    ),
    ActRule(
        Act.ASK_VILLAGE,
        "请村（居）委会协助",
        Right.ASK_VILLAGE,
        (L.SCHOOL,),
        ("occurred_on", "content"),
    ),
    ActRule(
        Act.ANSWER,
        "反馈协助结果",
        Right.ANSWER_REQUEST,
        (L.VILLAGE,),
        ("occurred_on", "visited", "met", "answer_result"),
        ("whereabouts", "note"),
    ),
    ActRule(
        Act.REPORT_TOWNSHIP,
        "书面报告乡镇",
        Right.REPORT_TOWNSHIP,
        (L.SCHOOL,),
        ("occurred_on", "cause", "content"),
        ("next_step",),
    ),
    ActRule(
        Act.RECEIVE, "签收报告", Right.RECEIVE_REPORT, (L.TOWNSHIP, L.OFFICE), ("occurred_on",)
    ),
    ActRule(
        Act.SERVE_ORDER,
        "登记限期复学通知书送达",
        Right.SERVE_ORDER,
        (L.TOWNSHIP, L.COUNTY),
        ("occurred_on", "service_method", "received_by"),
        ("paper_no", "note"),
        by_its_day=True,
    ),
    ActRule(
        Act.REVIEW,
        "记录会商",
        Right.REVIEW_CASE,
        (L.TOWNSHIP,),
        ("occurred_on", "participants", "content", "next_step"),
        by_its_day=True,
    ),
    ActRule(
        Act.RETURN,
        "登记返校",
        Right.RECORD_RETURN,
        (L.TEACHER, L.SCHOOL, L.TOWNSHIP),
        ("occurred_on", "placement"),
        ("note",),
        by_its_day=True,
    ),
    ActRule(
        Act.REQUEST_CLOSURE,
        "申请销号",
        Right.REQUEST_CLOSURE,
        (L.SCHOOL,),
        ("occurred_on", "outcome", "evidence_note"),
        ("note",),
    ),
    ActRule(
        Act.CONFIRM_CLOSURE,
        "确认销号申请",
        Right.CONFIRM_CLOSURE,
        (L.TOWNSHIP,),
        ("occurred_on", "opinion"),
    ),
    ActRule(
        Act.APPROVE_CLOSURE,
        "核准销号",
        Right.APPROVE_CLOSURE,
        (L.COUNTY,),
        ("occurred_on", "opinion"),
        irreversible=True,
    ),
    ActRule(
        Act.REFUSE_CLOSURE,
        "退回销号申请",
        Right.SEE_CASES,
        (L.TOWNSHIP, L.COUNTY),
        ("occurred_on", "opinion"),
    ),
    ActRule(Act.INSPECT, "登记抽查结果", Right.APPROVE_CLOSURE, (L.COUNTY,), _FOUND),
    ActRule(
        Act.CONFIRM_DROPOUT,
        "认定辍学",
        Right.CONFIRM_DROPOUT,
        (L.SCHOOL,),
        ("occurred_on", "ground", "content"),
        ("paper",),
        by_its_day=True,
    ),
    ActRule(
        Act.POLICE_REPLY,
        "登记公安查找回复",
        Right.RECORD_POLICE_REPLY,
        (L.TOWNSHIP, L.COUNTY),
        ("occurred_on", "replied_by", "reply"),
        ("paper_no", "note"),
        by_its_day=True,
    ),
    ActRule(
        Act.NOTE_DROPOUT,
        "核阅辍学认定",
        Right.REVIEW_DROPOUT,
        (L.COUNTY,),
        ("occurred_on",),
        ("note",),
    ),
    ActRule(
        Act.REVERT_DROPOUT,
        "撤销辍学认定",
        Right.SEE_CASES,
        (L.TOWNSHIP, L.COUNTY),
        ("occurred_on", "opinion"),
    ),
    ActRule(Act.CALL, "拨打监护人电话", Right.DIAL, (L.TEACHER, L.SCHOOL, L.VILLAGE, L.TOWNSHIP)),
)
