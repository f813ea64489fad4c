"""What python-docx has no words for: fonts of all four slots, fields, shapes behind the text.

WPS and Word take a font of their own for Chinese unless each slot is set, and draw quotation marks
narrow unless the run says that it is East Asian (forms 3.4).
"""

import re
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SLOTS = ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs")
AFTER_AUTO_SPACE = (
    *("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
    "w:pPrChange",
)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
BEHIND = "position:absolute;z-index:-251658240;mso-position-horizontal-relative:margin"
# The shape 136 of Office: words as a picture (WordArt).
WORD_ART = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    "</v:shapetype>"
)


def write(paragraph: Paragraph, text: str, face: str, size: float, spacing: float = 0) -> Run:
    """Adds a run of a face; ``size`` and ``spacing`` between signs are points."""
    run = paragraph.add_run(UNWRITABLE.sub("", text))
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    dress(properties, face)
    if spacing:
        space = OxmlElement("w:spacing")
        space.set(qn("w:val"), str(round(spacing * 20)))
        properties.append(space)
    return run


def dress(properties: Any, face: str) -> None:
    """Sets one face in all four slots of a run or style, as the print page has."""
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
    for slot in SLOTS:
        fonts.set(qn(slot), face)


def lines(paragraph: Paragraph, points: float) -> None:
    """Sets lines of an exact height, and no gap between Chinese signs and figures."""
    properties = paragraph._p.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, *AFTER_AUTO_SPACE)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def page_number(paragraph: Paragraph, face: str, size: float) -> None:
    """``— 1 —``, counted by the program that opens the file."""
    write(paragraph, "— ", face, size)
    run = write(paragraph, "", face, size)
    for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)
    write(paragraph, " —", face, size)


def mark(paragraph: Paragraph, words: str, face: str) -> None:
    """Words across the page, behind its text; the paragraph stands in the head of a page."""
    words = UNWRITABLE.sub("", words)
    style = (
        f"{BEHIND};width:{60 * len(words)}pt;height:60pt;rotation:325;"
        "mso-position-horizontal:center;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    font = f"font-family:{face};font-size:1pt"
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:pict {SPACES}>{WORD_ART}<v:shape type="#_x0000_t136" style="{style}" '
            f'fillcolor="silver" stroked="f"><v:fill opacity=".5"/>'
            f"<v:textpath style={quoteattr(font)} string={quoteattr(words)}/></v:shape></w:pict>"
        )
    )


def shape(
    anchor: Paragraph, name: str, left: float, top: float, size: tuple[float, float]
) -> Paragraph:
    """Puts an empty shape (``oval``, ``rect``) behind the text; gives the paragraph in it.

    ``left`` is points from the margin, ``top`` from the anchor.
    """
    place = f"margin-left:{left:.1f}pt;margin-top:{top:.1f}pt;mso-position-vertical-relative:text"
    style = f"{BEHIND};{place}"
    stroke = 'strokecolor="gray" strokeweight=".75pt"' if name == "oval" else 'stroked="f"'
    drawn = parse_xml(
        f'<w:pict {SPACES}><v:{name} style="{style};width:{size[0]:.1f}pt;height:{size[1]:.1f}pt" '
        f'filled="f" {stroke}><v:stroke dashstyle="1 1"/>'
        '<v:textbox inset="0,0,0,0"><w:txbxContent><w:p/></w:txbxContent></v:textbox>'
        f"</v:{name}></w:pict>"
    )
    anchor.add_run()._r.append(drawn)
    return Paragraph(next(drawn.iter(qn("w:p"))), anchor._parent)
