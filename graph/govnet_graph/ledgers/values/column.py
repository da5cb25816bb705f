"""A cell as its column asks for it: type, form, closed list, bounds. Never raises for what a cell may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from govnet_graph.ledgers.model import CellValue, Form, LedgerColumn, RowValue
from govnet_graph.ledgers.values.codes import read_area_code, read_credit_code, read_id_number, read_phones
from govnet_graph.ledgers.values.dates import read_date
from govnet_graph.ledgers.values.numbers import read_number
from govnet_graph.ledgers.values.result import Normal, Unreadable
from govnet_graph.ledgers.values.text import as_text, clean, closed_up, folded, split_list
from govnet_graph.ledgers.words import LEVELS, NO, NOTHING, PARTY, WORDS, YES
from govnet_graph.schema import Text, ValueType

_YES, _NO = frozenset(map(folded, YES)), frozenset(map(folded, NO))
_NOTHING = frozenset(map(folded, NOTHING))
_LONGEST = 2 * max(map(len, _NOTHING))  # blanks within included
_BRACKETS = re.compile(r"[((\[【].*?[))\]】]")
_REMEMBERED = 2_000
_NAMES = ("name", "title")


def words_of(column: LedgerColumn) -> Mapping[str, tuple[str, ...]]:
    """The words of a column's closed list, by allowed value."""
    if column.target is not None and column.target.property == "@level":
        return LEVELS
    name = column.target.property if column.target is not None else ""
    return WORDS.get((column.owner, name), dict.fromkeys(column.values, ()))


def shown_value(column: LedgerColumn, value: str) -> str:
    """The word by which a template shows an allowed value."""
    words = words_of(column).get(value, ())
    return words[0] if words else value


class Normaliser:
    """Reads the cells of one column; what was read once is remembered, as ledgers repeat themselves.

    Parameters
    ----------
    column : LedgerColumn
        What the cells must be.
    from_1904 : bool
        Whether serial numbers of days count from 1904.
    """

    def __init__(self, column: LedgerColumn, *, from_1904: bool = False) -> None:
        self.column = column
        self._from_1904 = from_1904
        self._known: dict[tuple[type, CellValue], Normal] = {}
        self._words = self._closed_words() if column.values else {}

    def __call__(self, value: CellValue) -> Normal:
        """The value of a cell. Never raises."""
        key = (value.__class__, value)
        found = self._known.get(key)
        if found is None:
            found = self._read(value)
            if len(self._known) >= _REMEMBERED:
                # What comes again comes soon, so the latest values are worth more than the first.
                self._known.clear()
            self._known[key] = found
        return found

    def _read(self, value: CellValue) -> Normal:
        if value is None or (isinstance(value, str) and self._states_nothing(value)):
            return Normal(None)
        try:
            found = self._typed(value)
            self._check(found)
        except Unreadable as failure:
            return Normal(None, code=failure.code, reason=failure.text)
        return found

    def _states_nothing(self, text: str) -> bool:
        if len(text) > _LONGEST and not text.isspace():
            return False
        plain = folded(text)
        return not plain or (plain in _NOTHING and not (self.column.type is ValueType.BOOLEAN and plain in _NO))

    def _typed(self, value: CellValue) -> Normal:
        column = self.column
        match column.form:
            case Form.AREA_CODE | Form.PARENT_CODE:
                return read_area_code(value, above=column.form is Form.PARENT_CODE)
            case Form.CREDIT_CODE:
                return read_credit_code(value)
            case Form.PHONES:
                return read_phones(value)
            case Form.ID_NUMBER:
                return read_id_number(value)
        match column.type:
            case ValueType.DATE:
                return read_date(value, end=column.form is Form.UNTIL, from_1904=self._from_1904)
            case ValueType.INTEGER | ValueType.FLOAT:
                return read_number(value, whole=column.type is ValueType.INTEGER)
            case ValueType.BOOLEAN:
                return self._boolean(value)
            case ValueType.STRINGS:
                return Normal(split_list(value if isinstance(value, str) else as_text(value)) or None)
        if self.column.values:
            return self._one_of(as_text(value))
        return self._text(value)

    def _text(self, value: CellValue) -> Normal:
        text = as_text(value)
        name = self.column.target is not None and self.column.target.property in _NAMES
        closed = closed_up(text.replace("\n", " ")) if name else text
        if closed != text:
            return Normal(closed, Text("去掉了名称中的空格", "Blanks within the name were left out"))
        return Normal(text)

    def _boolean(self, value: CellValue) -> Normal:
        if isinstance(value, bool):
            return Normal(value)
        text = folded(as_text(value))
        if text in _YES or text in _NO:
            return Normal(text in _YES)
        if self.column.key == "party_member" and text in PARTY:
            return Normal(PARTY[text])
        raise Unreadable("boolean-unreadable", f"“{value}”不是“是”或“否”", f"{value!r} is neither yes (是) nor no (否)")

    def _closed_words(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for value, words in words_of(self.column).items():
            for word in (value, *words):
                found.setdefault(folded(word), value)
        return found

    def _one_of(self, text: str) -> Normal:
        given = folded(text)
        if given in self._words:
            return Normal(self._words[given])
        bare = folded(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))
        within = {v for word, v in self._words.items() if len(word) > 1 and not word.isascii() and word in bare}
        value = self._words.get(bare) or (next(iter(within)) if len(within) == 1 else None)
        if value is not None:
            return Normal(
                value, Text(f"“{text}”按“{shown_value(self.column, value)}”读取", f"{text!r} was read as {value}")
            )
        allowed = [shown_value(self.column, value) for value in self.column.values]
        raise Unreadable(
            "value-not-allowed",
            f"“{text}”不在可选项中：{'、'.join(allowed)}",
            f"{text!r} is not one of {', '.join(self.column.values)}",
        )

    def _check(self, found: Normal) -> None:
        minimum, value = self.column.minimum, found.value
        if minimum is not None and isinstance(value, int | float) and value < minimum:
            raise Unreadable("number-too-small", f"{value} 小于 {minimum:g}", f"{value} is below {minimum:g}")


def normalise(column: LedgerColumn, value: CellValue, *, from_1904: bool = False) -> Normal:
    """One cell as its column asks for it. Never raises."""
    return Normaliser(column, from_1904=from_1904)(value)


__all__ = ["Normaliser", "RowValue", "clean", "normalise", "shown_value", "words_of"]
