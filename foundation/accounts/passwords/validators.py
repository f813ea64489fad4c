"""Asks the rules of a chosen password, with what is known of the person."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from foundation.accounts.models import Person, Post
from foundation.accounts.passwords.strength import COMMON, HELP, WEAK, OwnWords, refusals


class PasswordRules:
    """Django's validator of passwords: our rules, and Django's list of common passwords."""

    def __init__(self) -> None:
        self._common = CommonPasswordValidator()

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with every reason."""
        words = refusals(password, words_of(user))
        if words in ([], [WEAK]) and self._is_common(password):
            words = [COMMON]
        if words:
            raise ValidationError(words)

    def _is_common(self, password: str) -> bool:
        try:
            self._common.validate(password)
        except ValidationError:
            return True
        return False

    def get_help_text(self) -> str:
        return HELP


def words_of(person: Any) -> OwnWords:
    """Name and account, and the names of every unit of the person's posts and of its county."""
    if not isinstance(person, Person) or not person.pk:
        return OwnWords()
    posts = Post.objects.filter(person=person).values_list(
        "unit__name", "unit__short_name", "unit__region__name", "unit__county__region__name"
    )
    places = {name for row in posts for name in row if name}
    return OwnWords(person.name, person.username, tuple(sorted(places)))
