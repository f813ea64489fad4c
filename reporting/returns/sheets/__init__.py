"""The sheets of each return, one definition a sheet."""

from reporting.returns.sheets.definition import ReturnSheet
from reporting.returns.sheets.lists import BACK, NOT_BACK
from reporting.returns.sheets.method import METHOD
from reporting.returns.sheets.statistics import BY_SCHOOL, BY_TOWNSHIP
from reporting.returns.sheets.summary import SUMMARY

F16: tuple[ReturnSheet, ...] = (SUMMARY, BY_SCHOOL, BY_TOWNSHIP, NOT_BACK, BACK, METHOD)


def sheet_of(number: str) -> ReturnSheet | None:
    """The sheet of F16 with the number, or None."""
    return next((sheet for sheet in F16 if sheet.number == number), None)
