"""A report as a Word document, a page, a workbook or JSON: the same bytes for the same report."""

from __future__ import annotations

from govnet_graph import documents
from govnet_graph.documents import Document
from govnet_graph.errors import BadInput
from govnet_graph.reports.model import Report


def document(report: Report) -> Document:
    """The report as a document."""
    return Document(report.title, report.about, report.sections, report.notes, report.last)


#: What writes a report, by the suffix of the file.
FORMS = documents.forms(document)


def write(report: Report, form: str, lang: str = "zh") -> bytes:
    """The report in a form and a language (``zh`` or ``en``; JSON holds both). Raises BadInput for an unknown form."""
    if form not in FORMS:
        raise BadInput(
            f"A report cannot be written as {form[:20]!r}.", hint=f"It can be written as {', '.join(FORMS)}."
        )
    return FORMS[form](report, lang)
