"""Rows of a benchmark, and the way all of them measure: interleaved rounds, medians, spread."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what, how much, in which unit, against which baseline; ``ratio`` is value by baseline.

    ``low`` and ``high`` are the smallest and largest of the rounds' values.
    """

    name: str
    value: float
    unit: str
    low: float
    high: float
    baseline: str = ""
    ratio: float | None = None

    def as_json(self) -> dict[str, object]:
        """The row as plain data, figures rounded to four significant digits."""
        ratio = None if self.ratio is None else float(f"{self.ratio:.4g}")
        return {
            "name": self.name,
            "value": float(f"{self.value:.4g}"),
            "unit": self.unit,
            "low": float(f"{self.low:.4g}"),
            "high": float(f"{self.high:.4g}"),
            "baseline": self.baseline,
            "ratio": ratio,
        }


def interleaved(
    contestants: dict[str, Callable[[], float]], rounds: int, warm_up: int = _WARM_UP
) -> dict[str, list[float]]:
    """Run every contestant once a round, in turn, so that a drift of the machine meets all alike; warm-up rounds first."""
    values: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + warm_up):
        for name, run in contestants.items():
            value = run()
            if number >= warm_up:
                values[name].append(value)
    return values


def rows(values: Mapping[str, Sequence[float]], unit: str, baseline: str) -> list[Row]:
    """Medians of all contestants; the ratio is the median of the rounds' own ratios to the baseline."""
    found = []
    for name, series in values.items():
        ratio = (
            None
            if name == baseline
            else statistics.median(a / b for a, b in zip(series, values[baseline], strict=True))
        )
        found.append(
            Row(
                name,
                statistics.median(series),
                unit,
                min(series),
                max(series),
                "" if name == baseline else baseline,
                ratio,
            )
        )
    return found
