"""The parts of a sheet's definition, which renders workbook, screen and print (forms 1.2).

A sheet has a title, lines of information, one or more blocks (a header tree over leaf columns, with
rows and totals), a footer for signatures, and notes. Checks (勾稽关系) are data too.
"""

from dataclasses import dataclass

from foundation.workbooks.definition import Block


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """One sheet of a workbook. ``{place}`` and ``{period}`` in title and texts are filled in."""

    number: str
    name: str
    title: str
    blocks: tuple[Block, ...]
    unit: str = "人"
    notes: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()  # if the blocks share columns by their spans
    freeze_columns: int = 0
    names_children: bool = False
    is_signed: bool = True
    fits_one_page: bool = False

    @property
    def label(self) -> str:
        """Its name without the number, which only the forms' own list of sheets explains."""
        return self.name.removeprefix(f"{self.number} ")

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths of the sheet's columns in characters."""
        return self.widths or self.blocks[0].widths


@dataclass(frozen=True, slots=True)
class Check:
    """勾稽关系: the left side equals the right side, or does not exceed it.

    A term is ``block.field``, with a minus before it if it is subtracted. ``#block`` is the number
    of the block's rows. ``block.*`` stands for each field of ``over`` in turn. With ``each_row``
    the check holds in every row of its one block, otherwise between sums.
    """

    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    each_row: bool = False
    at_most: bool = False
    over: tuple[str, ...] = ("",)
