"""Whether disuse seals an account."""

from django.utils import timezone

from foundation.accounts.models import Person


def seal_of(person: Person) -> str:
    """Whether the account is sealed after disuse, or soon will be, by the real clock."""
    real = timezone.localdate()
    if person.is_sealed_on(real):
        return "sealed"
    return "soon" if person.is_soon_sealed_on(real) else ""
