"""The description of a paper that is printed: parts of paragraphs, tables and gaps (forms 3.1–3.3).

One description makes the print page, the PDF and the DOCX. It knows words and their places alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

JPEG = "data:image/jpeg;base64,"


class Style(StrEnum):
    """The place of a paragraph in an official paper, which gives its type, size and edge."""

    ORGAN = "organ"  # 发文机关
    TITLE = "title"
    NUMBER = "number"  # 发文字号
    ADDRESSEE = "addressee"  # 主送
    BODY = "body"
    HEADING = "heading"  # 一、
    SIGNED = "signed"  # 署名
    DATED = "dated"  # 成文日期
    NOTE = "note"  # 附注


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a line break in its text starts a new line without indent."""

    text: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table of texts: the first ``heads`` rows are its head, which every page repeats.

    ``widths`` are shares of the column's line, one a column; without them all are alike. A
    ``whole`` one stays on one page, as the lines for signatures do. Raises
    ``ValueError`` where rows differ in length or the widths do not fit them.
    """

    rows: tuple[tuple[str, ...], ...]
    heads: int = 0
    widths: tuple[float, ...] = ()
    whole: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        lengths = {len(row) for row in self.rows}
        if len(lengths) != 1 or 0 in lengths:
            raise ValueError("every row of a table has the same cells, one at least")
        if self.widths and (len(self.widths) != len(self.rows[0]) or min(self.widths) <= 0):
            raise ValueError("a table has one width above nought for every column")
        if not 0 <= self.heads <= len(self.rows):
            raise ValueError("the head of a table is some of its rows")

    @property
    def shares(self) -> tuple[float, ...]:
        """The widths of its columns in parts of the whole; together they are 1."""
        widths = self.widths or (1.0,) * len(self.rows[0])
        return tuple(width / sum(widths) for width in widths)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos set small, two a row, each with the words under it.

    A picture is a ``data:`` address of a JPEG: a paper opens no other address. Raises
    ``ValueError`` for another.
    """

    shown: tuple[tuple[str, str], ...]  # address, words

    def __post_init__(self) -> None:
        """Refuse what the press would not open."""
        if not all(address.startswith(JPEG) for address, _ in self.shown):
            raise ValueError("a picture of a paper stands in the paper itself")


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty lines of the body's height."""

    lines: int = 1


Block = Paragraph | PaperTable | Pictures | Gap


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a paper: 存根, 正文, 送达回证. ``small`` is set closer, for two on one page.

    A 成文日期 right after a 署名 is where the seal goes.
    """

    name: str
    blocks: tuple[Block, ...]
    small: bool = False

    @property
    def is_sealed(self) -> bool:
        """Whether it has a place for a seal."""
        styles = [block.style if isinstance(block, Paragraph) else None for block in self.blocks]
        return (Style.SIGNED, Style.DATED) in pairwise(styles)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: its parts in order, and what stands on all of them.

    ``number`` is repeated on the perforation between two parts, ``qr`` is the address of the
    public page, ``mark`` is printed across (作废; 草稿，未签发). ``on_one`` sets all parts on one
    page, closer and with narrower edges (T01). Raises ``ValueError`` where it has no parts.
    """

    parts: tuple[Part, ...]
    number: str = ""
    qr: str | None = None
    mark: str = ""
    landscape: bool = False
    on_one: bool = False

    def __post_init__(self) -> None:
        """Refuse a paper of nothing."""
        if not self.parts:
            raise ValueError("a paper has a part")
