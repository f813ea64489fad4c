"""The verbs, outcomes and objects of the audit in plain Chinese, by group. Free of Django.

A verb without a row here is found by tests/setup/audit.
"""

from collections.abc import Mapping

from cases.policy import RULES
from cases.watch.codes import STEPS
from students.roster.rules.change_kinds import ACT_LABELS

SEEN, REVEALED, TAKEN, DONE, KEPT, DOOR = "seen", "revealed", "taken", "done", "kept", "door"
GROUPS: Mapping[str, str] = {
    SEEN: "查看",
    REVEALED: "查看号码、住址，拨打",
    TAKEN: "导出、下载和打印",
    DONE: "登记和办理",
    KEPT: "人员、单位和参数",
    DOOR: "登录、手机和系统",
}

_SEEN = {
    "read": "查看个案或名单",
    "list": "查看名单",
    "open_form": "打开登记页面",
    "open_slip": "打开请假条",
    "open_document_form": "打开上传材料的页面",
    "compare_pupil": "核对是否同一名学生",
    "list_boarders": "查看返校寄宿生",
    "list_change_reports": "查看变动日报",
    "list_changes": "查看异动列表",
    "list_entrants": "查看新生名单",
    "list_groups": "查看特殊群体名单",
    "list_leavers": "查看离校学生",
    "list_left_behind": "查看留守儿童名单",
    "list_notices": "查看通知书名单",
    "list_pupils": "查看学生名册",
    "list_slips_owed": "查看欠交的请假条",
    "list_unverified_homes": "查看户籍待核实名单",
    "list_warnings": "查看预警名单",
    "list_watch": "查看重点关注台账",
    "preview_notices": "核对将发的通知书",
    "preview_nudges": "核对将催办的事项",
    "preview_roster": "核对将导入的名册",
    "read_absence_report": "查看缺勤情况报告单",
    "read_case_paper": "查看个案文书",
    "read_change": "查看异动",
    "read_changes_of_month": "查看变动月报",
    "read_daily": "查看每日报告",
    "read_document": "查看学生材料",
    "read_entrant": "查看新生",
    "read_handover": "查看交接名册",
    "read_morning": "查看到校情况",
    "read_pupil": "查看学生页面",
    "read_return": "查看报表",
    "read_roster_head": "核对导入表的栏目",
    "read_slip_photo": "查看请假条照片",
    "read_slips": "查看请假条",
    "read_warning": "查看学生预警",
    "read_status": "查看系统状态",
    "search_audit": "查询操作记录",
    "search_by_id": "按证件号查找",
    "search_pupils": "查找学生",
}
_REVEALED = {
    "call": "拨打监护人电话",
    "reveal_address": "查看家庭住址",
    "reveal_number": "查看完整号码",
    "reveal_phone": "查看监护人电话",
}
_TAKEN = {
    "download_errors": "下载错误表",
    "download_export": "下载导出的名单",
    "download_receipt": "下载导入回执",
    "download_return": "下载报表",
    "download_template": "下载导入模板",
    "export_absence_report": "下载缺勤情况报告单",
    "export_changes_of_month": "下载变动月报",
    "export_daily": "下载每日报告",
    "export_morning": "下载到校汇总表",
    "export_notices": "导出通知书名单",
    "export_rates": "下载点名提交率",
    "export_roster": "导出名单",
    "export_watch": "导出重点关注台账",
    "print_notices": "打印通知书",
    "print_return": "打印报表",
    "order_export": "申请导出名单",
    "export_agreed": "同意他人导出",
    "export_refused": "不同意他人导出",
    "export_withdrawn": "撤回导出申请",
}
_DONE = {
    "add_document": "上传学生材料",
    "add_entrants": "登记新生",
    "answer_roster_row": "认定是否同一名学生",
    "call_roll": "提交点名",
    "cancel_notice": "作废通知书",
    "check_in": "登记报到",
    "class_post_ended": "结束班主任安排",
    "class_teacher_set": "安排班主任",
    "compare_roster": "比对导入的名册",
    "confirm_roster": "确认导入名册",
    "correct_roll": "更正点名",
    "correct_roster": "改正导入的行",
    "deny_classes": "认定班级不存在",
    "describe_leaver": "填写毕业去向",
    "drop_roster": "放弃导入名册",
    "end_absence": "登记监护人返家",
    "end_group": "移出特殊群体",
    "enter_groups": "列入特殊群体",
    "exempt_entrant": "登记免入学或缓学",
    "graduate": "办理毕业",
    "issue_notices": "发放入学通知书",
    "keep_columns": "选择保留的栏目",
    "leave_row_out": "不导入一行",
    "map_roster": "对应导入表的栏目",
    "merge_class": "并班",
    "note_absence": "登记监护人外出",
    "nudge_classes": "催办点名",
    "nudge_duties": "催办到期事项",
    "nudge_reports": "催办变动日报",
    "order_return": "生成报表",
    "place": "安排新生就读",
    "prepare_handover": "生成交接名册",
    "read_roster_again": "重新读取导入的名册",
    "record_slip": "登记请假条",
    "report_changes": "上报变动日报",
    "return_error_book": "交回改正的错误表",
    "revoke_exemption": "撤销免入学或缓学",
    "serve_notices": "登记通知书送达",
    "set_registration": "设定报到时间",
    "set_catchment": "设定招生范围",
    "stand_by_rows": "坚持按表导入",
    "substitute_set": "安排代班",
    "substitute_taken_back": "撤回代班",
    "take_back_roll": "撤回点名",
    "take_back_slip": "收回请假条",
    "take_row_back": "恢复导入一行",
    "undo_check_in": "撤销报到",
    "undo_graduation": "撤销毕业",
    "undo_roster": "撤销导入名册",
    "upload_roster": "上传名册",
    "verify_report_line": "核实变动日报",
    "withdraw_entrant": "撤销误登的新生",
    "write_roster": "写入名册",
    "sign_handover": "交接名册签字",
    "accept_handover": "签收交接名册",
    "return_handover": "退回交接名册",
}
_KEPT = {
    "account_closed": "停用账号",
    "account_made": "开设账号",
    "account_reopened": "恢复账号",
    "account_unlocked": "解除登录锁定",
    "account_unsealed": "解封账号",
    "county_founded": "建立县",
    "county_opened": "宣布开通",
    "delete_view": "删除视图",
    "first_password_given": "发放初始密码",
    "left_unit": "办理离任",
    "opening_address_made": "生成开通网址",
    "opening_book_corrected": "改正开通工作簿",
    "opening_book_uploaded": "上传开通工作簿",
    "opening_book_written": "写入开通工作簿",
    "over_limit": "超过使用次数",
    "password_changed": "修改密码",
    "password_requested": "申请重置密码",
    "password_reset": "重置密码",
    "post_confirmed": "确认任职",
    "post_ended": "结束任职",
    "post_granted": "任职",
    "post_requested": "申请任职",
    "reopen_requested": "申请恢复账号",
    "rename_view": "修改视图",
    "request_confirmed": "确认人员申请",
    "request_refused": "不同意人员申请",
    "request_withdrawn": "撤回人员申请",
    "save_view": "保存视图",
    "school_corrected": "更正学校信息",
    "set_arrangement": "登记放假安排",
    "set_parameter": "设定期限参数",
    "set_school_days": "调整上课日",
    "set_term": "设定学期",
    "set_warning_rule": "设定预警规则",
    "staff_taken_on": "按表办理人员",
    "unit_added": "增加单位",
    "unit_changed": "更改单位",
    "unit_closed": "撤并单位",
    "unit_corrected": "更正单位信息",
    "unit_handed_on": "单位撤并移交",
    "unit_merged": "合并单位",
    "unit_withdrawn": "撤回单位变动",
    "withdraw_parameter": "撤回期限参数",
}
_DOOR = {
    "factor_removed": "取消两步验证",
    "factor_set": "设置两步验证",
    "phone_ended": "结束手机免登录",
    "phone_trusted": "设置手机免登录",
    "phone_used": "手机免登录点名",
    "refused": "打开没有权限或不存在的页面",
    "retry_deadline": "重试到期事项",
    "retry_job": "重试后台任务",
    "session_ended": "结束登录",
    "signed_in": "登录",
    "signed_out": "退出",
}
_OF_CASES = {str(act): f"个案：{rule.label}" for act, rule in RULES.items() if act not in _REVEALED}
_OF_CHANGES = {f"{act}_change": f"异动：{label}" for act, label in ACT_LABELS.items()}
_OF_WATCH = {f"watch_{step}": label for step, label in STEPS.items()}

BY_GROUP: Mapping[str, Mapping[str, str]] = {
    SEEN: _SEEN,
    REVEALED: _REVEALED,
    TAKEN: _TAKEN,
    DONE: {**_OF_CASES, **_OF_CHANGES, **_OF_WATCH, **_DONE},
    KEPT: _KEPT,
    DOOR: _DOOR,
}
VERBS: Mapping[str, str] = {
    verb: words for found in BY_GROUP.values() for verb, words in found.items()
}
OUTCOMES: Mapping[str, str] = {
    "done": "已办",
    "refused": "被拒绝",
    "failed": "没有成功",
    "locked": "登录已锁定",
    "delayed": "尝试太频繁，稍后再试",
    "403": "被拒绝：没有权限",
    "404": "被拒绝：不在权限范围或不存在",
}


def verb_words(verb: str) -> str:
    """What was done."""
    return VERBS.get(verb, "其他操作")


def outcome_words(outcome: str) -> str:
    """How it ended."""
    return OUTCOMES.get(outcome, "未办成")
