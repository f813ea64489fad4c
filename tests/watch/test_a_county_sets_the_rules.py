"""The county switches and weighs rules by dated rows: who, when, why; nobody else does."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from cases.watch.actions import set_rule
from cases.watch.models import RuleSetting
from cases.watch.rules import LINE, Setting
from cases.watch.settings import rules_on
from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import doing
from tests.watch.help import FRI, at, origin_of, rule

pytestmark = pytest.mark.django_db
THU, SAT = date(2025, 12, 11), date(2025, 12, 13)
TYPED = {
    "code": "spell",
    "is_on": "1",
    "threshold": "2",
    "weight": "25",
    "valid_from": "2025-12-12",
    "reason": "县局会议议定",
}


@pytest.mark.parametrize(("day", "version"), [(FRI, 0), (SAT, 1), (date(2025, 12, 14), 1)])
def test_a_setting_counts_from_its_day_on(cast: Cast, day: date, version: int) -> None:
    rule(cast, Setting("spell", True, 2, 25), valid_from=SAT)
    assert rules_on(cast.county.pk, day).version == version


def test_each_change_is_a_row_and_the_last_one_counts(cast: Cast) -> None:
    rule(cast, Setting("spell", False, 1, 20))
    rule(cast, Setting("spell", True, 2, 25))
    rules = rules_on(cast.county.pk, FRI)
    assert (rules.rules[0].is_on, rules.rules[0].threshold, rules.rules[0].weight) == (True, 2, 25)
    assert RuleSetting.objects.count() == 2


def test_a_setting_is_noted_with_who_and_why(cast: Cast) -> None:
    row = rule(cast, Setting("spell", True, 2, 25))
    assert row.recorded_by == cast.post("county_desk")
    audit = AuditEvent.objects.get(verb="set_warning_rule")
    assert (audit.reason, audit.details["points"]) == ("县局会议议定", 25)


@pytest.mark.parametrize("role", ["registrar", "head_teacher", "supervisor", "administrator"])
def test_only_the_county_s_desk_sets_a_rule(cast: Cast, role: str) -> None:
    with pytest.raises(PermissionDenied):
        set_rule(
            doing(cast.viewer(role, FRI), origin_of(role, cast), now=at(FRI)),
            Setting("spell", True, 2, 25),
            FRI,
            "理由",
        )


@pytest.mark.parametrize(
    ("setting", "day", "reason", "words"),
    [
        (Setting("spell", True, 2, 25), THU, "理由", "不能早于今天"),
        (Setting("nothing", True, 2, 25), FRI, "理由", "没有这条规则"),
        (Setting("spell", True, 0, 25), FRI, "理由", "起点应为1至100"),
        (Setting("spell", True, 2, 101), FRI, "理由", "分值应为0至100"),
        (Setting(LINE, False, 30, 0), FRI, "理由", "不能停用"),
        (Setting("spell", True, 2, 25), FRI, " ", "请写明调整理由"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    cast: Cast, setting: Setting, day: date, reason: str, words: str
) -> None:
    viewer = cast.viewer("county_desk", FRI)
    with pytest.raises(Refused, match=words):
        set_rule(doing(viewer, origin_of("county_desk", cast), now=at(FRI)), setting, day, reason)


def test_the_rows_stand_for_ever(cast: Cast) -> None:
    rule(cast, Setting("spell", True, 2, 25))
    for statement in ("UPDATE watch_rulesetting SET weight = 1", "DELETE FROM watch_rulesetting"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_everybody_who_reads_warnings_reads_the_rules(cast: Cast, clock_on: Any) -> None:
    clock_on(FRI)
    words = page(client_of(cast.person("class_teacher")).get(reverse("watch:rules")))
    assert "近20个上课日无故缺勤" in words
    assert "现行为默认规则" in words
    assert "调整规则" not in words


def test_the_county_s_desk_sets_a_rule_on_the_page(cast: Cast, clock_on: Any) -> None:
    clock_on(FRI)
    client = client_of(cast.person("county_desk"))
    form = page(client.get(reverse("watch:set_rule"), {"rule": "spell"}))
    assert 'value="spell" selected' in form
    assert client.post(reverse("watch:set_rule"), TYPED).status_code == 302
    words = page(client.get(reverse("watch:rules")))
    assert "现行规则第1版" in words
    assert "county_desk甲" in words
    assert "县局会议议定" in words


def test_the_page_says_what_is_wrong(cast: Cast, clock_on: Any) -> None:
    clock_on(FRI)
    client = client_of(cast.person("county_desk"))
    answer = client.post(reverse("watch:set_rule"), {**TYPED, "valid_from": "2025-12-11"})
    assert "生效日期不能早于今天" in page(answer, 422)
    assert not RuleSetting.objects.exists()
