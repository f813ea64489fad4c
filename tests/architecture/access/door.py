"""The door, one's own account and phones, messages, jobs and the calendar."""

from tests.architecture import world
from tests.architecture.access.rows import (
    ADMINISTRATOR,
    COUNTY,
    NO_RIGHT,
    NOT_TAKEN,
    REST,
    Expected,
    Row,
    Rows,
)
from tests.architecture.emblems import an_emblem

# A city's single sign-on, which no environment of the tests names.
NO_CITY = {"get": "404", "post": "405"}
ONES_OWN: Expected = {REST: "200 404 404"}
ONES_OWN_ACT: Expected = {REST: "302 404 404"}
# Both townships lie in one county, so its years and parameters are the same for all.
OF_A_YEAR: Expected = {COUNTY: "200 200 404", REST: NO_RIGHT}
OF_A_YEAR_ACT: Expected = {COUNTY: "422 422 404", REST: NO_RIGHT}

EMBLEM = COUNTY + ADMINISTRATOR

DOOR: Rows = (
    Row("healthz", {REST: "200"}, public=True),
    Row("readyz", {REST: "200"}, public=True),
    Row("manifest", {REST: "200"}, public=True),
    Row("emblem", {REST: "200 200 200"}, maker=an_emblem, public=True),
    Row("set_emblem", {EMBLEM: "200", REST: "403"}, {EMBLEM: "422", REST: "403"}),
    Row("remove_emblem", {REST: "405"}, {EMBLEM: "302", REST: "403"}),
    Row("account_login", {REST: "302"}, public=True),
    Row("account_logout", {REST: "200"}, door="/accounts/login/"),
    Row("account_change_password", {REST: "200"}),
    Row("account_reauthenticate", {REST: "200"}),
    Row("city_login", {REST: "404"}, {REST: "405"}, public=True, nobody=NO_CITY),
    Row(
        "openid_connect_callback",
        {REST: "404 404 404"},
        maker=world.a_provider,
        public=True,
        nobody=NO_CITY,
    ),
    Row("mfa_authenticate", {REST: "302"}, door="/accounts/login/"),
    Row("mfa_reauthenticate", {REST: "302"}),
    Row("factor", {REST: "200"}),
    Row("set_factor", {REST: "200"}),
    Row("drop_factor", {REST: "405"}, {REST: "302"}),
)

MANUAL: Rows = (
    Row("help:index", {REST: "200"}, public=True),
    Row("help:whole", {REST: "200"}, public=True),
    Row("help:chapter", {REST: "200 200 200"}, maker=world.a_chapter, public=True),
)

PHONES: Rows = (
    Row("phones", {REST: "200"}),
    Row("end_phones", {REST: "405"}, {REST: "302"}),
    Row("end_phone", NOT_TAKEN, ONES_OWN_ACT, world.a_phone),
)

SESSIONS: Rows = (
    Row("sessions", {REST: "200"}),
    Row("end_sessions", {REST: "405"}, {REST: "302"}),
    Row("end_session", NOT_TAKEN, ONES_OWN_ACT, world.a_session),
)

MESSAGES: Rows = (
    Row("inbox", {REST: "200"}),
    Row("read_all_messages", {REST: "405"}, {REST: "302"}),
    Row("open_message", NOT_TAKEN, ONES_OWN_ACT, world.a_letter),
    Row("read_message", NOT_TAKEN, ONES_OWN_ACT, world.a_letter),
    Row("lists:views", {REST: "200"}),
    Row("lists:save_view", {REST: "405"}, {REST: "302"}),
    Row("lists:rename_view", NOT_TAKEN, ONES_OWN_ACT, world.a_view),
    Row("lists:delete_view", NOT_TAKEN, ONES_OWN_ACT, world.a_view),
    Row("lists:columns", NOT_TAKEN, {REST: "302 302 302"}, world.a_list),
    Row("job", ONES_OWN, maker=world.a_job),
    Row("job_status", ONES_OWN, maker=world.a_job),
)

CALENDAR: Rows = (
    Row("calendars:school_year", {REST: "200"}),
    Row("parameters", {REST: "200"}),
    Row("confirm_parameters", {COUNTY: "200", REST: "403"}, {COUNTY: "302", REST: "403"}),
    Row("parameter", {REST: "200 200 404"}, maker=world.a_parameter),
    Row("change_parameter", OF_A_YEAR, OF_A_YEAR_ACT, world.a_parameter),
    Row("withdraw_parameter", OF_A_YEAR, OF_A_YEAR_ACT, world.a_value),
    Row("school_days", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("calendar_setup:index", {COUNTY: "200", REST: "403"}),
    Row("calendar_setup:add_year", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("calendar_setup:year", OF_A_YEAR, OF_A_YEAR_ACT, world.a_school_year),
    Row("calendar_setup:arrangement", OF_A_YEAR, OF_A_YEAR_ACT, world.a_calendar_year),
)
