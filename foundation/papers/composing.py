"""From words and values to the description that is printed, and its frozen form.

The three parts of a served paper are 正本, 存根 and 送达回证 (forms 3.3), those of a letter that
asks for an answer 正本, 存根 and 回函 (T16): in this order the two small ones share a page. Frozen
is canonical JSON: the same paper gives the same bytes, so that its SHA-256 says whether it was
changed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from foundation.days import full_day_words
from foundation.papers.kinds import PaperKind
from foundation.papers.printing.sheets import (
    Block,
    Gap,
    PaperTable,
    Paragraph,
    Part,
    Pictures,
    Sheet,
    Style,
)
from foundation.papers.rules.merging import OnOne, PaperWords, fill, is_heading, texts_of

STUB, MAIN, RECEIPT, SLIP, ACKNOWLEDGED = "存根", "正本", "送达回证", "回函", "回执"
NOT_NUMBERED = "（签发后编号）"
_BLOCKS: dict[str, type[Any]] = {"p": Paragraph, "t": PaperTable, "i": Pictures, "g": Gap}
_NAMES = {made: name for name, made in _BLOCKS.items()}
_STUB_WIDTHS, _RECEIPT_WIDTHS = (1.0, 2.0, 1.0, 2.0), (2.0, 3.0)


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What the engine puts on a paper: who issues it, its number, who signed it and when.

    Before it is signed, number and signer are empty and there is no day.
    """

    organ: str
    number: str = ""
    signer: str = ""
    signed_on: date | None = None

    @property
    def values(self) -> dict[str, str]:
        """As merge fields (rules/merging.py, COMMON)."""
        day = full_day_words(self.signed_on) if self.signed_on else ""
        return {
            "发文机关": self.organ,
            "文号": self.number,
            "签发人": self.signer,
            "签发日期": day,
        }


def compose(
    kind: PaperKind, words: PaperWords, values: Mapping[str, Any], head: PaperHead
) -> Sheet:
    """The paper of a kind: the county's words with the values in place of the fields."""
    texts = texts_of(values) | head.values
    filled = words.filled(texts)
    if kind.on_one is not None:
        return _on_one(kind, kind.on_one, words, values, head)
    slip = kind.slip(texts)
    main = Part(MAIN if kind.is_served or slip else "", tuple(_main(kind, filled, values, head)))
    parts = [main]
    if kind.stub:
        parts.append(Part(STUB, tuple(_stub(kind, filled, texts)), small=True))
    if kind.is_served:
        parts.append(Part(RECEIPT, tuple(_receipt(kind, filled, texts)), small=True))
    if slip:
        parts.append(Part(SLIP, slip, small=True))
    return Sheet(tuple(parts), number=head.number, landscape=kind.landscape)


def _on_one(
    kind: PaperKind, around: OnOne, words: PaperWords, values: Mapping[str, Any], head: PaperHead
) -> Sheet:
    """存根, the text and 回执 on one page (T01). The text does not repeat who issues it above."""
    texts = texts_of(values) | head.values
    _, *main = _main(kind, words.filled(texts), values, head)
    parts = (
        Part(STUB, tuple(_slip(around.stub, texts, head)), small=True),
        Part(MAIN, tuple(main)),
        Part(ACKNOWLEDGED, tuple(_slip(around.receipt, texts, head)), small=True),
    )
    return Sheet(parts, number=head.number, on_one=True)


def _slip(words: str, texts: Mapping[str, str], head: PaperHead) -> Iterator[Block]:
    title, *lines = _lines(fill(words, texts))
    yield Paragraph(title, Style.TITLE)
    yield Paragraph(head.number or NOT_NUMBERED, Style.NUMBER)
    for line in lines:
        yield Paragraph(line, Style.ADDRESSEE)


def _main(
    kind: PaperKind, filled: PaperWords, values: Mapping[str, Any], head: PaperHead
) -> Iterator[Block]:
    yield Paragraph(head.organ, Style.ORGAN)
    yield Paragraph(filled.title, Style.TITLE)
    yield Paragraph(head.number or NOT_NUMBERED, Style.NUMBER)
    if filled.addressee.strip():
        yield Paragraph(filled.addressee.strip().rstrip("：:") + "：", Style.ADDRESSEE)
    for line in _lines(filled.body):
        yield Paragraph(line, Style.HEADING if is_heading(line) else Style.BODY)
    yield from kind.tables(values)
    yield Paragraph(head.organ, Style.SIGNED)
    yield Paragraph(head.values["签发日期"] or "（签发日期）", Style.DATED)
    for line in _lines(filled.note):
        yield Paragraph(line, Style.NOTE)


def _stub(kind: PaperKind, filled: PaperWords, texts: Mapping[str, str]) -> Iterator[Block]:
    """Two values a row, so that 存根 and 送达回证 fit on one page."""
    yield Paragraph(f"{_one_line(filled.title)}（存根）", Style.TITLE)
    names = ("文号", *kind.stub, "签发人", "签发日期")
    told = [*((name, texts.get(name, "")) for name in names), ("经办人", "")]
    told += [("", "")] * (len(told) % 2)
    rows = ((*left, *right) for left, right in zip(told[::2], told[1::2], strict=True))
    yield PaperTable(tuple(rows), widths=_STUB_WIDTHS)


def _receipt(kind: PaperKind, filled: PaperWords, texts: Mapping[str, str]) -> Iterator[Block]:
    """T04's six fields, and those of forms 3.3; what is served is written by hand."""
    yield Paragraph(RECEIPT, Style.TITLE)
    rows = (
        ("送达文书名称及文号", f"{_one_line(filled.title)} {texts.get('文号', '')}".strip()),
        ("受送达人", texts.get(kind.recipient, "")),
        ("送达地点", ""),
        ("送达方式", "□直接　□留置　□委托　□邮寄　□公告"),
        ("收件人签名或盖章及时间", "　　　　　　　　年　　月　　日　　时"),
        ("代收人及与受送达人关系", ""),
        ("拒收事由", ""),
        ("见证人签名", ""),
        ("送达人签名（两名）", ""),
        ("备注", ""),
    )
    yield PaperTable(rows, widths=_RECEIPT_WIDTHS)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _one_line(title: str) -> str:
    return "".join(_lines(title))


def frozen(sheet: Sheet) -> str:
    """The parts of a paper as canonical JSON, without the address and the mark across it."""
    parts = [
        {
            "name": part.name,
            "small": part.small,
            "blocks": [{"kind": _NAMES[type(one)], **asdict(one)} for one in part.blocks],
        }
        for part in sheet.parts
    ]
    told = {"number": sheet.number, "landscape": sheet.landscape, "parts": parts}
    if sheet.on_one:  # named where it is so alone: other papers keep the bytes that they have
        told["on_one"] = True
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str, qr: str | None = None, mark: str = "") -> Sheet:
    """The paper of its frozen form, with the address and the mark that it shows now."""
    told = json.loads(text)
    parts = tuple(
        Part(one["name"], tuple(map(_block, one["blocks"])), one["small"]) for one in told["parts"]
    )
    on_one = told.get("on_one", False)
    return Sheet(parts, told["number"], qr, mark, told["landscape"], on_one)


def _block(told: dict[str, Any]) -> Block:
    made = _BLOCKS[told.pop("kind")]
    if made is Paragraph:
        told["style"] = Style(told["style"])
    if made is PaperTable:
        told["rows"] = tuple(map(tuple, told["rows"]))
        told["widths"] = tuple(told["widths"])
    if made is Pictures:
        told["shown"] = tuple(map(tuple, told["shown"]))
    block: Block = made(**told)
    return block


def fingerprint(text: str) -> str:
    """The SHA-256 of a frozen paper, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
