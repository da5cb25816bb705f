"""Documents as a page that holds all it needs: style for screen and for A4 paper, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from govnet_graph.documents.model import SOURCES, Document, Section, said

_STYLE = (
    "body{font:16px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1c2b36}"
    "h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.2rem;margin:1.8rem 0 .4rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}p{margin:.3rem 0}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.2rem;font-size:.9rem}"
    "th,td{border:1px solid #c5d0d8;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#e8eef4}"
    "sup a{text-decoration:none}.made{color:#8a4b00}li{overflow-wrap:anywhere}"
    "@page{size:A4;margin:18mm 16mm}"
    "@media print{body{margin:0;padding:0;max-width:none;font-size:10pt}.wide{overflow:visible}thead{display:table-header-group}"
    "tr{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit}}"
)
#: What a content security policy calls the style of a document, so that it may be used without allowing any other.
STYLE_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"


def write_html(document: Document, lang: str) -> bytes:
    """The document in a language."""
    head, code = escape(said(document.title, lang)), "en" if lang == "en" else "zh-CN"
    start = (
        f'<!doctype html><html lang="{code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{head}</title><style>{_STYLE}</style></head><body><h1>{head}</h1>"
    )
    parts = [start, *(f"<p>{escape(said(line, lang))}</p>" for line in document.about)]
    for title, section in document.numbered(lang):
        level = section.level + 1
        parts.append(f"<h{level}>{escape(title)}</h{level}>")
        parts += [f"<p>{escape(said(line.text, lang))}{_mark(line.note)}</p>" for line in section.lines]
        parts.append(_table(section, title, lang))
    if document.notes:
        parts.append(f"<h2>{escape(said(SOURCES, lang))}</h2><ol>")
        parts += [f'<li id="n{note.number}">{escape(said(note.text, lang))}</li>' for note in document.notes]
        parts.append("</ol>")
    return ("".join(parts) + "</body></html>\n").encode()


def _mark(number: int) -> str:
    return f'<sup><a href="#n{number}">{number}</a></sup>' if number else ""


def _table(section: Section, title: str, lang: str) -> str:
    if not section.rows:
        return f"<p>{escape(said(section.empty, lang))}</p>" if section.empty is not None else ""
    # What scrolls sideways on a narrow window must be reachable by keyboard.
    parts = [f'<div class="wide" tabindex="0" role="group" aria-label="{escape(title)}"><table><thead><tr>']
    parts += [f'<th scope="col">{escape(said(heading, lang))}</th>' for heading in section.headings]
    parts.append("</tr></thead><tbody>")
    for row in section.rows:
        first, *rest = [escape(cell) for cell in row.shown(lang)]
        made = ' class="made"' if row.synthetic else ""
        parts.append(f"<tr{made}><td>{first}{_mark(row.note)}</td>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>")
    return "".join(parts) + "</tbody></table></div>"
