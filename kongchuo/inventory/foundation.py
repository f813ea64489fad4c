"""Tables of the foundation: people and posts, places, audit, jobs, messages, kept files."""

from kongchuo.inventory.shape import (
    A_DAY,
    ALWAYS,
    DUTY,
    FOR_EVER,
    IN_FORCE,
    IN_OFFICE,
    OFFICE,
    SCHOOLING,
    SECURITY,
    THREE_YEARS,
    WHILE_SIGNED_IN,
    WITH_ARCHIVE,
    Holding,
)

FOUNDATION = (
    Holding(
        "accounts.AuditEvent", "谁在何时查看、登记、导出了什么", SECURITY, "三年以上，不可修改",
        l4="reason_sealed", l3="children", l2="person post address object_id details",
        l1="id uuid at request_id verb kind outcome row_count",
    ),
    Holding("accounts.KeyFingerprint", "辨认密钥文件，不能解密", SECURITY, ALWAYS,
            l1="id name fingerprint recorded_at"),
    Holding("lists.SavedView", "个人保存的列表视图和常用栏目", DUTY, IN_OFFICE,
            l3="query", l2="person name", l1="id page is_shared saved_at"),
    Holding(
        "papers.Paper", "文书：拟稿、签发、文号、状态", SCHOOLING, FOR_EVER,
        l4="told_sealed text_sealed", l2="drafted_by signed_by",
        l1="id uuid county unit kind about_code about_key state drafted_on drafted_at year seq"
        " number token text_hash signed_on served_on performed_on replied_on"
        " voided_on",
    ),
    Holding("papers.PaperBundle", "文书合成一个 PDF 的申请：何人、何用、哪几份", SCHOOLING, A_DAY,
            l2="person post purpose", l1="id papers file_name job ordered_at expires_at downloads"),
    Holding("papers.BundlePart", "文书合成的 PDF", SCHOOLING, A_DAY,
            l4="content_sealed", l1="id uuid bundle position"),
    Holding("papers.PaperCheck", "公开查验文书的次数", SECURITY, "一天",
            l2="address", l1="id minute times"),
    Holding("papers.PaperMove", "文书的每一步办理", SCHOOLING, FOR_EVER,
            l4="reason_sealed", l2="person post",
            l1="id uuid paper move from_state to_state occurred_on recorded_at seen sending"),
    Holding("papers.Sending", "文书送给哪些单位、哪天签收", SCHOOLING, FOR_EVER,
            l2="received_by", l1="id paper to_unit sent_on received_on"),
    Holding("papers.PaperPdf", "已签发文书的 PDF", SCHOOLING, FOR_EVER,
            l4="content_sealed", l1="id uuid paper sha256 made_at"),
    Holding(
        "papers.Service", "文书的送达", SCHOOLING, FOR_EVER,
        l4="place_sealed first_server_sealed second_server_sealed received_by_sealed"
        " relation_sealed refusal_sealed witness_sealed remark_sealed",
        l1="id uuid paper move method served_at",
    ),
    Holding("papers.ServiceProof", "送达回证的照片或扫描件", SCHOOLING, FOR_EVER,
            l2="file", l1="id paper service"),
    Holding("papers.Reply", "函件的回函", SCHOOLING, FOR_EVER,
            l4="replied_by_sealed seat_sealed remark_sealed",
            l1="id uuid paper move answer replied_on"),
    Holding("papers.ReplyProof", "回函、在读证明的照片或扫描件", SCHOOLING, FOR_EVER,
            l2="file", l1="id paper reply"),
    Holding("papers.PaperText", "县定文书文本及来源文件", DUTY, ALWAYS,
            l2="recorded_by",
            l1="id county kind title addressee body note valid_from source reason revision"
            " is_withdrawn recorded_at"),
    Holding("papers.NumberWord", "县定文号代字及来源文件", DUTY, ALWAYS,
            l2="recorded_by",
            l1="id county unit kind word valid_from source reason revision is_withdrawn"
            " recorded_at"),
    Holding("accounts.Parameter", "县定期限参数及来源文件", SCHOOLING, IN_FORCE,
            l2="recorded_by",
            l1="id county code value valid_from source recorded_at revision is_withdrawn reason"),
    Holding("accounts.ClockShift", "演示时钟", DUTY, "仅演示", l1="id shift set_at"),
    Holding("accounts.Region_predecessors", "撤并前的行政区划", DUTY, ALWAYS,
            l1="id from_region to_region"),
    Holding("accounts.Region", "行政区划", DUTY, ALWAYS,
            l1="id code name parent valid_from valid_to"),
    Holding("accounts.Unit", "单位", DUTY, ALWAYS,
            l1="id kind name short_name region parent county phone office_of is_open"),
    Holding("accounts.UnitChange", "单位变动的登记", DUTY, ALWAYS, l2="ordered_by",
            l1="id county unit kind day before after told successor undoes reason document "
            "ordered_at"),
    Holding("accounts.UnitChangeEnd", "单位变动的办理结果", DUTY, ALWAYS, l2="by",
            l1="id change outcome at reason moved marks"),
    Holding(
        "accounts.Person", "工作人员账号", OFFICE, IN_OFFICE,
        l3="password", l2="username name last_login phone_used_at factor_asked_on",
        l1="id is_active must_change_password created_at first_password_until"
        " first_password_used_at unsealed_at",
    ),
    Holding(
        "accounts.Post", "何人何时任何职务", OFFICE, "永久，是办理责任的依据",
        l2="person role unit starts_on ends_on granted_by reason ended_by end_reason",
        l1="id granted_at ended_at asleep",
    ),
    Holding(
        "accounts.OpenSession", "登录状态与登录的设备", SECURITY, WHILE_SIGNED_IN,
        l2="session_key session_data person label address",
        l1="expire_date began_at used_at idle_seconds",
    ),
    Holding(
        "accounts.PeopleRequest", "须两人办理的任职和密码重置的申请", SECURITY,
        "永久，是办理责任的依据",
        l2="person username name role unit starts_on reason requested_by",
        l1="id kind county requested_at",
    ),
    Holding(
        "accounts.PeopleDecision", "申请的办理结果", SECURITY, "永久，是办理责任的依据",
        l2="decided_by reason post", l1="id request outcome decided_at",
    ),
    Holding("accounts.LimitReport", "何人查看、导出超过规定次数", SECURITY, THREE_YEARS,
            l2="person post", l1="id county limit day at"),
    Holding(
        "accounts.TrustedPhone", "免登录点名的手机", SECURITY, IN_OFFICE,
        l3="digest stamp", l2="person label ended_by end_reason",
        l1="id trusted_at last_used_on expires_on ended_at",
    ),
    Holding(
        "accounts.SecondFactor", "登录的动态码", SECURITY, IN_OFFICE,
        l4="secret_sealed", l2="person removed_by remove_reason",
        l1="id uuid last_step set_at used_at removed_at",
    ),
    Holding(
        "jobs.Job", "后台任务的进度与结果", DUTY, THREE_YEARS,
        l2="person post title note problem",
        l1="id task args unit state tries lease_until done total result_url created_at"
        " finished_at",
    ),
    Holding("jobs.TaskRun", "定时任务最近一次何时办理", DUTY, ALWAYS,
            l1="id name started_at ended_at failed_at"),
    Holding(
        "messaging.Message", "到期提醒与办理通知", SCHOOLING, FOR_EVER,
        l3="title body", l1="id key to_unit to_post level url occurred_on is_late created_at",
    ),
    Holding("messaging.ReadMark", "何人已读", DUTY, FOR_EVER, l2="person",
            l1="id message read_at"),
    Holding(
        "files.StoredFile", "佐证照片和文件的登记；内容加密存放在数据库之外", SCHOOLING,
        WITH_ARCHIVE, l2="file_name kept_by",
        l1="id uuid county kind content_type size sha256 kept_at",
    ),
    Holding("files.Emblem", "本县标志图片，公开显示", SCHOOLING, FOR_EVER, l2="chosen_by",
            l1="id county token image chosen_at"),
)  # fmt: skip
