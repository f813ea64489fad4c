"""What several acts share: conditions, rows and buttons."""

from datetime import date

from cases.actions.moves import unit_of
from cases.acts.shape import Attempt, Guard, Offered, Trace
from cases.models import Dispatch
from cases.policy import Act, Level, NotAllowed


def not_before(attempt: Attempt, day: date, what: str) -> None:
    """Raise NotAllowed when the act is dated before what it follows."""
    if attempt.day < day:
        raise NotAllowed(f"日期不能早于{what}（{day:%Y-%m-%d}），请核对。")


def sent_once(act: Act, words: str) -> Guard:
    """The guard of what is sent to another unit a single time."""

    def guard(attempt: Attempt) -> None:
        if attempt.case.dispatches.filter(kind=act).exists():
            raise NotAllowed(words)

    return guard


def until_done(act: Act) -> Offered:
    """The button of what is done a single time."""
    return lambda situation: act not in situation.done


def note_cause(trace: Trace) -> None:
    """Put cause and whereabouts of the evidence on the case; the caller saves it."""
    for name in ("cause", "whereabouts"):
        if trace.data.get(name):
            setattr(trace.case, name, trace.data[name])


def dispatch(trace: Trace, levels: tuple[Level, ...]) -> None:
    """Send the act's paper to the case's unit of each level; each signs for its own."""
    for level in levels:
        Dispatch.objects.create(
            case=trace.case,
            event=trace.event,
            kind=trace.event.act,
            to_unit=unit_of(trace.case, level),
            to_level=level,
            sent_on=trace.day,
        )
