"""Which heading of the manual tells of which page: one table, by the names of the addresses."""

_PAGES = {
    "工作台": "home duties nudge_duties",
    "点名": "roll roll_class roll_day roll_take_back roll_boarders",
    "请假条": "roll_slips slips_owed slip_take_back",
    "到校": """
        mornings:mine mornings:school mornings:nudge mornings:press mornings:rates
        mornings:township_rates mornings:school_rates mornings:class_month absence_report
        daily_class daily_school
        slip_photo
    """,
    "消息": "inbox read_all_messages open_message read_message",
    "名册": """
        roster:pupils roster:find roster:document roster:add_document pupil
        roster:unverified_homes roster:home roster:leavers
    """,
    "导出": """
        roster:export_pupils roster:export_leavers roster:export_groups roster:export_left_behind
        roster:exports roster:agree_export roster:refuse_export
        roster:withdraw_export roster:export
    """,
    "导入名册": """
        roster:template roster:upload roster:batch roster:status roster:confirm roster:drop
        undo_import roster:go_on roster:for_named roster:columns roster:correct roster:stand_by
        roster:choose_row roster:error_book
        roster:return_book roster:question roster:keep roster:receipt
    """,
    "特殊群体": """
        roster:groups roster:left_behind roster:enter_groups roster:note_absence roster:end_group
        roster:end_absence
    """,
    "异动": """
        changes:list changes:change changes:step changes:paper changes:start changes:kinds
        changes:record changes:ask changes:take_in changes:defer changes:certify
        changes:application changes:application_of changes:application_blank
    """,
    "变动日报": """
        changes:reports changes:report changes:nudge changes:verify change_month change_month_book
    """,
    "入学": """
        census:entrants census:add census:paste census:entrant census:exempt census:revoke
        census:withdraw
        census:year census:catchments census:notices census:issue census:print census:serve
        census:register census:handed census:registration census:place check_in undo_check_in
    """,
    "毕业和交接": """
        census:handovers census:handover census:handover_paper census:describe census:handover_act
        graduation undo_graduation
    """,
    "个案": "cases case case_paper file_index write_paper act case_order serve_order correct_order",
    "发现报告": """
        discoveries:reports discoveries:new discoveries:pupil discoveries:report
        discoveries:take_back discoveries:answer discoveries:school
    """,
    "文书": """
        papers:ledger export_papers papers:check papers:queue papers:sign_many papers:print
        papers:paper papers:revise papers:send papers:sign papers:serve papers:perform papers:act
        papers:proof papers:scan papers:scan_page papers:pdf papers:document
        papers:bundle_preview papers:order_bundle papers:bundle returned_list papers:recall
        papers:reply papers:reply_proof papers:batch papers:sign_batch papers:batch_act
    """,
    "收文": "papers:received papers:receive",
    "文书文本": """
        papers:texts papers:text papers:edit_text papers:preview_text papers:withdraw_text
        papers:words papers:withdraw_word
    """,
    "列表和视图": """
        lists:views lists:save_view lists:rename_view lists:delete_view lists:columns
    """,
    "期限": "why",
    "期限参数": "parameters parameter confirm_parameters change_parameter withdraw_parameter",
    "预警": """
        watch:warnings watch:pupil watch:put_on watch:revise watch:support watch:take_off
        watch:ledger watch:book watch:rules watch:set_rule
    """,
    "报表": "returns:index returns:detail returns:progress returns:print returns:download",
    "校历": "calendars:school_year school_days set_emblem remove_emblem emblem",
    "学年与放假安排": """
        calendar_setup:index calendar_setup:add_year calendar_setup:year calendar_setup:arrangement
    """,
    "人员": """
        staff:people staff:add staff:grants staff:slips staff:sheet staff:template staff:confirm
        staff:person staff:grant staff:reset staff:unlock staff:end_phones staff:drop_factor
        staff:leave staff:correct staff:end_post staff:resume_post staff:schools
        staff:class_teachers staff:substitutes staff:take_back_substitute staff:merge_class
        people person close_account reopen_account unlock_account
        end_phones_account drop_factor_account
    """,
    "单位": """
        units:tree units:unit units:add units:change units:close units:changes units:withdraw
        units:undo units:catchment
    """,
    "安装与开通": """
        opening:start opening:wizard opening:upload opening:template opening:book opening:correct
        opening:write opening:drop opening:posts opening:call_off opening:progress opening:declare
        opening:take_back
    """,
    "两人办理": "people_requests confirm_request refuse_request withdraw_request limit_reports",
    "登录和密码": """
        account_login account_logout account_change_password
        sessions end_sessions end_session city_login openid_connect_callback
    """,
    "动态码": "mfa_authenticate factor set_factor drop_factor",
    "再次确认身份": "account_reauthenticate mfa_reauthenticate",
    "长期不用的账号": "staff:unseal unseal_account",
    "手机免登录": "phones end_phones end_phone manifest",
    "操作记录": "audit:list audit:find audit:event audit:export",
    "看号码和打电话": "roster:reveal call address roll_phone roll_address",
    "后台任务": "job job_status",
    "系统状态": "status retry_deadline retry_job healthz readyz",
    "怎样用这本手册": "help:index help:chapter help:whole",
}
TOPICS: dict[str, tuple[str, ...]] = {
    topic: tuple(names.split()) for topic, names in _PAGES.items()
}
TOPIC_OF: dict[str, str] = {name: topic for topic, names in TOPICS.items() for name in names}
