"""Ending a enrolment, opening it again, and moving it to another class."""

from datetime import date

from students.roster.models import Enrolment, SchoolClass


def end_enrolment(enrolment: Enrolment, day: date) -> Enrolment:
    """The child leaves the class, ``day`` being the last day there."""
    enrolment.ends_on = day
    enrolment.save(update_fields=["ends_on"])
    return enrolment


def reopen_enrolment(enrolment: Enrolment, school_class: SchoolClass | None = None) -> Enrolment:
    """The enrolment goes on as if it had not ended; in another class of the school where one is given.

    The database refuses it when the child has a later enrolment.
    """
    enrolment.ends_on = None
    enrolment.school_class = school_class or enrolment.school_class
    enrolment.save(update_fields=["ends_on", "school_class"])
    return enrolment
