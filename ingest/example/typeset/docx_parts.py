"""Parts of a Word file its library has no call for: styles, fields and footnotes."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from ingest.example.typeset.inline import Run, runs
from ingest.example.typeset.source import Document
from ingest.example.typeset.words import words

_FACES = {"serif": "Liberation Serif", "sans": "Liberation Sans"}
_ACCENT = RGBColor(0x26, 0x56, 0x6B)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
# Ids 0 and 1 are the two separators that the format requires.
_FIRST_NOTE_ID = 2


def set_styles(word: WordDocument, document: Document) -> None:
    """Face, size, language and colours; styles the default template lacks are added."""
    face, size = _FACES[document.layout.font], document.layout.size
    _set_face(word, "Normal", face, size)
    normal = word.styles["Normal"]
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), document.language)
    normal.element.get_or_add_rPr().append(language)
    for name, scale in (("Title", 2.4), ("Heading 1", 1.5), ("Heading 2", 1.2), ("Heading 3", 1.0)):
        _set_face(word, name, face, round(size * scale, 1))
        word.styles[name].font.color.rgb = _ACCENT
    _set_face(word, "Caption", face, size - 1)
    for name, scale in (("Table Text", 0.9), ("TOC 1", 1.0), ("TOC 2", 1.0), ("Footnote", 0.8)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(round(size * scale, 1))
        style.paragraph_format.space_after = Pt(2)
    word.styles["TOC 2"].paragraph_format.left_indent = Cm(0.6)


def set_running_matter(word: WordDocument, document: Document) -> None:
    """Running head, and running foot with the page number at the right."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.different_first_page_header_footer = document.has_cover_page
    section.header.paragraphs[0].text = document.running_head
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.2), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{document.running_foot}\t{words(document.language).page} ")
    page = foot.add_run("1")
    add_field(foot, "PAGE", around=[foot], first=page._r)


def add_field(
    start: WordParagraph,
    code: str,
    *,
    around: Sequence[WordParagraph],
    first: BaseOxmlElement | None = None,
) -> None:
    """Make a field of what stands in `around`, from run `first` or the beginning of `start`."""
    place = first if first is not None else start.runs[0]._r
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for content in (_field_mark("begin"), instruction, _field_mark("separate")):
        place.addprevious(_run_of(content))
    around[-1]._p.append(_run_of(_field_mark("end")))


def note_mark(paragraph: WordParagraph, number: int) -> None:
    """A raised reference to a footnote."""
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number - 1 + _FIRST_NOTE_ID))
    run._r.append(reference)


def add_notes(word: WordDocument, notes: Sequence[str]) -> None:
    """The footnotes part, where the document has footnotes."""
    if not notes:
        return
    root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
    for number, kind in enumerate(("separator", "continuationSeparator")):
        separator = _note(number)
        separator.set(qn("w:type"), kind)
        _paragraph_of(separator, None).append(_run_of(OxmlElement(f"w:{kind}")))
        root.append(separator)
    for number, text in enumerate(notes, start=_FIRST_NOTE_ID):
        note = _note(number)
        paragraph = _paragraph_of(note, "Footnote")
        mark = _run_of(OxmlElement("w:footnoteRef"))
        mark.get_or_add_rPr().superscript = True
        paragraph.append(mark)
        for run in (Run(" "), *runs(text)):
            paragraph.append(_text_run(run))
        root.append(note)
    blob = serialize_part_xml(root)
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, blob, word.part.package)
    word.part.relate_to(part, _FOOTNOTES_LINK)


def _set_face(word: WordDocument, name: str, face: str, size: float) -> None:
    style = word.styles[name]
    style.font.name = face
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _field_mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _run_of(content: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(content)
    return run


def _text_run(run: Run) -> BaseOxmlElement:
    content = OxmlElement("w:t")
    content.set(qn("xml:space"), "preserve")
    content.text = run.text
    made = _run_of(content)
    for wanted, name in ((run.bold, "w:b"), (run.italic, "w:i")):
        if wanted:
            made.get_or_add_rPr().append(OxmlElement(name))
    return made


def _note(number: int) -> BaseOxmlElement:
    note = OxmlElement("w:footnote")
    note.set(qn("w:id"), str(number))
    return note


def _paragraph_of(note: BaseOxmlElement, style: str | None) -> BaseOxmlElement:
    paragraph = OxmlElement("w:p")
    if style is not None:
        properties = OxmlElement("w:pPr")
        named = OxmlElement("w:pStyle")
        named.set(qn("w:val"), style)
        properties.append(named)
        paragraph.append(properties)
    note.append(paragraph)
    return paragraph
