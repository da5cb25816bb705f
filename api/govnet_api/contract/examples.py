"""Examples in the documentation: values to try on the demonstration district, and the worked rows of question files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from govnet_graph.questions import Question
from govnet_graph.questions.examples import DAY, IDS, of_parameter, required


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"  # the graph keeps moments as naive UTC
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def rows(question: Question, most: int = 2) -> list[dict[str, Any]]:
    """The first rows of the worked example that stands in the question's file."""
    names = [column.name for column in question.columns]
    return [dict(zip(names, _plain(row), strict=True)) for row in question.expected.rows[:most]]


def day(question: Question) -> str:
    """The day of that example."""
    return str(_plain(question.expected.parameters.get("as_of", dt.date(2026, 6, 1))))


__all__ = ["DAY", "IDS", "day", "of_parameter", "required", "rows"]
