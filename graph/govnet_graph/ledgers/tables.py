"""Finds the tables on a sheet: header (also of several rows), columns, the rows that state something, and why others do not.

What is known about headers is the vocabulary of all kinds of ledger; a sheet with none of its words is searched for the
first row of several short texts. Tables may stand one under another, each with a header of its own.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from govnet_graph.ledgers.compact import Numbers
from govnet_graph.ledgers.files.limits import LedgerTooLarge
from govnet_graph.ledgers.headers import Vocabulary, folded_title
from govnet_graph.ledgers.model import CellValue, Place, Range, Sheet, Table, TableColumn
from govnet_graph.ledgers.rules import Rule
from govnet_graph.ledgers.values.text import clean, folded
from govnet_graph.ledgers.words import DITTO, NOTE, SERIAL, TOTAL

_DEEPEST_HEADER = 3
_SEARCHED = 40
_SHORT = 24
_TOTALS = frozenset(map(folded, TOTAL))
_TOTAL_ENDS = ("小计", "合计", "总计", "共计")
_NOTES = tuple(map(folded, NOTE))
_DITTO = frozenset(map(folded, DITTO))
_LONGEST_DITTO = max(map(len, _DITTO))
_REMEMBERED = 1000
_SERIALS = frozenset(map(folded, SERIAL))


_fold_again = lru_cache(maxsize=_REMEMBERED)(folded)


def _folded(text: str) -> str:
    """``folded``, remembered for short texts, which sheets repeat."""
    return _fold_again(text) if len(text) <= _SHORT else folded(text)


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> list[Table]:
    """The tables of a sheet from top to bottom; every row that holds something belongs to one. Empty where there is none.

    Heuristic: what it decides is shown in the account, row by row, by the name of the rule.
    """
    filled, likely, width = Numbers(), list[int](), 0
    for number, row in enumerate(sheet.rows, start=1):
        width = max(width, len(row))
        if row.count(None) != len(row):
            filled.append(number)
            if _looks_like_header(row, vocabulary):
                likely.append(number)
    heads = _header_blocks(sheet, filled, likely, vocabulary)
    if not heads:
        return []
    tables = []
    for position, head in enumerate(heads):
        # Titles belong to the table below them, notes to the one above: what stands between goes by the last blank row.
        first = 1 if position == 0 else _part_begin(sheet, heads[position - 1][-1], head[0])
        last = max(len(sheet.rows), max((row for row, _ in sheet.faults), default=0))
        if position + 1 < len(heads):
            last = _part_begin(sheet, head[-1], heads[position + 1][0]) - 1
        tables.append(_table(sheet, head, filled, (first, last), width))
    return tables


def _part_begin(sheet: Sheet, above: int, header: int) -> int:
    """First row of the part that a later header heads: its titles reach up to the nearest blank row or table row."""
    begin = header
    while begin - 1 > above:
        values = [value for value in sheet.rows[begin - 2] if value is not None]
        if len(values) != 1 or not isinstance(values[0], str):
            break
        begin -= 1
    return begin


def _texts(row: Sequence[CellValue]) -> Iterator[tuple[int, str]]:
    for column, value in enumerate(row, start=1):
        if isinstance(value, str):
            yield column, value


def _header_blocks(sheet: Sheet, filled: Numbers, likely: list[int], vocabulary: Vocabulary) -> list[list[int]]:
    """The rows of each table's header, out of those that look like one; a header that is repeated is not counted again."""
    merges = _by_row(sheet.merged)
    blocks: list[list[int]] = []
    seen: set[tuple[str, ...]] = set()
    taken = 0
    for number in likely:
        if number <= taken:
            continue
        if blocks and not _new_table(sheet, number, blocks[-1]):
            continue
        block = _whole_header(sheet, number, merges, vocabulary, blocks[-1][-1] if blocks else 0)
        words = tuple(folded(text) for row in block for _, text in _texts(sheet.rows[row - 1]))
        taken = block[-1]
        if words not in seen:
            seen.add(words)
            blocks.append(block)
    return blocks or _unknown_header(sheet, filled, merges, vocabulary)


def _looks_like_header(row: Sequence[CellValue], vocabulary: Vocabulary) -> bool:
    known = count = 0
    for value in row:
        if value is None:
            continue
        count += 1
        if isinstance(value, str) and len(value) <= _SHORT * 2 and vocabulary.knows(value):
            known += 1
        elif count >= 4 and known == 0:
            return False
    return (known >= 2 and known * 2 >= count) or (known == count == 1 and len(row) == 1)


def _new_table(sheet: Sheet, number: int, head: list[int]) -> bool:
    """Whether a row like a header under a table begins another: its words differ, or a blank row or a title precedes it."""
    words = {folded(text) for _, text in _texts(sheet.rows[number - 1])}
    above = {folded(text) for row in head for _, text in _texts(sheet.rows[row - 1])}
    return len(words & above) * 2 < len(words)


def _by_row(merged: Iterable[Range]) -> dict[int, list[Range]]:
    found: dict[int, list[Range]] = {}
    for area in merged:
        found.setdefault(area.top, []).append(area)
    return found


def _whole_header(
    sheet: Sheet, number: int, merges: dict[int, list[Range]], vocabulary: Vocabulary, floor: int
) -> list[int]:
    """A header with the rows above and below that belong to it, told by merges and by gaps that the row below fills."""
    block = [number]
    while len(block) < _DEEPEST_HEADER and block[0] - 1 > floor and _groups(sheet, block[0] - 1, merges):
        block.insert(0, block[0] - 1)
    deepest = max((area.bottom for row in block for area in merges.get(row, ()) if area.bottom > area.top), default=0)
    while block[-1] < min(deepest, block[0] + _DEEPEST_HEADER - 1, len(sheet.rows)):
        block.append(block[-1] + 1)
    while len(block) < _DEEPEST_HEADER and _refines(sheet, block[-1], merges, vocabulary):
        block.append(block[-1] + 1)
    return block


def _groups(sheet: Sheet, row: int, merges: dict[int, list[Range]]) -> bool:
    """Whether a row above a header names groups of its columns: several texts, one at least merged across some columns."""
    texts = [text for _, text in _texts(sheet.rows[row - 1])]
    across = [area for area in merges.get(row, ()) if area.right > area.left and area.bottom == area.top]
    return len(texts) >= 2 and bool(across) and all(isinstance(v, str) for v in sheet.rows[row - 1] if v is not None)


def _refines(sheet: Sheet, row: int, merges: dict[int, list[Range]], vocabulary: Vocabulary) -> bool:
    """Whether the next row goes on with the header: texts that stand only where this one is merged across or empty."""
    if row >= len(sheet.rows):
        return False
    here, below = sheet.rows[row - 1], sheet.rows[row]
    across = [area for area in merges.get(row, ()) if area.right > area.left]
    under = {column for area in across for column in range(area.left, area.right + 1)}
    texts = list(_texts(below))
    if not texts or len(texts) != sum(value is not None for value in below):
        return False
    if any(column not in under and column <= len(here) and here[column - 1] is not None for column, _ in texts):
        # Where a file keeps no merges, the first column of a group is filled in both rows.
        return not merges and _fills_gaps(here, below, vocabulary)
    return bool(under) or (len(texts) >= 2 and any(vocabulary.knows(text) for _, text in texts))


def _fills_gaps(here: Sequence[CellValue], below: Sequence[CellValue], vocabulary: Vocabulary) -> bool:
    """Whether a row fills gaps of the one above, and otherwise only cells left of such a gap; all of it header words."""
    width = len(below)
    gaps = {c for c in range(width) if below[c] is not None and (c >= len(here) or here[c] is None)}
    filled = {c for c in range(width) if below[c] is not None}
    if not gaps or not all(c in gaps or c + 1 in gaps for c in filled):
        return False
    known = sum(1 for c in filled if isinstance(value := below[c], str) and vocabulary.knows(value))
    return len(filled) >= 2 and known * 2 >= len(filled) and len(filled) < sum(v is not None for v in here) + len(gaps)


def _unknown_header(
    sheet: Sheet, filled: Numbers, merges: dict[int, list[Range]], vocabulary: Vocabulary
) -> list[list[int]]:
    """The first row of several short, distinct texts that has a row under it; none where there is no such row."""
    for position, number in enumerate(filled[:_SEARCHED]):
        values = [value for value in sheet.rows[number - 1] if value is not None]
        texts = {clean(value) for value in values if isinstance(value, str) and len(value) <= _SHORT}
        if len(values) >= 2 and len(texts) == len(values) and position + 1 < len(filled):
            return [_whole_header(sheet, number, merges, vocabulary, 0)]
    return []


def _table(sheet: Sheet, head: list[int], filled: Numbers, part: tuple[int, int], width: int) -> Table:
    first, last = part
    rules: dict[int, Rule] = {}
    titles = {row: _words(sheet.rows[row - 1]) for row in head}
    columns = _columns(sheet, head, filled.between(first, last))
    wide = len(columns) >= 3
    across = {area.top for area in sheet.merged if wide and area.right - area.left + 1 >= len(columns) - 1}
    table = Table(sheet, tuple(head), columns, Numbers(), rules)
    repeats = _Repeats(table, len(sheet.rows) * width)
    # A row may hold nothing but cells without a usable value.
    faulty = sorted({row for row, _ in sheet.faults if first <= row <= last and row not in filled})
    for number in heapq.merge(filled.between(first, last), faulty):
        row = sheet.cells(number)
        if number in titles:
            rules[number] = Rule.HEADER
        elif number < head[0]:
            rules[number] = Rule.TITLE
        elif rule := _rule_of(row, titles.values(), wide=wide, merged=number in across):
            rules[number] = rule
        else:
            table.body.append(number)
            repeats.row(number, row)
    return table


def _words(row: Sequence[CellValue]) -> frozenset[str]:
    return frozenset(folded(text) for _, text in _texts(row))


def _rule_of(row: Sequence[CellValue], titles: Collection[frozenset[str]], *, wide: bool, merged: bool) -> Rule | None:
    """Why a row under the header states nothing; None where it does."""
    texts = [value for value in row if isinstance(value, str)]
    count = len(row) - row.count(None)
    if not texts:
        return None
    if _is_total(row):
        return Rule.TOTAL
    if _folded(texts[0]).startswith(_NOTES):
        return Rule.NOTE
    if len(texts) == count and count >= 2 and any(_repeats(texts, title) for title in titles):
        return Rule.REPEATED_HEADER
    return Rule.SECTION if wide and count == 1 and merged else None


def _repeats(texts: Sequence[str], title: frozenset[str]) -> bool:
    """Whether four of five words of a row, two at least, are words of a header."""
    words: set[str] = set()
    strange = 0
    for text in texts:
        word = _folded(text)
        if word not in words:
            words.add(word)
            strange += word not in title
            if strange * 5 > len(texts):
                return False
    return len(words) - strange >= 2 and (len(words) - strange) * 5 >= len(words) * 4


def _is_total(row: Sequence[CellValue]) -> bool:
    """Whether one of the first three filled cells says that the row is a total."""
    met = 0
    for value in row:
        if value is None:
            continue
        met += 1
        if isinstance(value, str) and len(value) <= _SHORT:
            plain = _folded(value).rstrip(":")
            if plain in _TOTALS or plain.endswith(_TOTAL_ENDS):
                return True
        if met == 3:
            return False
    return False


def _columns(sheet: Sheet, head: list[int], rows: Iterable[int]) -> tuple[TableColumn, ...]:
    held: list[bool] = []
    empty: list[int] = []
    for number in rows:
        cells = sheet.rows[number - 1]
        if len(cells) > len(held):
            empty += range(len(held), len(cells))
            held += [False] * (len(cells) - len(held))
        if number > head[-1] and empty:
            for column in empty:
                held[column] = column < len(cells) and cells[column] is not None
            empty = [column for column in empty if not held[column]]
    for number, column in sheet.faults:
        if number > head[-1]:
            held += [False] * (column - len(held))
            held[column - 1] = True
    found = []
    for column in range(1, len(held) + 1):
        parts = _parts(sheet, head, column)
        if parts or held[column - 1]:
            found.append(TableColumn(column, "/".join(parts), parts))
    return tuple(found)


def _parts(sheet: Sheet, head: list[int], column: int) -> tuple[str, ...]:
    """The header cells over a column, merged ones included, without repeats."""
    parts: list[str] = []
    for position, row in enumerate(head):
        value = sheet.value((row, column)) or _merged_value(sheet, (row, column))
        if value is None and position + 1 < len(head) and not sheet.merged:
            value = _group_left(sheet, head, position, column)
        text = " ".join(clean(str(value)).split()) if value is not None else ""
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return tuple(parts)


def _merged_value(sheet: Sheet, place: Place) -> CellValue:
    for area in sheet.merged:
        if area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right:
            return sheet.value((area.top, area.left))
    return None


def _group_left(sheet: Sheet, head: list[int], position: int, column: int) -> CellValue:
    """In a file without merges: the group that a header cell stands under is the nearest title to its left."""
    if sheet.value((head[position + 1], column)) is None:
        return None
    for left in range(column - 1, 0, -1):
        if sheet.value((head[position + 1], left)) is None:
            return None
        if (value := sheet.value((head[position], left))) is not None:
            return value
    return None


class _Repeats:
    """Notes, row by row, which cells take the value of another: below a vertical merge, and those that say 同上."""

    def __init__(self, table: Table, most: int) -> None:
        sheet, self._last = table.sheet, table.header[-1]
        self._table = table
        self._above = self._last
        # Those that begin first are taken first, from the end.
        below = [area for area in sheet.merged if area.bottom > area.top > self._last]
        if sum(area.bottom - area.top for area in below) > most:
            raise LedgerTooLarge(
                f"the merged cells of sheet {sheet.name!r} overlap", hint="Undo merges of cells and save it again."
            )
        self._coming = sorted(below, key=lambda area: area.top, reverse=True)
        self._reaching: dict[int, Range] = {}

    def row(self, number: int, cells: Sequence[CellValue]) -> None:
        """Note the repeats of the next row of the body."""
        filled = self._table.filled
        if self._coming or self._reaching:
            self._below_merges(number, cells)
        for column, value in enumerate(cells, start=1):
            if isinstance(value, str) and len(value) <= _LONGEST_DITTO + 2 and _folded(value) in _DITTO:
                place = (self._above, column)
                origin = (filled.get(place) or place)[0] if self._above > self._last else number
                filled.note((number, column), origin)
        self._above = number

    def _below_merges(self, number: int, cells: Sequence[CellValue]) -> None:
        while self._coming and self._coming[-1].top < number:
            area = self._coming.pop()
            self._reaching[area.left] = area
        for column, area in list(self._reaching.items()):
            if area.bottom < number:
                del self._reaching[column]
                continue
            value = cells[column - 1] if column <= len(cells) else None
            # A cell that keeps a value of its own under a merge speaks for itself.
            if value is None and (number, column) not in self._table.sheet.faults:
                self._table.filled.note((number, column), area.top)


def is_serial(table: Table, column: TableColumn) -> bool:
    """Whether a column only counts its rows: by its title, or untitled and first and counting up from one."""
    if column.title:
        return any(folded_title(part) in _SERIALS for part in (column.title, column.parts[-1]))
    if column is not table.columns[0]:
        return False
    if len(table.body) < 2:
        return False
    return all(table.sheet.value((row, column.index)) == count for count, row in enumerate(table.body, start=1))
