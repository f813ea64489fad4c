"""The field of a form in which the reason of an act is typed."""

from typing import Any

from django import forms

from foundation.pages.substance import SHORT, is_hollow

ASKED_AGAIN = "“{said}”没有说明情况，请写明具体的依据或经过。"


def complaint_about_reason(words: str, least: int = SHORT) -> str:
    """Why a reason is asked for again, in Chinese; empty where it says something.

    ``least`` is the number of characters that say something (foundation/pages/substance.py).
    """
    if not is_hollow(words, least):
        return ""
    said = ASKED_AGAIN.format(said=words.strip()[:20])
    return said if least <= SHORT else f"{said[:-1]}（不少于{least}个字）。"


class ReasonField(forms.CharField):
    """Words that say something: 无 or 同意 is asked for again.

    ``least`` is the number of characters that say something here.
    """

    def __init__(self, *, least: int = SHORT, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least

    def clean(self, value: Any) -> str:
        """The words; raises ValidationError in Chinese where they have no substance."""
        words: str = super().clean(value)
        if words and (complaint := complaint_about_reason(words, self.least)):
            raise forms.ValidationError(complaint)
        return words
