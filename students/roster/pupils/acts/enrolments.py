"""Ends an enrolment, or reopens an ended one, in the same class or another."""

from datetime import date

from students.roster.models import Enrolment, SchoolClass


def end_enrolment(enrolment: Enrolment, day: date) -> Enrolment:
    """End the enrolment; ``day`` is its last day."""
    enrolment.ends_on = day
    enrolment.save(update_fields=["ends_on"])
    return enrolment


def reopen_enrolment(enrolment: Enrolment, school_class: SchoolClass | None = None) -> Enrolment:
    """Remove the end of the enrolment; with ``school_class`` it goes on in another class of the
    school.

    Raises IntegrityError when the child has a later enrolment.
    """
    enrolment.ends_on = None
    enrolment.school_class = school_class or enrolment.school_class
    enrolment.save(update_fields=["ends_on", "school_class"])
    return enrolment
