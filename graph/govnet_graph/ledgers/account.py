"""The account of a file: every cell that is not empty is imported, quarantined for a reason or ignored by a rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from govnet_graph.ledgers.model import Place, Problem, Range, Row
from govnet_graph.ledgers.rules import Rule


@dataclass(frozen=True, slots=True)
class Ignored:
    """Cells left out by one rule: the rectangle that holds them and how many of its cells are not empty."""

    rule: Rule
    where: Range
    cells: int


@dataclass(slots=True)
class SheetAccount:
    """What became of every cell of one sheet that is not empty.

    ``total`` is what the reader counted in the file, the rest is what the steps after it did with the cells they met;
    the account balances when the two agree.
    """

    sheet: str
    total: int
    imported: int = 0
    quarantined: dict[Place, Problem] = field(default_factory=dict)
    ignored: list[Ignored] = field(default_factory=list)

    @property
    def balances(self) -> bool:
        """Whether every cell of the file has exactly one fate."""
        return self.total == self.imported + len(self.quarantined) + sum(block.cells for block in self.ignored)

    def ignore(self, rule: Rule, where: Range | Place, cells: int = 1) -> None:
        """Leave out ``cells`` cells within a rectangle, or one cell."""
        block = where if isinstance(where, Range) else Range(*where, *where)
        if cells:
            self.ignored.append(Ignored(rule, block, cells))

    def quarantine(self, row: Row, *problems: Problem) -> None:
        """Take a row that had counted as imported back, for reasons found later (an unknown unit, a doubtful name).

        All its cells move; the cell that a problem names gets that reason, the others that of the first problem.
        Does nothing to cells that are quarantined already. ``problems`` are added to the row.
        """
        row.problems.extend(problems)
        if not row.problems:
            raise ValueError("a row is quarantined for a reason")
        at = {problem.place: problem for problem in reversed(row.problems) if problem.place is not None}
        for place in row.cells:
            if place not in self.quarantined:
                self.imported -= 1
                self.quarantined[place] = at.get(place, row.problems[0])

    def by_rule(self) -> dict[Rule, int]:
        """How many cells each rule left out."""
        counts: Counter[Rule] = Counter()
        for block in self.ignored:
            counts[block.rule] += block.cells
        return dict(counts)

    def fate(self, place: Place) -> Problem | Rule | None:
        """Why a cell was quarantined or ignored; None for an imported (or empty) one."""
        if place in self.quarantined:
            return self.quarantined[place]
        for block in self.ignored:
            where = block.where
            if where.top <= place[0] <= where.bottom and where.left <= place[1] <= where.right:
                return block.rule
        return None

    def as_json(self) -> dict[str, int]:
        """``{total, imported, quarantined, ignored}``."""
        ignored = sum(block.cells for block in self.ignored)
        return {
            "total": self.total,
            "imported": self.imported,
            "quarantined": len(self.quarantined),
            "ignored": ignored,
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
