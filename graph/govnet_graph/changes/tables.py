"""The tables of an uploaded ledger: read, taken for what they are or what somebody says they are, and remembered so."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govnet_graph.changes.documents import NAMES, Document, is_document, read_document, refuse_options
from govnet_graph.changes.exported import is_export, read_export
from govnet_graph.changes.options import Options, TableChoice
from govnet_graph.changes.previews import TableShown
from govnet_graph.errors import BadInput
from govnet_graph.ledgers.account import Account
from govnet_graph.ledgers.facts.gather import Lines
from govnet_graph.ledgers.files import Limits, read_workbook
from govnet_graph.ledgers.mapping import TableDraft, mapping_from, propose, remember
from govnet_graph.ledgers.model import Row, Table, TableMapping, Workbook, column_letters
from govnet_graph.ledgers.quarantine import quarantine
from govnet_graph.ledgers.rows import Reading, read_rows
from govnet_graph.ledgers.who.files import locked, read_json, write_json
from govnet_graph.schema import Text
from govnet_graph.settings import Settings

_MAPPINGS = "mappings.json"
_MOST_LEARNED = 2000


@dataclass(slots=True)
class Inspected:
    """A file that was read, with what each table is taken for and the rows that follow from it.

    ``document`` is the file of a standard, which has no tables.
    """

    tables: list[TableDraft]
    reading: Reading
    notices: list[Text] = field(default_factory=list)
    document: Document | None = None

    @property
    def account(self) -> Account:
        """The fate of every cell, or of every value of a document."""
        return self.document.account if self.document is not None else self.reading.account

    @property
    def held_back(self) -> list[Row]:
        """The rows, or the objects of a document, that cannot be imported as they are."""
        if self.document is not None:
            return self.document.rows
        return [row for _, row in self.reading.rows(good=False)]

    @property
    def kinds(self) -> set[str]:
        """The kinds of ledger of which there are rows."""
        return {table.kind.id for table in self.reading.tables if table.rows}

    def lines(self) -> list[Lines]:
        """The rows of every mapped table, with its kind and the account of its sheet."""
        sheets = self.account.sheets
        return [(table.kind, table.rows, sheets[table.draft.table.sheet.name]) for table in self.reading.tables]

    def shown(self) -> list[TableShown]:
        """The tables as a person sees them."""
        several = _several(self.tables)
        return [_shown(draft, several) for draft in self.tables]


def inspect(
    content: bytes, name: str, options: Options, known: Mapping[str, Mapping[str, Any]], settings: Settings
) -> Inspected:
    """Read a file: its tables, their mappings (given, else learned, else proposed), their rows.

    Raises
    ------
    BadInput
        The file cannot be read, passes a limit, or the options name a table or column that is not there.
    """
    limits = Limits(file_bytes=settings.ledger_bytes, rows=settings.ledger_rows)
    if is_document(name, content):
        found = read_document(content, name, options, limits)
        book = Workbook(name, found.standard, hashlib.sha256(content).hexdigest(), len(content), [])
        return _self_told(book, found)
    book = read_workbook(content, name, limits)
    if is_export(book):
        refuse_options(options)
        return _self_told(book, read_export(book))
    tables = propose(book, known, kind=options.kind)
    several = _several(tables)
    used = set()
    for draft in tables:
        key = next((key for key in _names(draft.table, several) if key in options.tables), "")
        if key:
            used.add(key)
            choice = options.tables[key]
            draft.mapping = _given(book, draft, choice, known)
    unknown = sorted(set(options.tables) - used)
    if unknown:
        names = ", ".join(_names(draft.table, several)[0] for draft in tables) or "none"
        raise BadInput(f"The file has no table {unknown[0][:60]!r}.", hint=f"Its tables: {names}.")
    reading = read_rows(book, tables)
    notices = [*book.notices, *(notice for sheet in book.sheets for notice in sheet.notices)]
    return Inspected(tables, reading, notices)


def _self_told(book: Workbook, found: Document) -> Inspected:
    what = NAMES[found.standard]
    notice = Text(f"{what.zh}：内容由文件自身说明，无需对应列", f"{what.en}: it says itself what it holds")
    return Inspected([], Reading(book), [notice, *book.notices], found)


def _given(
    book: Workbook, draft: TableDraft, choice: TableChoice, known: Mapping[str, Mapping[str, Any]]
) -> TableMapping | None:
    """The mapping that somebody chose; for a kind without columns that which is proposed for this kind."""
    if not choice.kind:
        return None
    if choice.columns:
        return mapping_from(draft.table, choice.kind, choice.columns)
    if draft.mapping is not None and draft.mapping.kind == choice.kind:
        return draft.mapping
    again = propose(book, known, kind=choice.kind)
    where = (draft.table.sheet.name, draft.table.header)
    return next((d.mapping for d in again if (d.table.sheet.name, d.table.header) == where), None)


def _several(tables: list[TableDraft]) -> frozenset[str]:
    """Sheets that hold more than one table."""
    names = [draft.table.sheet.name for draft in tables]
    return frozenset(name for name in names if names.count(name) > 1)


def _names(table: Table, several: frozenset[str]) -> tuple[str, ...]:
    """By what names options may mean a table; the first is the one that is shown."""
    sheet = table.sheet.name
    exact = f"{sheet}!{table.header[0] if table.header else 0}"
    return (exact,) if sheet in several else (sheet, exact)


def _shown(draft: TableDraft, several: frozenset[str]) -> TableShown:
    mapping, table = draft.mapping, draft.table
    columns = []
    for column in table.columns:
        guess = mapping.guesses.get(column.index) if mapping else None
        columns.append(
            {
                "column": column_letters(column.index),
                "title": column.title,
                "key": (mapping.columns.get(column.index) if mapping else None) or None,
                "score": round(guess.score, 3) if guess else None,
                "how": guess.how if guess else None,
            }
        )
    return TableShown(
        _names(table, several)[0],
        table.sheet.name,
        mapping.kind if mapping else "",
        mapping.score if mapping else 0.0,
        mapping.learned if mapping else False,
        tuple(columns),
        mapping.missing if mapping else (),
        len(table.body),
    )


def learned(folder: Path) -> dict[str, Any]:
    """The mappings that were accepted before, as ``propose`` takes them."""
    return read_json(folder / _MAPPINGS)


def learn(folder: Path, found: Inspected) -> None:
    """Keep the mappings of an import that was applied, for tables with the same header."""
    path = folder / _MAPPINGS
    with locked(path):
        held = read_json(path)
        for draft in found.tables:
            if draft.mapping is not None and draft.mapping.columns:
                signature, mapping = remember(draft.table, draft.mapping)
                held.pop(signature, None)
                held[signature] = mapping
        write_json(path, dict(list(held.items())[-_MOST_LEARNED:]))


def quarantined(found: Inspected) -> bytes:
    """The rows that could not be imported as a workbook, with the reasons beside them, ready to correct."""
    return found.document.workbook() if found.document is not None else quarantine(found.reading)
