"""The account of a file: every cell that is not empty is imported, quarantined for a reason or ignored by a rule.

Cells are counted, not listed: what is kept grows with rectangles that were left out, with rows that were quarantined, and
by one bit for each row and column that holds a placeholder somewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from govnet_graph.ledgers.model import Place, Problem, Range, Row
from govnet_graph.ledgers.rules import Rule


@dataclass(frozen=True, slots=True)
class Ignored:
    """Cells left out by one rule: the rectangle that holds them and how many of its cells are not empty."""

    rule: Rule
    where: Range
    cells: int


@dataclass(frozen=True, slots=True)
class Held:
    """A quarantined row: its cells and its problems."""

    cells: tuple[Place, ...]
    problems: list[Problem]

    def reason(self, place: Place) -> Problem:
        """The first reason that names the cell, else the first that the row has."""
        return next((problem for problem in self.problems if problem.place == place), self.problems[0])


@dataclass(slots=True)
class SheetAccount:
    """What became of every cell of one sheet that is not empty.

    ``total`` is what the reader counted in the file, the rest is what the steps after it did with the cells they met;
    the account balances when the two agree. ``held`` are quarantined rows by number.
    """

    sheet: str
    total: int
    imported: int = 0
    ignored: list[Ignored] = field(default_factory=list)
    held: dict[int, Held] = field(default_factory=dict)
    _cells: dict[Place, Problem] = field(default_factory=dict)
    _single: dict[tuple[Rule, int], bytearray] = field(default_factory=dict)
    _counts: Counter[Rule] = field(default_factory=Counter)

    @property
    def balances(self) -> bool:
        """Whether every cell of the file has exactly one fate."""
        return self.total == self.imported + self._held_cells() + self._counts.total()

    def ignore(self, rule: Rule, where: Range, cells: int) -> None:
        """Leave out ``cells`` cells within a rectangle."""
        if cells:
            self.ignored.append(Ignored(rule, where, cells))
            self._counts[rule] += cells

    def ignore_cell(self, rule: Rule, place: Place) -> None:
        """Leave out one cell of a row that is otherwise read. Ledgers may have millions of them, so a bit is kept of each."""
        row, column = place
        bits = self._single.setdefault((rule, column), bytearray())
        if len(bits) <= row >> 3:
            bits.extend(bytes((row >> 3) + 1 - len(bits)))
        bits[row >> 3] |= 1 << (row & 7)
        self._counts[rule] += 1

    def quarantine(self, row: Row, *problems: Problem) -> None:
        """Take a row that had counted as imported back, for reasons found later (an unknown unit, a doubtful name).

        All its cells move; the cell that a problem names gets that reason, the others the first. A row that is
        quarantined already gets more reasons. ``problems`` are added to the row.
        """
        row.problems.extend(problems)
        if not row.problems:
            raise ValueError("a row is quarantined for a reason")
        if row.number not in self.held:
            cells = tuple(row.cells)
            self.imported -= len(cells)
            self.held[row.number] = Held(cells, row.problems)
        elif self.held[row.number].problems is not row.problems:
            self.held[row.number].problems.extend(problems)

    def quarantine_cell(self, place: Place, problem: Problem) -> None:
        """Take back one cell that had counted as imported, of what has no rows."""
        self.imported -= 1
        self._cells[place] = problem

    @property
    def quarantined(self) -> Mapping[Place, Problem]:
        """Why each cell that is quarantined is."""
        return {place: held.reason(place) for held in self.held.values() for place in held.cells} | self._cells

    def _held_cells(self) -> int:
        return sum(len(held.cells) for held in self.held.values()) + len(self._cells)

    def by_rule(self) -> dict[Rule, int]:
        """How many cells each rule left out."""
        return dict(self._counts)

    def fate(self, place: Place) -> Problem | Rule | None:
        """Why a cell was quarantined or ignored; None for an imported (or empty) one."""
        held = self.held.get(place[0])
        if held is not None and place in held.cells:
            return held.reason(place)
        if place in self._cells:
            return self._cells[place]
        for (rule, column), bits in self._single.items():
            if column == place[1] and place[0] >> 3 < len(bits) and bits[place[0] >> 3] >> (place[0] & 7) & 1:
                return rule
        for block in self.ignored:
            where = block.where
            if where.top <= place[0] <= where.bottom and where.left <= place[1] <= where.right:
                return block.rule
        return None

    def as_json(self) -> dict[str, int]:
        """``{total, imported, quarantined, ignored}``."""
        return {
            "total": self.total,
            "imported": self.imported,
            "quarantined": self._held_cells(),
            "ignored": self._counts.total(),
        }


@dataclass(slots=True)
class Account:
    """The accounts of all sheets of a file, by name."""

    sheets: dict[str, SheetAccount] = field(default_factory=dict)

    @property
    def balances(self) -> bool:
        """Whether every cell of every sheet has exactly one fate."""
        return all(sheet.balances for sheet in self.sheets.values())

    def as_json(self) -> dict[str, dict[str, int]]:
        """``{total, imported, quarantined, ignored}`` per sheet."""
        return {name: sheet.as_json() for name, sheet in self.sheets.items()}
