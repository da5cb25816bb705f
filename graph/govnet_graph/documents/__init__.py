"""Documents for people: one model, written as Word, as a page, as a workbook; the same bytes for the same content. No clock."""

from govnet_graph.documents.html import STYLE_SOURCE
from govnet_graph.documents.model import (
    Document,
    Line,
    Note,
    Notes,
    Row,
    Section,
    both,
    cell,
    filled,
    plain,
    section_json,
)
from govnet_graph.documents.writing import WRITERS, forms, write

__all__ = [
    "STYLE_SOURCE",
    "WRITERS",
    "Document",
    "Line",
    "Note",
    "Notes",
    "Row",
    "Section",
    "both",
    "cell",
    "filled",
    "forms",
    "plain",
    "section_json",
    "write",
]
