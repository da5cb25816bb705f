"""Small counts in tables that leave the house: withheld, and others with them where they would follow."""

from __future__ import annotations

from collections.abc import Sequence

Parts = tuple[int, int, int]


def withheld_rows(rows: Sequence[Parts], least: int) -> tuple[list[bool], bool]:
    """Which rows of a table must not show their parts, and whether the row of the sums must not show its parts either.

    A row with a part from 1 to ``least`` - 1 is withheld as a whole; nothing is learnt from a nought. What is withheld must
    not follow from the sums: then the smallest shown rows are withheld too, until at least two are and none of their common
    sums is small; where nothing is left to withhold, the sums are.

    Examples
    --------
    >>> withheld_rows([(9, 2, 0), (20, 7, 0), (8, 8, 8)], 5)
    ([True, False, True], False)
    >>> withheld_rows([(1, 0, 0)], 5)
    ([True], True)
    """
    hidden = [_small(row, least) for row in rows]

    def follows() -> bool:
        kept = [row for row, out in zip(rows, hidden, strict=True) if out]
        return bool(kept) and (len(kept) < 2 or _small(_sums(kept), least))

    for at in sorted(range(len(rows)), key=lambda at: (sum(rows[at]), at)):
        if not follows():
            break
        hidden[at] = True
    return hidden, follows() or _small(_sums(rows), least)


def shown(count: int, least: int) -> int | None:
    """A count, None where it is too small to be shown."""
    return None if 0 < count < least else count


def _small(parts: Parts, least: int) -> bool:
    return any(0 < part < least for part in parts)


def _sums(rows: Sequence[Parts]) -> Parts:
    return sum(row[0] for row in rows), sum(row[1] for row in rows), sum(row[2] for row in rows)
