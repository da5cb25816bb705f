"""Statistics of counts: intervals of rates, quantiles of times, and what must not be shown. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Z95 = 1.959963984540054


def wilson(successes: int, trials: int, z: float = Z95) -> tuple[float, float] | None:
    """The Wilson score interval of a proportion, from 0 to 1; None without trials. Exact formula, no continuity correction.

    Parameters
    ----------
    successes, trials : int
    z : float
        Quantile of the normal distribution; 1.96 for 95 percent.

    Raises
    ------
    ValueError
        There are more successes than trials, or less than none.

    References
    ----------
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212.
    L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001) 101-133.

    Examples
    --------
    >>> [round(100 * bound, 2) for bound in wilson(1480, 1555)]
    [94.0, 96.13]
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} of {trials}")
    if trials == 0:
        return None
    share, square = successes / trials, z * z
    centre = (share + square / (2 * trials)) / (1 + square / trials)
    half = z / (1 + square / trials) * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    # Where none or all succeeded the interval begins or ends there exactly, which rounding misses by a hair.
    return 0.0 if successes == 0 else centre - half, 1.0 if successes == trials else centre + half


def quantile(counts: Mapping[int, int], share: float) -> int | None:
    """The smallest value that at least ``share`` of all observations do not exceed; None without any.

    >>> quantile({0: 1, 2: 1, 9: 2}, 0.5), quantile({}, 0.5)
    (2, None)
    """
    total = sum(counts.values())
    needed, seen = math.ceil(share * total), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= max(needed, 1):
            return value
    return None


def mean(counts: Mapping[int, int]) -> float | None:
    """The mean of observations given as how many there are of each value."""
    total = sum(counts.values())
    return sum(value * count for value, count in counts.items()) / total if total else None


def withheld(counts: Sequence[int], least: int, *, total_shown: bool = True) -> tuple[list[bool], bool]:
    """Which of the counts of a group must not be shown, and whether its total must not be shown either.

    A count from 1 to ``least`` - 1 is withheld; nothing is learnt from a nought. Where the total is shown, withheld counts
    must not follow from it: then the smallest shown counts are withheld too, until there are at least two and together they
    reach ``least``. Where nothing is left to withhold, the total is.

    Parameters
    ----------
    counts : sequence of int
        Parts that add up to the total, each at least 0.
    least : int
        Smallest count that may be shown, at least 2.
    total_shown : bool
        Whether the reader is to see the total.

    Returns
    -------
    (list of bool, bool)

    Examples
    --------
    >>> withheld([3, 40, 12, 0], 5)
    ([True, False, True, False], False)
    >>> withheld([3], 5)
    ([True], True)
    """
    if least < 2 or any(count < 0 for count in counts):
        raise ValueError("counts are not negative, and the smallest that may be shown is at least 2")
    hidden = [0 < count < least for count in counts]
    if not any(hidden) or not total_shown:
        return hidden, False
    order = sorted((at for at, count in enumerate(counts) if count >= least), key=lambda at: (counts[at], at))
    for at in order:
        if _safe(counts, hidden, least):
            break
        hidden[at] = True
    return hidden, not _safe(counts, hidden, least)


def _safe(counts: Sequence[int], hidden: Sequence[bool], least: int) -> bool:
    parts = [count for count, out in zip(counts, hidden, strict=True) if out]
    return len(parts) >= 2 and sum(parts) >= least
