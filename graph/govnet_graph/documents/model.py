"""What a document holds: sections of lines and a table, in both languages, each with notes that say where it comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.schema import Text

SOURCES = Text("来源与依据", "Sources")
#: Stands beside what was generated.
MARK = " *"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, from 1, and what it says."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``note`` is the number of its note, 0 for none."""

    text: Text
    note: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in both languages, the id of what it is about, the number of its note (0 for none), whether it was generated."""

    id: str
    cells: tuple[Text | None, ...]
    note: int = 0
    synthetic: bool = False

    def shown(self, lang: str) -> list[str]:
        """The cells in a language; the first of a generated row is marked."""
        found = [said(cell, lang) for cell in self.cells]
        return [found[0] + MARK, *found[1:]] if self.synthetic else found


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines and a table below it; ``empty`` stands where the table has no row. ``level`` 2 lies in the section before."""

    key: str
    title: Text
    lines: tuple[Line, ...] = ()
    headings: tuple[Text, ...] = ()
    rows: tuple[Row, ...] = ()
    empty: Text | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A document: ``about`` stands before its sections, ``day`` for the moment of writing; a ``wide`` one lies across the page."""

    title: Text
    about: tuple[Text, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    day: dt.date
    wide: bool = False

    def numbered(self, lang: str) -> list[tuple[str, Section]]:
        """The sections with their titles, numbered 1, 1.1, 2 …"""
        found, first, second = [], 0, 0
        for section in self.sections:
            first, second = (first + 1, 0) if section.level == 1 else (first, second + 1)
            number = f"{first}." if section.level == 1 else f"{first}.{second}"
            found.append((f"{number} {said(section.title, lang)}", section))
        return found


@dataclass(slots=True)
class Notes:
    """Notes in the making: numbered in the order in which they are needed; what was said before keeps its number."""

    _numbers: dict[Text, int] = field(default_factory=dict)

    def number(self, text: Text) -> int:
        """The number of a note that says this."""
        return self._numbers.setdefault(text, len(self._numbers) + 1)

    def all(self) -> tuple[Note, ...]:
        """The notes in order."""
        return tuple(Note(number, text) for text, number in self._numbers.items())


def said(text: Text | None, lang: str) -> str:
    """A text in a language (``zh`` or ``en``); nothing where there is none."""
    return "" if text is None else text.en if lang == "en" else text.zh


def filled(text: Text, **values: object) -> Text:
    """A text with what it leaves open, in both languages; a value that is a text itself is said in the language.

    >>> filled(Text("{count} 个{what}", "{count} {what}"), count=2, what=Text("网格", "grids")).en
    '2 grids'
    """
    parts = {
        lang: {name: said(value, lang) if isinstance(value, Text) else value for name, value in values.items()}
        for lang in ("zh", "en")
    }
    return Text(text.zh.format(**parts["zh"]), text.en.format(**parts["en"]))


def plain(value: object) -> Text:
    """A value that is the same in both languages; it may not be empty."""
    return Text(str(value), str(value))


def cell(value: object) -> Text | None:
    """A value as a cell; None where there is nothing to say."""
    return None if value is None or value == "" else plain(value)


def both(text: Text | None) -> dict[str, str] | None:
    """A text as plain data."""
    return None if text is None else {"zh": text.zh, "en": text.en}


def section_json(section: Section) -> dict[str, Any]:
    """A section as plain data, in both languages."""
    return {
        "key": section.key, "level": section.level, "title": both(section.title), "empty": both(section.empty),
        "lines": [{"text": both(line.text), "note": line.note} for line in section.lines],
        "headings": [both(heading) for heading in section.headings],
        "rows": [
            {"id": row.id, "cells": [both(cell) for cell in row.cells], "note": row.note, "synthetic": row.synthetic}
            for row in section.rows
        ],
    }  # fmt: skip
