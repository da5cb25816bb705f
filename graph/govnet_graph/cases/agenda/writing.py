"""An agenda as a Word document, a workbook, a page or JSON: the same bytes for the same agenda."""

from __future__ import annotations

from govnet_graph import documents
from govnet_graph.cases.agenda import words
from govnet_graph.cases.agenda.model import Agenda, Section
from govnet_graph.documents import Document, Line, filled
from govnet_graph.errors import BadInput
from govnet_graph.schema import Text


def document(agenda: Agenda) -> Document:
    """The agenda as a document: each section with its figure, and the rows that are shown."""
    about = [filled(words.ABOUT, as_of=agenda.as_of, version=agenda.data_version)]
    sections = (
        documents.Section(s.key, s.title, (Line(_figure(s), s.note),), s.headings, s.rows, words.EMPTY)
        for s in agenda.sections
    )
    return Document(
        title=filled(words.TITLE, area=agenda.area[1], month=agenda.month),
        about=(*about, words.SYNTHETIC) if agenda.synthetic else tuple(about),
        sections=tuple(sections),
        notes=agenda.notes,
        day=agenda.as_of,
    )


def _figure(section: Section) -> Text:
    """How many there are, and how many of them follow."""
    count = filled(words.COUNT, count=f"{section.total}+" if section.more else section.total)
    if section.total <= len(section.rows):
        return count
    shown = filled(words.SHOWN, shown=len(section.rows))
    return Text(f"{count.zh}，{shown.zh}", f"{count.en}, {shown.en}")


#: What writes an agenda, by the suffix of the file.
FORMS = documents.forms(document)


def write(agenda: Agenda, form: str, lang: str = "zh") -> bytes:
    """The agenda in a form and a language (``zh`` or ``en``; JSON holds both). Raises BadInput for an unknown form."""
    if form not in FORMS:
        raise BadInput(
            f"An agenda cannot be written as {form[:20]!r}.", hint=f"It can be written as {', '.join(FORMS)}."
        )
    return FORMS[form](agenda, lang)
