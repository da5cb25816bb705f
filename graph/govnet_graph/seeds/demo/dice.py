"""Random choices that stay the same on every Python: seeded by text and made of ``random.Random.random()`` alone.

Python promises that a seed gives the same ``random()`` for ever; it does not promise that for ``choice``, ``sample``
or ``shuffle``, so these are written here.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of random choices, named by its seed, area and topic, so that no stream disturbs another."""

    __slots__ = ("_next",)

    def __init__(self, *parts: object) -> None:
        self._next = random.Random("/".join(str(part) for part in parts)).random

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._next() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit`` - 1."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely as the next."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a random order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` different items, or all of them where there are fewer, in a random order."""
        return self.shuffled(items)[:count]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day from ``first`` to ``last``, both included."""
        return first + dt.timedelta(days=self.below((last - first).days + 1))


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole parts as near to the weights as can be (largest remainders; the earlier wins a tie).

    >>> spread(7, [1, 1, 2])
    [2, 2, 3]
    """
    whole = sum(weights)
    if total <= 0 or whole <= 0:
        return [0] * len(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(weights)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
