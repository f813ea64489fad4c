"""The county's emblem, for the walk over every address."""

import uuid

from foundation.files.models import Emblem
from tests.architecture.things import World
from tests.architecture.world import Args


def an_emblem(world: World, role: str, where: str) -> Args:
    """The picture that the county chose. Everybody sees it; one never chosen has no address."""
    desk = world.cast.post("county_desk")
    made = Emblem.objects.create(
        county=world.cast.county, token=uuid.uuid4(), image=b"jpeg", chosen_by=desk
    )
    return {"token": made.token}
