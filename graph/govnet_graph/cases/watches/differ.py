"""How two answers to the same question differ: rows that appeared, vanished and changed. Exact, whatever the keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govnet_graph.cases.watches.keys import content_columns, content_of, key_columns, key_of
from govnet_graph.questions import Question

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is about the same and says something else; ``columns`` names those that differ."""

    before: Row
    after: Row
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened between two answers. Order of rows is no difference."""

    appeared: tuple[Row, ...] = ()
    vanished: tuple[Row, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appeared or self.vanished or self.changed)


def difference(question: Question, before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """The difference of two answers to a question.

    Rows are put together by key. Those of a key that say the same on both sides cancel out; what is left is paired in
    order as changed, and the rest appeared or vanished. Linear in the number of rows.

    Parameters
    ----------
    question : Question
    before, after : sequence of mappings
        Rows by column, of plain values as they come from JSON.
    """
    keys, contents = key_columns(question), content_columns(question)
    old, new = _grouped(keys, before), _grouped(keys, after)
    appeared: list[Row] = []
    vanished: list[Row] = []
    changed: list[Change] = []
    for key in dict.fromkeys([*new, *old]):
        left, right = _left_over(contents, old.get(key, []), new.get(key, []))
        paired = min(len(left), len(right))
        for one, other in zip(left[:paired], right[:paired], strict=True):
            differing = tuple(name for name in contents if content_of([name], one) != content_of([name], other))
            changed.append(Change(one, other, differing))
        vanished += left[paired:]
        appeared += right[paired:]
    return Difference(tuple(appeared), tuple(vanished), tuple(changed))


def _grouped(names: Sequence[str], rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key_of(names, row), []).append(row)
    return found


def _left_over(names: Sequence[str], old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of either side that have no equal on the other."""
    had = Counter(content_of(names, row) for row in old)
    has = Counter(content_of(names, row) for row in new)
    return _without(names, old, has), _without(names, new, had)


def _without(names: Sequence[str], rows: Sequence[Row], others: Counter[str]) -> list[Row]:
    left, remaining = [], Counter(others)
    for row in rows:
        content = content_of(names, row)
        if remaining[content]:
            remaining[content] -= 1
        else:
            left.append(row)
    return left
