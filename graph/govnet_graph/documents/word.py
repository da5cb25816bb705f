"""Word documents with real footnotes, the same bytes for the same content.

The library that writes the document knows no footnotes; their part is made here by the standard (ECMA-376, part 1, 17.11):
two separators with the ids -1 and 0, then one footnote a reference, since Word gives each reference a note of its own.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from lxml import etree  # type: ignore[import-untyped]

from govnet_graph.documents.model import Document, Section, said

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_FONT = "Microsoft YaHei"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Footnotes:
    """The footnotes of a document, in the order of their references."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._texts = texts
        self._root = etree.Element(f"{{{_W}}}footnotes", nsmap={"w": _W})
        for id_, kind, mark in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator")):
            note = self._note(id_)
            note.set(f"{{{_W}}}type", kind)
            etree.SubElement(etree.SubElement(note[0], f"{{{_W}}}r"), f"{{{_W}}}{mark}")
        self._next = 1

    def _note(self, id_: int) -> Any:
        note = etree.SubElement(self._root, f"{{{_W}}}footnote")
        note.set(f"{{{_W}}}id", str(id_))
        etree.SubElement(note, f"{{{_W}}}p")
        return note

    def refer(self, paragraph: Any, number: int) -> None:
        """Put a reference to a note at the end of a paragraph; none where the number is 0."""
        if not number:
            return
        note = self._note(self._next)
        mark = etree.SubElement(note[0], f"{{{_W}}}r")
        self._raised(mark)
        etree.SubElement(mark, f"{{{_W}}}footnoteRef")
        _run(note[0], " " + self._texts[number])
        run = etree.SubElement(paragraph, qn("w:r"))
        self._raised(run)
        etree.SubElement(run, qn("w:footnoteReference")).set(qn("w:id"), str(self._next))
        self._next += 1

    def _raised(self, run: Any) -> None:
        style = etree.SubElement(etree.SubElement(run, f"{{{_W}}}rPr"), f"{{{_W}}}vertAlign")
        style.set(f"{{{_W}}}val", "superscript")

    def attach(self, document: Any) -> None:
        """Make them a part of the document."""
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def write_docx(document: Document, lang: str) -> bytes:
    """The document in a language, on A4, its day in the place of the moment of writing."""
    made = docx.Document()
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = made.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if document.wide else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if document.wide else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(20)
    footnotes = _Footnotes({note.number: said(note.text, lang) for note in document.notes})
    made.add_heading(said(document.title, lang), level=0)
    for line in document.about:
        made.add_paragraph(said(line, lang))
    for title, section in document.numbered(lang):
        made.add_heading(title, level=section.level)
        for told in section.lines:
            footnotes.refer(made.add_paragraph(said(told.text, lang))._p, told.note)
        if section.rows:
            _table(made, section, lang, footnotes)
        elif section.empty is not None:
            made.add_paragraph(said(section.empty, lang))
    footnotes.attach(made)
    properties = made.core_properties
    properties.created = properties.modified = dt.datetime.combine(document.day, dt.time())
    properties.author = properties.last_modified_by = "govnet"
    properties.title, properties.comments = said(document.title, lang)[:255], ""
    properties.language = "en" if lang == "en" else "zh-CN"
    return _timeless(made)


def _table(made: Any, section: Section, lang: str, footnotes: _Footnotes) -> None:
    """A table whose head is repeated on each page. Rows are put in as elements: the library looks each cell up anew."""
    table = made.add_table(rows=1, cols=len(section.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, section.headings, strict=True):
        cell.paragraphs[0].add_run(said(heading, lang)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in section.rows:
        line = etree.SubElement(table._tbl, qn("w:tr"))
        etree.SubElement(etree.SubElement(line, qn("w:trPr")), qn("w:cantSplit"))
        for at, value in enumerate(row.shown(lang)):
            paragraph = etree.SubElement(etree.SubElement(line, qn("w:tc")), qn("w:p"))
            _run(paragraph, value)
            if at == 0:
                footnotes.refer(paragraph, row.note)


def _run(paragraph: Any, value: str) -> None:
    """A run of text; what XML cannot hold is left out, as the library does."""
    text = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:t"))
    text.text = _UNFIT.sub("", value)
    text.set(_SPACE, "preserve")


def _timeless(document: Any) -> bytes:
    """The file with one fixed moment on each of its parts."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, given.read(name))
    return out.getvalue()
