"""Tables of the framework and of libraries: sessions, failed sign-ins, tables that stay empty."""

from kongchuo.inventory.shape import (
    ALWAYS,
    DUTY,
    SECURITY,
    THREE_YEARS,
    WHILE_SIGNED_IN,
    Holding,
)

_EMPTY = "框架自带，本系统不使用，保持为空"
_TRACE = "user_agent ip_address username path_info"

FRAMEWORK = (
    Holding("auth.Permission", _EMPTY, DUTY, ALWAYS, l1="id name content_type codename"),
    Holding("auth.Group_permissions", _EMPTY, DUTY, ALWAYS, l1="id group permission"),
    Holding("auth.Group", _EMPTY, DUTY, ALWAYS, l1="id name"),
    Holding("contenttypes.ContentType", "框架的表名", DUTY, ALWAYS, l1="id app_label model"),
    Holding(
        "sessions.Session", _EMPTY, SECURITY, WHILE_SIGNED_IN,
        l2="session_key session_data", l1="expire_date",
    ),
    Holding("account.EmailAddress", _EMPTY, DUTY, ALWAYS, l2="user email",
            l1="id verified primary"),
    Holding("account.EmailConfirmation", _EMPTY, DUTY, ALWAYS,
            l2="email_address key", l1="id created sent"),
    Holding("socialaccount.SocialApp", _EMPTY, SECURITY, ALWAYS, l3="secret key",
            l1="id provider provider_id name client_id settings"),
    Holding("socialaccount.SocialAccount", _EMPTY, SECURITY, ALWAYS, l2="user uid extra_data",
            l1="id provider last_login date_joined"),
    Holding("socialaccount.SocialToken", _EMPTY, SECURITY, ALWAYS, l3="token token_secret",
            l1="id app account expires_at"),
    Holding("mfa.Authenticator", _EMPTY, SECURITY, ALWAYS, l2="user data",
            l1="id type created_at last_used_at"),
    Holding(
        "axes.AccessFailureLog", _EMPTY, SECURITY, THREE_YEARS,
        l2=_TRACE, l1="id http_accept attempt_time locked_out",
    ),
    Holding(
        "axes.AccessAttempt", "登录失败与锁定", SECURITY, "解除锁定后清除",
        l2=f"{_TRACE} get_data post_data", l1="id http_accept attempt_time failures_since_start",
    ),
    Holding("axes.AccessAttemptExpiration", "登录锁定的期限", SECURITY, "解除锁定后清除",
            l1="access_attempt expires_at"),
    Holding(
        "axes.AccessLog", "登录与退出", SECURITY, THREE_YEARS,
        l2=f"{_TRACE} session_hash", l1="id http_accept attempt_time logout_time",
    ),
    Holding("pghistory.Context", _EMPTY, DUTY, ALWAYS, l2="metadata",
            l1="id created_at updated_at"),
    Holding(
        "pghistory.Events", "框架读历史用的视图，没有自己的表", DUTY, ALWAYS,
        l3="pgh_data pgh_diff", l2="pgh_context",
        l1="pgh_slug pgh_model pgh_id pgh_created_at pgh_label pgh_context_id pgh_obj_model"
        " pgh_obj_id",
    ),
    Holding("pghistory.MiddlewareEvents", "同上", DUTY, ALWAYS, l2="user url"),
)  # fmt: skip
