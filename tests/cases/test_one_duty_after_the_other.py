"""After an act the next duty of one's queue is one step away, and so is the list (ux 5.3)."""

from django.utils import timezone

from cases.models import URGENCY, Case, Deadline
from foundation.accounts.actions import shift_clock
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, a_case, at, call_roll, the_case
from tests.cast import Cast, make_child


def report(cast: Cast, case: Case) -> str:
    """The teacher's report by its form; returns where it leads."""
    sent = {
        "version": Case.objects.get(pk=case.pk).version,
        "occurred_on": OPENED,
        "last_seen_on": "2025-09-10",
        "contact_tried": "上午给家长打了两次电话，都无人接听",
        "cause": "02",
    }
    address = f"/cases/{case.number}/report/"
    answer = client_of(cast.person("class_teacher")).post(address, sent)
    assert answer.status_code == 302, page(answer, answer.status_code)
    return str(answer["Location"])


def test_the_next_duty_and_the_list_are_offered_after_an_act(cast, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    children = make_child(cast.here), make_child(cast.here, "李小红")
    for day in (FIRST_MISSED, OPENED):
        call_roll(cast, day, *children)
    first, second = map(the_case, children)
    told = page(client_of(cast.person("class_teacher")).get(report(cast, first)))
    assert f'href="/cases/{second.number}/report/" data-next' in told
    assert "李小红" in told
    assert "data-to-list" in told
    told = page(client_of(cast.person("class_teacher")).get(f"/cases/{second.number}/"))
    assert "data-to-list" not in told


def test_the_next_duty_is_offered_too_where_an_act_is_sent_or_opened_again(cast, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    children = make_child(cast.here), make_child(cast.here, "李小红")
    for day in (FIRST_MISSED, OPENED):
        call_roll(cast, day, *children)
    first, second = map(the_case, children)
    teacher, next_one = client_of(cast.person("class_teacher")), f"/cases/{second.number}/report/"
    report(cast, first)
    told = page(teacher.get(report(cast, first)))  # the same press once more
    assert f'href="{next_one}" data-next' in told
    told = page(teacher.get(f"/cases/{first.number}/report/"))
    assert "不用再办" in told
    assert f'href="{next_one}" data-next' in told


def test_all_is_done_only_where_this_case_owes_nothing_either(cast, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    case = a_case(cast, make_child(cast.here))
    done = report(cast, case)
    assert "您的应办事项都办完了" in page(client_of(cast.person("township_officer")).get(done))
    told = page(client_of(cast.person("registrar")).get(done))
    assert "您的应办事项都办完了" not in told
    owed = Deadline.objects.owed().filter(case=case).order_by(*URGENCY)[0]
    assert f"这一案还有<span>：{owed.duty.label}</span>" in told


def test_the_first_field_of_an_act_has_the_focus(cast, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    case = a_case(cast, make_child(cast.here))
    told = page(client_of(cast.person("class_teacher")).get(f"/cases/{case.number}/report/"))
    assert told.count("autofocus") == 1


def test_a_case_lists_its_keys(cast, settings) -> None:
    case = a_case(cast, make_child(cast.here))
    told = page(client_of(cast.person("class_teacher")).get(f"/cases/{case.number}/"))
    assert "办理后：下一件" in told
    assert "data-keys-help" in told
