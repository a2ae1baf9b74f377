"""Writes a document as Word (.docx): real headings, lists and tables, with its language and title set."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from shared.documents.letters import NotMade, writable
from shared.documents.model import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Picture, Table
from shared.documents.pdf import as_image

FONT, QUIET, BLUE = "Arial", RGBColor(0x5E, 0x5E, 0x5E), RGBColor(0x00, 0x2D, 0x54)
WIDTH = Cm(17)  # between the margins of A4


def as_word(document: Document) -> bytes:
    """The document as Word. Raises NotMade when it cannot be made."""
    try:
        made, out = _made(document), BytesIO()
        made.save(out)
    except Exception as failure:
        raise NotMade(type(failure).__name__) from failure
    return out.getvalue()


def _made(document: Document) -> Any:
    made = docx.Document()
    _set_up(made, document)
    made.add_heading(writable(document.title), 0)
    for block in document.blocks:
        _add(made, block)
    return made


def _set_up(made: Any, document: Document) -> None:
    facts = made.core_properties
    facts.title, facts.language, facts.author, facts.comments = writable(document.title)[:255], "en-GB", "", ""
    facts.created = facts.modified = datetime.now(UTC).replace(tzinfo=None)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name in ("Title", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name, style.font.color.rgb = FONT, BLUE
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    made.styles["Title"].font.size = Pt(18)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _on_every_page(page, document)


def _on_every_page(page: Any, document: Document) -> None:
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    for paragraph in (head, foot):
        stops = paragraph.paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _run(head, document.about, size=8.5, color=QUIET)
    _run(head, f"\t{writable(document.mark)}", size=8.5, is_bold=True, is_clean=True)
    _run(foot, f"{document.printed} {document.readers}", size=8, color=QUIET)
    numbers = page.footer.add_paragraph()
    numbers.alignment = 2
    for text, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        _run(numbers, text, size=8, color=QUIET)
        counted = _element("w:fldSimple", instr=field)
        counted.append(_run(numbers, "1", size=8, color=QUIET)._r)
        numbers._p.append(counted)


def _add(made: Any, block: Block) -> None:
    if isinstance(block, Heading):
        made.add_heading(writable(block.text), block.level)
    elif isinstance(block, Paragraph):
        _line(made.add_paragraph(), block.line, **({"size": 9, "color": QUIET} if block.is_quiet else {}))
    elif isinstance(block, Facts):
        for name, value in block.pairs:
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            _line(paragraph, Line(value, label=name))
    elif isinstance(block, Bullets):
        for line in block.lines:
            _line(made.add_paragraph(style="List Bullet"), line)
    elif isinstance(block, Picture):
        drawn = made.add_picture(BytesIO(as_image(block)), width=WIDTH)
        drawn._inline.docPr.set("descr", writable(block.told))
    else:
        _table(made, block)


def _table(made: Any, block: Table) -> None:
    table = made.add_table(rows=1, cols=len(block.head), style="Table Grid")
    table.autofit = False
    widths = [int(WIDTH * width / sum(block.widths)) for width in block.widths]
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    _row(table.rows[0], block.head, widths, is_head=True)
    for row in block.rows:
        _row(table.add_row(), row, widths)
    made.add_paragraph()


def _row(row: Any, texts: tuple[str, ...], widths: list[int], *, is_head: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        _run(cell.paragraphs[0], text, size=9, is_bold=is_head)
        if is_head:
            cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="EBF2F8"))


def _line(paragraph: Any, line: Line, **look: Any) -> None:
    if line.label:
        _run(paragraph, f"{line.label}: ", is_bold=True, **look)
    run = _run(paragraph, line.text, **look)
    if line.address:
        run.font.underline = True
        to = paragraph.part.relate_to(line.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = _element("w:hyperlink")
        link.set(qn("r:id"), to)
        link.append(run._r)
        paragraph._p.append(link)


def _run(
    paragraph: Any, text: str, *, size: float = 0, color: Any = None, is_bold: bool = False, is_clean: bool = False
) -> Any:
    run = paragraph.add_run(text if is_clean else writable(text))
    run.bold = is_bold or None
    if size:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    return run


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
