"""What is kept of the rows and cells of a table, in as little room as half a million rows ask for."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

Place = tuple[int, int]
"""(row, column), both from 1."""


class Numbers(Sequence[int]):
    """Ascending numbers, such as those of a table's rows, kept as runs: a table without gaps is one run.

    >>> rows = Numbers([3, 4, 5, 9])
    >>> len(rows), rows[3], rows[-2], 5 in rows, 6 in rows, rows[::3], list(rows)
    (4, 9, 5, True, False, [3, 9], [3, 4, 5, 9])
    """

    __slots__ = ("_before", "_firsts", "_length")

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._firsts = array("Q")
        self._before = array("Q")  # how many numbers stand before the run
        self._length = 0
        for number in numbers:
            self.append(number)

    def append(self, number: int) -> None:
        """Add a number above all others."""
        if not self._firsts or number != self._firsts[-1] + self._length - self._before[-1]:
            self._firsts.append(number)
            self._before.append(self._length)
        self._length += 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self._length))]
        number = at + self._length if at < 0 else at
        if not 0 <= number < self._length:
            raise IndexError(at)
        run = bisect_right(self._before, number) - 1
        return self._firsts[run] + number - self._before[run]

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int) or not self._firsts or number < self._firsts[0]:
            return False
        run = bisect_right(self._firsts, number) - 1
        end = self._before[run + 1] if run + 1 < len(self._before) else self._length
        return number < self._firsts[run] + end - self._before[run]

    def __iter__(self) -> Iterator[int]:
        for run, first in enumerate(self._firsts):
            end = self._before[run + 1] if run + 1 < len(self._before) else self._length
            yield from range(first, first + end - self._before[run])

    def between(self, first: int, last: int) -> Iterator[int]:
        """Those from ``first`` to ``last``."""
        for run in range(max(bisect_right(self._firsts, first) - 1, 0), len(self._firsts)):
            begin = self._firsts[run]
            if begin > last:
                return
            end = self._before[run + 1] if run + 1 < len(self._before) else self._length
            yield from range(max(begin, first), min(begin + end - self._before[run] - 1, last) + 1)


class Repeats(Mapping[Place, Place]):
    """Cells that take the value of another cell of their column: sixteen bytes for each.

    >>> same = Repeats()
    >>> same.note((5, 2), 4), same.note((3, 2), 2)
    (None, None)
    >>> same[5, 2], (4, 2) in same, list(same)
    ((4, 2), False, [(3, 2), (5, 2)])
    """

    __slots__ = ("_columns",)

    def __init__(self) -> None:
        self._columns: dict[int, tuple[array[int], array[int]]] = {}

    def note(self, place: Place, origin: int) -> None:
        """A cell takes the value of the cell in row ``origin``; the last word on a cell counts."""
        row, column = place
        rows, origins = self._columns.setdefault(column, (array("Q"), array("Q")))
        if not rows or row > rows[-1]:
            rows.append(row)
            origins.append(origin)
            return
        at = bisect_left(rows, row)
        if rows[at] == row:
            origins[at] = origin
        else:
            rows.insert(at, row)
            origins.insert(at, origin)

    def __getitem__(self, place: Place) -> Place:
        row, column = place
        held = self._columns.get(column)
        if held is not None:
            at = bisect_left(held[0], row)
            if at < len(held[0]) and held[0][at] == row:
                return held[1][at], column
        raise KeyError(place)

    def __iter__(self) -> Iterator[Place]:
        for column, (rows, _) in self._columns.items():
            for row in rows:
                yield row, column

    def __len__(self) -> int:
        return sum(len(rows) for rows, _ in self._columns.values())

    def __bool__(self) -> bool:
        return bool(self._columns)

    def get(self, place: Place, default: Place | None = None) -> Place | None:  # type: ignore[override]
        """The cell whose value this one takes; ``default`` for one that speaks for itself. Asked for every cell."""
        held = self._columns.get(place[1])
        if held is None:
            return default
        at = bisect_left(held[0], place[0])
        return (held[1][at], place[1]) if at < len(held[0]) and held[0][at] == place[0] else default
