"""Checks the 勾稽关系 of a return on its rows. Uses integers, keeps every failure in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reporting.figures.indicators import BY_CODE
from reporting.returns.sheets.definition import Check

Row = Mapping[str, Any]
Blocks = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: how many pairs were compared, and each pair that fails, in words."""

    label: str
    compared: int
    failures: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Whether every pair holds."""
        return not self.failures


def check_all(checks: Iterable[Check], blocks: Blocks) -> list[Checked]:
    """Run all checks on the blocks of a return, in order."""
    return [_checked(check, blocks) for check in checks]


def _checked(check: Check, blocks: Blocks) -> Checked:
    compared, failures = 0, []
    for name, left, right in _pairs(check, blocks):
        compared += 1
        if left > right or (left < right and not check.at_most):
            failures.append(f"{name}{left}{'＞' if left > right else '＜'}{right}")
    return Checked(check.label, compared, tuple(failures))


def _pairs(check: Check, blocks: Blocks) -> Iterator[tuple[str, int, int]]:
    for field in check.over:
        left, right = _spelt(check.left, field), _spelt(check.right, field)
        if not check.each_row:
            yield _figure(field), _summed(left, blocks), _summed(right, blocks)
            continue
        for row in blocks[_block_of(left[0])]:
            yield _name(row), _in_row(left, row), _in_row(right, row)


def _figure(field: str) -> str:
    return f"{BY_CODE[field].label}：" if field in BY_CODE else ""


def _spelt(terms: tuple[str, ...], field: str) -> tuple[str, ...]:
    return tuple(term.replace("*", field) for term in terms)


def _block_of(term: str) -> str:
    return term.lstrip("-").split(".")[0]


def _in_row(terms: tuple[str, ...], row: Row) -> int:
    return sum(_signed(term, row[term.split(".")[1]]) for term in terms)


def _summed(terms: tuple[str, ...], blocks: Blocks) -> int:
    return sum(_signed(term, _total(term.lstrip("-"), blocks)) for term in terms)


def _total(term: str, blocks: Blocks) -> int:
    if term.startswith("#"):
        return len(blocks[term[1:]])
    block, field = term.split(".")
    return sum(row[field] for row in blocks[block])


def _signed(term: str, value: int) -> int:
    return -value if term.startswith("-") else value


def _name(row: Row) -> str:
    parts = (row.get("school") or row.get("township"), row.get("stage"))
    return "".join(str(part) for part in parts if part) + "："
