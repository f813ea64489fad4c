"""A county that is being opened: what the walk over every address finds of it."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.actions import grant_post
from foundation.accounts.models import Person, Post
from kongchuo.setup.opening.acts.addresses import digest_of
from kongchuo.setup.opening.models import CountyOpening, OpeningAddress, OpeningBook
from tests.cast import Cast

SECRET = "the-secret-of-the-walk"
TODAY = date(2025, 9, 12)


def make_address() -> str:
    """The secret of an address that was made just now."""
    OpeningAddress.objects.get_or_create(
        digest=digest_of(SECRET), defaults={"made_at": timezone.now()}
    )
    return SECRET


def make_book(cast: Cast) -> OpeningBook:
    """An opening workbook that waits, of a county that is being opened."""
    return OpeningBook.objects.create(
        county=cast.county,
        name="开通工作簿.xlsx",
        sheets=[],
        uploaded_by=cast.post("security_officer"),
        uploaded_at=timezone.now(),
    )


def make_opening(cast: Cast) -> CountyOpening:
    """The opening of the cast's county, under way."""
    return CountyOpening.objects.create(
        county=cast.county,
        first=cast.person("security_officer"),
        second=cast.person("supervisor"),
        begun_at=timezone.now(),
    )


def make_sleeping_post(cast: Cast) -> Post:
    """A post of the county that waits for the second person."""
    person = Person.objects.create_person(f"asleep{uuid4().hex[:8]}", "郑待认")
    return grant_post(person, "county_desk", cast.county, TODAY, None, asleep=True)
