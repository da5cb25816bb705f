"""Which kind of ledger a table is and which column is which: proposed, learned, or given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from govnet_graph.errors import BadInput
from govnet_graph.ledgers.headers import Vocabulary, folded_title, is_reason, names_of
from govnet_graph.ledgers.kinds import KINDS, kind_of
from govnet_graph.ledgers.model import ColumnGuess, Table, TableColumn, TableMapping, Workbook, column_letters
from govnet_graph.ledgers.tables import find_tables, is_serial
from govnet_graph.ledgers.terms import Form, LedgerColumn, LedgerKind
from govnet_graph.ledgers.values.column import Normaliser
from govnet_graph.ledgers.values.text import folded

Learned = Mapping[str, Mapping[str, Any]]
"""By header signature: ``{"kind": kind id, "keys": [key or "", one for each column from left to right]}``."""

HELP_SHEETS = ("填写说明 Instructions", "选项 Choices")
"""Sheets that templates carry besides the table."""

_ALIKE = 72.0  # of 100: below this two titles are not the same word
_ENOUGH = 0.6
_LEAST_KIND = 0.3
_SAMPLE = 40
_TELLING = (Form.CREDIT_CODE, Form.ID_NUMBER)


class MappingInvalid(BadInput):
    """A mapping names a kind, column or key that is not there."""

    code = "mapping-invalid"


@dataclass(slots=True)
class TableDraft:
    """A table with what it is taken for.

    ``mapping`` is None where nothing fits; ``others`` lists kinds that would fit too, best first, with their scores.
    """

    table: Table
    mapping: TableMapping | None
    others: tuple[tuple[str, float], ...] = ()


def propose(
    book: Workbook, learned: Learned | None = None, *, kind: str = "", hidden: bool = False
) -> list[TableDraft]:
    """A draft for every table of a workbook, in order.

    Parameters
    ----------
    book : Workbook
        What was read.
    learned : Learned
        Mappings that were accepted before; they take precedence over what titles suggest.
    kind : str
        Id of the only kind that is meant; empty to find out. Raises NotFound for an unknown one.
    hidden : bool
        Whether hidden sheets are read too.
    """
    kinds = [kind_of(kind)] if kind else list(KINDS.values())
    known = learned or {}
    vocabulary = Vocabulary(taught=(title for signature in known for title in signature.split("|")))
    drafts: list[TableDraft] = []
    for sheet in book.sheets:
        if sheet.name in HELP_SHEETS or (sheet.hidden and not hidden):
            continue
        names = f"{book.name} {sheet.name}"
        drafts += [_draft(t, kinds, known.get(t.signature), names) for t in find_tables(sheet, vocabulary)]
    return drafts


def _draft(table: Table, kinds: Sequence[LedgerKind], taught: Mapping[str, Any] | None, names: str) -> TableDraft:
    if taught is not None and (len(kinds) > 1 or kinds[0].id == taught.get("kind")):
        mapping = _recalled(table, taught)
        if mapping is not None:
            return TableDraft(table, mapping)
    titles = folded(names + " ".join(_title_texts(table)))
    samples = _Samples(table)
    found = sorted((_match(table, kind, samples, titles) for kind in kinds), key=lambda mapping: -mapping.score)
    fitting = [mapping for mapping in found if mapping.columns and (mapping.score >= _LEAST_KIND or len(kinds) == 1)]
    if not fitting:
        return TableDraft(table, None)
    return TableDraft(table, fitting[0], tuple((mapping.kind, mapping.score) for mapping in fitting[1:4]))


def _title_texts(table: Table) -> Iterable[str]:
    for number, rule in table.rules.items():
        if rule == "title":
            yield from (value for value in table.sheet.cells(number) if isinstance(value, str))


def remember(table: Table, mapping: TableMapping) -> tuple[str, dict[str, Any]]:
    """(header signature, mapping) as ``propose`` takes it in ``learned``."""
    return table.signature, {"kind": mapping.kind, "keys": [mapping.columns.get(c.index, "") for c in table.columns]}


def _recalled(table: Table, taught: Mapping[str, Any]) -> TableMapping | None:
    kind = KINDS.get(str(taught.get("kind", "")))
    keys = list(taught.get("keys", ()))
    if kind is None or len(keys) != len(table.columns):
        return None
    known = {column.key for column in kind.columns}
    columns = {column.index: key for column, key in zip(table.columns, keys, strict=True) if key in known}
    return TableMapping(kind.id, columns, 1.0, learned=True, missing=_missing(kind, columns.values()))


def mapping_from(table: Table, kind_id: str, columns: Mapping[str, str]) -> TableMapping:
    """A mapping that a user gives: titles, or letters such as C, to keys of the kind. Raises MappingInvalid, NotFound."""
    kind = kind_of(kind_id)
    keys = {column.key for column in kind.columns}
    found: dict[int, str] = {}
    for name, key in columns.items():
        wanted = folded_title(name)
        matches = [c.index for c in table.columns if wanted == folded_title(c.title)]
        matches = matches or [c.index for c in table.columns if column_letters(c.index) == name.strip().upper()]
        if not matches:
            raise MappingInvalid(
                f"the table has no column {name!r}",
                hint=f"It has {', '.join(c.title for c in table.columns if c.title)}.",
            )
        if key and key not in keys:
            raise MappingInvalid(f"{key!r} is no column of {kind_id}", hint=f"Columns are {', '.join(sorted(keys))}.")
        if key and key in found.values():
            raise MappingInvalid(f"{key!r} is given by two columns", hint="Map one of them to nothing.")
        if key:
            found[matches[0]] = key
    return TableMapping(kind_id, found, 1.0, missing=_missing(kind, found.values()))


def _missing(kind: LedgerKind, keys: Iterable[str]) -> tuple[str, ...]:
    given = set(keys)
    return tuple(column.key for column in kind.columns if column.required and column.key not in given)


class _Samples:
    """Some values of each column, to see whether they can be read as a kind's column."""

    def __init__(self, table: Table) -> None:
        step = max(len(table.body) // _SAMPLE, 1)
        rows = table.body[::step][:_SAMPLE]
        # Taken row by row, as the rows of a sheet are kept on disk.
        sampled = [[table.value((row, column.index)) for column in table.columns] for row in rows]
        self._values = {
            column.index: [value for cells in sampled if (value := cells[at]) is not None]
            for at, column in enumerate(table.columns)
        }

    def readable(self, column: TableColumn, key: LedgerColumn) -> float | None:
        """Share of sampled values that can be read; None where the column is empty."""
        read = Normaliser(key)
        values = self._values[column.index]
        return sum(not read(value).failed for value in values) / len(values) if values else None


def _match(table: Table, kind: LedgerKind, samples: _Samples, titles: str) -> TableMapping:
    """The best assignment of columns to keys, each used once: pairs in the order of their scores."""
    told = [c for c in table.columns if c.title and not is_serial(table, c) and not is_reason(c.title)]
    pairs = []
    for column in told:
        for order, key in enumerate(kind.columns):
            guess = _guess(column, key, samples)
            if guess is not None:
                pairs.append((-guess.score, order, column.index, guess))
    chosen: dict[int, ColumnGuess] = {}
    used: set[str] = set()
    for _, _, index, guess in sorted(pairs, key=lambda pair: pair[:3]):
        if index not in chosen and guess.key not in used:
            chosen[index] = guess
            used.add(guess.key)
    columns = {index: guess.key for index, guess in sorted(chosen.items())}
    missing = _missing(kind, used)
    covered = sum(guess.score for guess in chosen.values()) / max(len(told), 1)
    named = any(folded(name) in titles for name in kind.names)
    score = covered * (0.4 if missing else 1.0) * 0.85 + (0.15 if named else 0.0)
    return replace(TableMapping(kind.id, columns, round(min(score, 1.0), 4)), guesses=chosen, missing=missing)


def _guess(column: TableColumn, key: LedgerColumn, samples: _Samples) -> ColumnGuess | None:
    score, how = _title_score(column, key)
    if score == 0 and key.form not in _TELLING:
        return None
    readable = samples.readable(column, key)
    if score == 0:
        return ColumnGuess(key.key, _ENOUGH, "values") if readable is not None and readable >= 0.9 else None
    total = score * (0.75 + 0.25 * (1.0 if readable is None else readable))
    return ColumnGuess(key.key, round(total, 4), how) if total >= _ENOUGH else None


def _title_score(column: TableColumn, key: LedgerColumn) -> tuple[float, str]:
    names = names_of(key)
    ways = [
        ("".join(column.parts), 1.0),
        (column.title, 1.0),
        (column.parts[-1], 0.97 if len(column.parts) > 1 else 1.0),
    ]
    exact = max((names.get(folded_title(way), 0.0) * weight for way, weight in ways), default=0.0)
    if exact:
        return exact, "title"
    best = 0.0
    for way, weight in ways[::2]:
        for name in names:
            best = max(best, fuzz.ratio(folded_title(way), name, score_cutoff=_ALIKE) * weight)
    return (best / 100 * 0.9, "alike") if best else (0.0, "")


__all__ = ["HELP_SHEETS", "Learned", "MappingInvalid", "TableDraft", "mapping_from", "propose", "remember"]
