"""What a form finds wrong is said in our own words, not in the library's."""

import re

import pytest
from django import forms
from django.forms import Field
from django.urls import reverse

from cases.pages.forms import ActForm
from cases.policy import RULES, Act
from foundation.accounts.people.forms import NewPasswordForm
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import SOME_DAY

# Words of programmers that Django's own messages use in Chinese.
PROGRAMMER = re.compile("变量|字符|字段|有效|可用的选项|主键|输入一个")


def words_of(field: Field, value: object) -> str:
    with pytest.raises(forms.ValidationError) as wrong:
        field.clean(value)
    return "".join(wrong.value.messages)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(max_length=1000), "字" * 2500, "最多1000个字，现在有2500个，请删短。"),
        (forms.CharField(min_length=4), "字", "至少4个字，现在只有1个。"),
        (forms.ChoiceField(choices=[("1", "一")]), "ZZ", "请在列出的选项中选择。"),
        (forms.TypedChoiceField(choices=[("1", "一")]), "ZZ", "请在列出的选项中选择。"),
        (forms.MultipleChoiceField(choices=[("1", "一")]), ["ZZ"], "请在列出的选项中选择。"),
        (forms.CharField(), "", "请填写这一项。"),
        (forms.BooleanField(), "", "请勾选这一项。"),
        (forms.DateField(), "昨天", "请填写日期，如2026-09-01。"),
        (forms.IntegerField(), "三", "请填写整数。"),
        (forms.IntegerField(max_value=3), 4, "不能大于3。"),
        (forms.CharField(), "字\0", "含有不能保存的字，请删去后重填。"),
    ],
)
def test_every_field_says_what_to_do(field: Field, value: object, words: str) -> None:
    assert words_of(field, value) == words


def test_an_act_says_it_too() -> None:
    data = {"version": "1", "occurred_on": "2025-09-01", "cause": "ZZ", "contact_tried": "字" * 400}
    form = ActForm(RULES[Act.REPORT], SOME_DAY, data=data)
    told = " ".join(str(errors) for errors in form.errors.values())
    assert "请在列出的选项中选择。" in told
    assert "最多300个字，现在有400个，请删短。" in told
    assert not PROGRAMMER.search(told)


def test_no_kind_of_field_speaks_like_a_programmer() -> None:
    kinds = {one for one in vars(forms).values() if isinstance(one, type)}
    told = {
        f"{kind.__name__}: {words}"
        for kind in kinds
        if issubclass(kind, forms.Field) and kind.__module__ == "django.forms.fields"
        for words in vars(kind).get("default_error_messages", {}).values()
        if kind.__name__ in USED
    }
    assert not {words for words in told if PROGRAMMER.search(words.split(": ", 1)[1])}


USED = [
    "Field",
    "CharField",
    "IntegerField",
    "DateField",
    "TimeField",
    "ChoiceField",
    "TypedChoiceField",
    "MultipleChoiceField",
    "BooleanField",
    "FileField",
]


def test_a_new_password_is_asked_for_in_words_that_make_sense(cast: Cast) -> None:
    assert NewPasswordForm.ASKED["password2"] == "请把新密码再输一次。"
    client = client_of(with_password(cast.person("registrar")))
    words = page(client.post(reverse("account_change_password"), {}), 200)
    assert "请把新密码再输一次。" in words
    assert "请填写再输一次新密码" not in words


def test_the_state_of_the_system_is_told_without_words_for_monitors(cast: Cast) -> None:
    words = page(client_of(cast.person("administrator")).get("/status/"))
    assert "密钥文件" in words
    for one in ("(database)", "(keyring)", "(queue)", "(away)"):
        assert one not in words
