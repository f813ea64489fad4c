"""Makers of the addresses of numbered papers (world.py)."""

from tests.architecture.things import MISSING, NEVER, World
from tests.architecture.world import Args, a_child


def a_numbered_paper(world: World, role: str, where: str) -> Args:
    """A paper of the side's township, waiting for its signature."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].paper.pk}


def a_paper_to_return(world: World, role: str, where: str) -> Args:
    """The form in which it is sent back."""
    return {**a_numbered_paper(world, role, where), "act": "return"}


def a_list_of_papers(world: World, role: str, where: str) -> Args:
    """The list in which the side's notice waits for its signature."""
    return {"pk": NEVER if where == MISSING else world.at(where)[1].entry.notice.paper.batch_id}


def a_list_to_drop(world: World, role: str, where: str) -> Args:
    """The form in which it would be given up."""
    return {**a_list_of_papers(world, role, where), "act": "drop"}


def a_kind_of_paper(world: World, role: str, where: str) -> Args:
    """A kind of papers, the same for both sides."""
    return {"kind": "never" if where == MISSING else "note"}


def a_row_never_written(world: World, role: str, where: str) -> Args:
    """What the county has not written yet."""
    return {"pk": NEVER}


def a_receipt(world: World, role: str, where: str) -> Args:
    """A photo of its receipt, which it has not got yet."""
    return {**a_numbered_paper(world, role, where), "proof": NEVER}


def a_signed_sheet(world: World, role: str, where: str) -> Args:
    """A page of the signed sheet, which it has not got yet."""
    return {**a_numbered_paper(world, role, where), "scan": NEVER}


def a_token(world: World, role: str, where: str) -> Args:
    """The token of a QR code that no paper bears."""
    return {"token": "neverprinted"}


def a_suspension_of(world: World, role: str, where: str) -> Args:
    """A pupil and a kind of change that has an application form (T09)."""
    return {**a_child(world, role, where), "code": "suspension"}
