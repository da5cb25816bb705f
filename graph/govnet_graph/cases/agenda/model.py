"""What an agenda holds: sections of rows, each figure and row with a note that says where it comes from. No clock, no format."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from govnet_graph.documents import Note, Row, both
from govnet_graph.schema import Text


@dataclass(frozen=True, slots=True)
class Section:
    """One item of the agenda.

    ``total`` is the number of rows that there are, of which ``rows`` shows the first; ``more`` says that there are more than
    were counted; ``note`` is the number of the note of the total.
    """

    key: str
    title: Text
    headings: tuple[Text, ...]
    rows: tuple[Row, ...]
    total: int
    more: bool
    note: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda: ``area`` is what the meeting is about (id and name), ``month`` its month, ``as_of`` the day that is told of."""

    area: tuple[str, str]
    month: str
    as_of: dt.date
    days: int
    data_version: int
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    @property
    def synthetic(self) -> bool:
        """Whether any of it was generated for demonstration."""
        return any(row.synthetic for section in self.sections for row in section.rows)

    def as_json(self) -> dict[str, Any]:
        """The agenda as plain data, in both languages."""
        return {
            "area": {"id": self.area[0], "name": self.area[1]}, "month": self.month, "as_of": self.as_of.isoformat(),
            "days": self.days, "data_version": self.data_version, "synthetic": self.synthetic,
            "sections": [
                {
                    "key": s.key, "title": both(s.title), "total": s.total, "more": s.more, "note": s.note,
                    "headings": [both(h) for h in s.headings],
                    "rows": [
                        {"id": r.id, "cells": [both(c) for c in r.cells], "note": r.note, "synthetic": r.synthetic} for r in s.rows
                    ],
                }
                for s in self.sections
            ],
            "notes": [{"number": n.number, "text": both(n.text)} for n in self.notes],
        }  # fmt: skip


__all__ = ["Agenda", "Note", "Row", "Section"]
