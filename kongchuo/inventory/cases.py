"""Tables of cases, of early warning, and of the returns."""

from kongchuo.inventory.shape import CARE, FOR_EVER, SCHOOLING, SIX_YEARS, Holding

CASES = (
    Holding(
        "cases.Case", "辍学与疑似辍学个案", SCHOOLING, FOR_EVER,
        l3="child stage first_missed_on last_present_on registered_on village_asked_on cause"
        " whereabouts back_to returned_on outcome again_missed_on",
        l2="school_class school village township school_township",
        l1="id number county source finding entered_on opened_on reopened_on closed_on sampled"
        " version created_at",
    ),
    Holding(
        "cases.CaseEvent", "个案的每一步办理", SCHOOLING, FOR_EVER,
        l4="text_sealed told_sealed", l3="data", l2="person post unit",
        l1="id uuid case act from_stage to_stage occurred_on recorded_on recorded_at",
    ),
    Holding(
        "cases.Contact", "劝返与家访记录", SCHOOLING, FOR_EVER,
        l4="place_sealed participants_sealed met_sealed content_sealed next_step_sealed",
        l3="day time method in_person attitude result promised_on",
        l1="id uuid case event seq level",
    ),
    Holding("cases.Dispatch", "函件及签收", SCHOOLING, FOR_EVER,
            l1="id case event kind to_unit to_level sent_on received_on received_event paper"),
    Holding("cases.Order", "限期复学通知书的送达", SCHOOLING, FOR_EVER,
            l2="received_by", l1="id case event paper_no served_on method due_on paper ended_on"),
    Holding(
        "cases.DiscoveryReport", "发现报告", SCHOOLING, FOR_EVER,
        l4="told_sealed informant_sealed taken_back_sealed", l3="child missed_since case",
        l2="post", l1="id uuid county unit way found_on recorded_on recorded_at taken_back_on",
    ),
    Holding("cases.DiscoveryAnswer", "对反映人的答复", SCHOOLING, FOR_EVER,
            l4="text_sealed", l2="post", l1="id uuid report day recorded_at"),
    Holding(
        "cases.Closure", "销号申请与答复", SCHOOLING, FOR_EVER,
        l4="evidence_note_sealed", l3="outcome",
        l1="id uuid case requested needs_township confirmed decided approved",
    ),
    Holding("cases.Confirmation", "辍学认定与公安查找回复", SCHOOLING, FOR_EVER,
            l3="ground paper confirmed_on", l1="id case event level noted reverted"),
    Holding(
        "cases.Deadline", "应办事项与期限", SCHOOLING, FOR_EVER,
        l1="id case code cycle level unit day0 window_end due_on remind_on missed_on days day_type"
        " rule parameter calendar_version met_on met_event void_on lapsed_on told_on",
    ),
    Holding("cases.DutyNudge", "催办到期事项", SCHOOLING, FOR_EVER,
            l2="post person", l1="id deadline unit sent_on sent_at"),
    Holding("cases.Reminder", "已发的提醒", SCHOOLING, FOR_EVER,
            l1="id deadline phase day sent_on"),
    Holding("cases.CountedStanding", "最近一次统计的台账类别", SCHOOLING, FOR_EVER,
            l3="category returned_on", l1="id case day version read_at"),
    Holding("cases.CountedLedger", "台账统计的时间", SCHOOLING, FOR_EVER,
            l1="id county day counted_at"),
    Holding("cases.SweptDay", "巡查过的日子", SCHOOLING, FOR_EVER, l1="id day recorded_at"),
    Holding("watch.RuleSetting", "预警规则", SCHOOLING, FOR_EVER,
            l2="recorded_by",
            l1="id county code is_on threshold weight valid_from reason recorded_at"),
    Holding("watch.Reckoning", "每晚的测算", SCHOOLING, SIX_YEARS,
            l1="id school day version children warned done_at"),
    Holding("watch.Score", "预警分值", CARE, SIX_YEARS,
            l3="child score open_score reasons", l1="id school day version line"),
    Holding(
        "watch.Entry", "重点关注台账", CARE, SIX_YEARS,
        l4="signs_sealed measures_sealed", l3="child risks ending", l2="school school_class helper",
        l1="id uuid starts_on ends_on version",
    ),
    Holding("watch.Step", "谈话、家访与帮扶记录", CARE, SIX_YEARS,
            l4="text_sealed", l3="data", l2="post person", l1="id uuid entry kind day recorded_at"),
    Holding("desk.MonthFigure", "每月人数，按单位", SCHOOLING, FOR_EVER,
            l1="id unit month as_of counts built counted_at"),
    Holding(
        "returns.BuiltReturn", "每月报表的各版", SCHOOLING, FOR_EVER,
        l4="canonical_sealed workbook_sealed", l2="built_by filed_on",
        l1="id uuid county code period version as_of state rows_hash file_name checks job"
        " created_at",
    ),
)  # fmt: skip
