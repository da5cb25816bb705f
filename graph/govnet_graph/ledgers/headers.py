"""Titles of columns, and what is known about them: the words by which ledgers call the columns of every kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.terms import LedgerColumn, LedgerKind
from govnet_graph.ledgers.values.text import folded
from govnet_graph.ledgers.words import SERIAL

_BRACKETS = re.compile(r"[(\[{【〔].*?[)\]}】〕]")
_MARKS = re.compile(r"[*#::·.]")
REASON_TITLES = ("退回原因 Reason", "退回单元格 Cell")
"""Titles of the columns that a quarantine workbook adds; read again they are left out by a rule."""
_REASONS = frozenset(folded(title) for title in REASON_TITLES)
_LONGEST = 64
_REMEMBERED = 5_000


def folded_title(title: str) -> str:
    """A title for comparison: NFKC, lower case, without blanks, remarks in brackets and marks such as *.

    >>> folded_title("单位 名称（全称）*")
    '单位名称'
    """
    plain = unicodedata.normalize("NFKC", title)
    bare = _BRACKETS.sub("", plain)
    return _MARKS.sub("", folded(bare if bare.strip() else plain))


def header_text(column: LedgerColumn) -> str:
    """How a template titles a column: Chinese above English."""
    return f"{column.text.zh}\n{column.text.en}"


def is_reason(title: str) -> bool:
    """Whether a column was added by a quarantine workbook."""
    return folded(title) in _REASONS


@cache
def names_of(column: LedgerColumn) -> Mapping[str, float]:
    """Every way to title a column, folded, with how sure it is: its own titles and key 1, synonyms 0.95."""
    own = (header_text(column), column.text.zh, column.text.en, column.key)
    found = {folded_title(name): 1.0 for name in own}
    for synonym in column.synonyms:
        found.setdefault(folded_title(synonym), 0.95)
    return found


class Vocabulary:
    """The words that head columns of some kinds of ledger, and titles that a district taught."""

    def __init__(self, kinds: Iterable[LedgerKind] = tuple(KINDS.values()), taught: Iterable[str] = ()) -> None:
        self._words = {folded_title(word) for word in (*SERIAL, *taught)} | _REASONS
        for kind in kinds:
            for column in kind.columns:
                self._words.update(names_of(column))
        self._words.discard("")
        self._known: dict[str, bool] = {}

    def knows(self, text: str) -> bool:
        """Whether a text is such a word. Exact but for brackets, blanks and case."""
        if len(text) > _LONGEST:
            return False
        found = self._known.get(text)
        if found is None:
            found = folded_title(text) in self._words
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = found
        return found
