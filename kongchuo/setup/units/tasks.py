"""The periodic task of the units: carries out the orders whose day has come."""

from celery import shared_task

from foundation import clock
from kongchuo.setup.units.carrying import carry_out_due


@shared_task(name="kongchuo.setup.units.tasks.carry_out")
def carry_out() -> None:
    """Every few minutes (kongchuo/celery.py)."""
    carry_out_due(clock.today(), clock.now())
