"""Acts on what a county writes about its papers: texts, and the words of numbers.

A row is in force from a day on, today at the earliest. What is not in force yet is corrected or
withdrawn by a row for the same day; what is in force is followed by a later one. A paper signed
before keeps its text (design 4, Papers).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from foundation.papers.kinds import KINDS, PaperKind
from foundation.papers.models import NumberWord, PaperText
from foundation.papers.reading import organ_on, series_on, words_on
from foundation.papers.rules.merging import PaperWords, problems_of
from foundation.papers.rules.numbers import problem_with_word

FARTHEST = timedelta(days=730)  # a text is written at most so long before it comes into force


@dataclass(frozen=True, slots=True)
class Ground:
    """From which day a row is in force, by which document of the county, and why."""

    valid_from: date
    source: str
    reason: str


def write_text(
    doer: Doer, county: Unit, kind: PaperKind, words: PaperWords, ground: Ground
) -> PaperText:
    """Write the county's text of a kind from a day on.

    Raises PermissionDenied, and Refused in Chinese: unknown and missing fields are named.
    """

    def check() -> None:
        if problems := problems_of(words, kind.text_fields):
            raise Refused(" ".join(problems))
        if words_on(county.pk, kind, ground.valid_from) == words:
            raise Refused("文本与那一天已经登记的相同，没有变更。")

    told = {
        "title": words.title,
        "addressee": words.addressee,
        "body": words.body,
        "note": words.note,
    }
    row: PaperText = _write(doer, county, PaperText, {"kind": kind.code}, told, ground, check)
    return row


def write_series(
    doer: Doer, county: Unit, kind: PaperKind, word: str, ground: Ground
) -> NumberWord:
    """Set the 文种代字 of a kind from a day on. Raises PermissionDenied, and Refused in Chinese."""

    def check() -> None:
        _check_word(word, series_on(county.pk, kind, ground.valid_from))
        others = [one for one in KINDS.values() if one.code != kind.code]
        for other in others:
            if series_on(county.pk, other, ground.valid_from) == word:
                raise Refused(f"“{word}”已经是{other.title}的代字，两类文书的文号会相同。")

    same = {"unit": None, "kind": kind.code}
    row: NumberWord = _write(doer, county, NumberWord, same, {"word": word}, ground, check)
    return row


def write_organ(doer: Doer, county: Unit, unit: Unit, word: str, ground: Ground) -> NumberWord:
    """Set the 机关代字 of a unit from a day on. Raises PermissionDenied, and Refused in Chinese."""

    def check() -> None:
        if county.pk not in (unit.pk, unit.county_id):
            raise Refused("这个单位不属于本县。")
        _check_word(word, organ_on(unit, ground.valid_from))
        rows = NumberWord.objects.filter(county=county, word=word, unit__isnull=False)
        for row in rows.exclude(unit=unit).select_related("unit"):
            if row.unit is not None and organ_on(row.unit, ground.valid_from) == word:
                raise Refused(f"“{word}”已经是{row.unit}的代字，两个单位的文号会相同。")

    same = {"unit": unit, "kind": ""}
    row: NumberWord = _write(doer, county, NumberWord, same, {"word": word}, ground, check)
    return row


def withdraw(doer: Doer, row: PaperText | NumberWord, reason: str) -> None:
    """Take back what is not in force yet; what was in force before stays so."""
    is_text = isinstance(row, PaperText)
    same = {"kind": row.kind} if is_text else {"unit": row.unit, "kind": row.kind}  # type: ignore[union-attr]
    names = ("title", "addressee", "body", "note") if is_text else ("word",)
    told = {name: getattr(row, name) for name in names} | {"is_withdrawn": True}

    def check() -> None:
        if row.valid_from <= doer.today:
            raise Refused("已经生效，不能撤回；要改的，请登记新的文本或代字。")
        rows = type(row).objects.filter(county=row.county, valid_from=row.valid_from, **same)
        if row not in rows.standing():
            raise Refused("已经更正或撤回。")

    ground = Ground(row.valid_from, row.source, reason)
    _write(doer, row.county, type(row), same, told, ground, check)


def _check_word(word: str, before: str) -> None:
    if problem := problem_with_word(word):
        raise Refused(problem)
    if word == before:
        raise Refused("代字与那一天已经登记的相同，没有变更。")


def _check_ground(ground: Ground, today: date) -> None:
    if not ground.source.strip():
        raise Refused("请填写来源文件和文号。")
    if not ground.reason.strip():
        raise Refused("请填写原因。")
    if ground.valid_from < today:
        raise Refused(f"生效日期不能早于今天（{full_day_words(today)}）：已经签发的文书不再改动。")
    if ground.valid_from > today + FARTHEST:
        raise Refused("生效日期最多提前两年登记，请核对。")


@transaction.atomic
def _write(
    doer: Doer,
    county: Unit,
    model: Any,
    same: dict[str, Any],
    told: dict[str, Any],
    ground: Ground,
    check: Callable[[], None],
) -> Any:
    """Add the row, as the next revision of its day. Two entries of a county take turns."""
    post_with(doer.viewer, Right.SET_PAPER_TEXTS, fits=lambda post: post.county_id == county.pk)
    _check_ground(ground, doer.today)
    Unit.objects.select_for_update(no_key=True).get(pk=county.pk)
    check()
    rows = model.objects.filter(county=county, valid_from=ground.valid_from, **same)
    row = model.objects.create(
        county=county,
        valid_from=ground.valid_from,
        source=ground.source.strip(),
        reason=ground.reason.strip(),
        revision=rows.count() + 1,
        recorded_by_id=doer.viewer.person_id,
        recorded_at=doer.now,
        **same,
        **told,
    )
    kind = "paper_text" if model is PaperText else "number_word"
    details = {"kind": row.kind, "valid_from": str(ground.valid_from)}
    audit.record(doer.origin, f"set_{kind}", kind, row.pk, reason=row.reason, details=details)
    return row
