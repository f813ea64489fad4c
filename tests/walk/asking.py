"""What can be asked with a form that uses GET: the form as it stands, then one field otherwise."""

from collections.abc import Iterator
from urllib.parse import urlencode

from tests.walk.page import Control, Form

OPTIONS = 2  # other answers that are tried of each field
WORD = "李"  # sought in every empty field for words
WORDS = ("text", "search")


def questions(form: Form) -> Iterator[tuple[str, str]]:
    """(field that is answered otherwise, query); first the form as it stands."""
    usual = [(one.name, one.value) for one in form.controls if one.value is not None]
    yield "", urlencode(usual)
    for one in form.controls:
        for answer in _answers(one)[:OPTIONS]:
            kept = [(name, value) for name, value in usual if name != one.name]
            yield one.name, urlencode([*kept, (one.name, answer)])


def _answers(control: Control) -> list[str]:
    if control.kind in WORDS and not control.value:
        return [WORD]
    return [other for other in control.others if other]
