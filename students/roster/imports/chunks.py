"""Packs checked rows into sealed chunks of a batch, and unpacks them."""

import base64
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from students.roster.imports.reading.pupil_row import PupilRow
from students.roster.models import ImportBatch, ImportChunk, ImportRow

Numbered = tuple[int, dict[str, Any]]  # row number, what is kept of the row


def payload_of(row: PupilRow) -> dict[str, Any]:
    """Return what has to be kept of a checked row to compare and write it again."""
    return {
        "values": row.values,
        "school": row.school_id,
        "class": row.school_class,
        "label": row.class_label,
    }


def row_from(number: int, payload: dict[str, Any]) -> PupilRow:
    """Return the kept row, without its problems: they are in its import row."""
    place = payload["class"]
    return PupilRow(
        number,
        payload["values"],
        payload["school"],
        (place[0], place[1], place[2]) if place else None,
        payload["label"],
    )


def row_of(stored: ImportRow) -> PupilRow:
    """Return the row of an import row, with its problems."""
    if stored.payload_sealed:
        payload = orjson.loads(stored.payload)
    else:
        chunks = stored.batch.chunks.filter(kind=ImportChunk.READ, last_row__gte=stored.row_no)
        chunks = chunks.exclude(content_sealed="")
        payload = dict(unpacked(chunks[:1]))[stored.row_no or 0]
    row = row_from(stored.row_no or 0, payload)
    row.problems = list(stored.problems)
    return row


def rows_of(batch: ImportBatch) -> list[PupilRow]:
    """Return every checked row of a batch by row number; a person's corrections count."""
    rows = {
        number: row_from(number, payload)
        for number, payload in unpacked(batch.chunks.filter(kind=ImportChunk.READ).iterator(20))
    }
    changed = batch.rows.exclude(payload_sealed="").only("uuid", "row_no", "payload_sealed")
    for stored in changed.iterator():
        number = stored.row_no or 0
        rows[number] = row_from(number, orjson.loads(stored.payload))
    return [rows[number] for number in sorted(rows)]


class Packer:
    """Packs rows into sealed chunks as they come."""

    def __init__(self, batch: ImportBatch, kind: str) -> None:
        self._batch, self._kind = batch, kind
        self._chunks: list[ImportChunk] = []
        self._some: list[Numbered] = []

    def add(self, number: int, payload: dict[str, Any]) -> None:
        self._some.append((number, payload))
        if len(self._some) == ImportChunk.ROWS:
            self._seal()

    def chunks(self) -> list[ImportChunk]:
        """Return everything added, unsaved, in the order of the rows."""
        if self._some:
            self._seal()
        return self._chunks

    def _seal(self) -> None:
        self._chunks.append(chunk_of(self._batch, self._kind, len(self._chunks), self._some))
        self._some = []


def chunk_of(
    batch: ImportBatch, kind: str, position: int, items: Sequence[Numbered]
) -> ImportChunk:
    """Seal some rows as one chunk with one call of the cipher."""
    words = orjson.dumps(items, default=str, option=orjson.OPT_NON_STR_KEYS)
    chunk = ImportChunk(batch=batch, kind=kind, position=position, last_row=items[-1][0])
    chunk.content = base64.b64encode(zlib.compress(words, 1)).decode()
    return chunk


def unpacked(chunks: Iterable[ImportChunk]) -> Iterator[Numbered]:
    """Yield the rows of some chunks; a chunk that was emptied yields none."""
    for chunk in chunks:
        if chunk.content_sealed:
            words = zlib.decompress(base64.b64decode(chunk.content))
            yield from ((number, payload) for number, payload in orjson.loads(words))
