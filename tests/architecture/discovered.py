"""Makers of the addresses of 发现报告 (world.py)."""

from datetime import datetime, time

from cases.models import DiscoveryReport
from tests.architecture.things import MISSING, NEVER, SIBLING, TODAY, World
from tests.architecture.world import Args
from tests.doers import CHINA


def a_report(world: World, role: str, where: str) -> Args:
    """A report by the role's own unit, or by the next township's school."""
    if where == MISSING:
        return {"pk": NEVER}
    post = world.at(where)[0].people["registrar" if where == SIBLING else role]
    found = DiscoveryReport.objects.filter(post=post).first()
    if found is None:
        found = DiscoveryReport(
            post=post,
            county=world.cast.county,
            unit=post.unit,
            way="own",
            found_on=TODAY,
            recorded_on=TODAY,
            recorded_at=datetime.combine(TODAY, time(9), CHINA),
        )
        found.told = '{"text": "在家务农，没有上学。"}'
        found.save()
    return {"pk": found.pk}
