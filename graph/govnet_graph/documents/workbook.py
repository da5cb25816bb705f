"""Documents as a workbook: what it is and its figures on the first sheet, a sheet for each table, the notes on the last."""

from __future__ import annotations

import datetime as dt
import io

from govnet_graph.documents.model import SOURCES, Document, said
from govnet_graph.documents.sheets import Book
from govnet_graph.schema import Text

_CONTENTS = Text("内容", "contents")


def write_xlsx(document: Document, lang: str) -> bytes:
    """The document in a language; headings are in both."""
    out = io.BytesIO()
    book = Book(out, stamp=dt.datetime.combine(document.day, dt.time()))
    told: list[tuple[str, str, str | None]] = [(said(line, lang), "", "") for line in (document.title, *document.about)]
    for title, section in document.numbered(lang):
        told.append((title, "", ""))
        told += [("", said(line.text, lang), f"[{line.note}]" if line.note else None) for line in section.lines]
    book.pairs(said(_CONTENTS, lang), told)
    for number, section in enumerate(document.sections, start=1):
        if not section.headings:
            continue
        headings = [(heading.zh, heading.en) for heading in section.headings]
        table = book.table(f"{number} {section.key}", [*headings, (SOURCES.zh, SOURCES.en)])
        table.rows([[*row.shown(lang), f"[{row.note}]" if row.note else None] for row in section.rows])
        if not section.rows:
            table.rows([[said(section.empty, lang)]])
    book.pairs(said(SOURCES, lang), [(f"[{note.number}]", "", said(note.text, lang)) for note in document.notes])
    book.close()
    return out.getvalue()
