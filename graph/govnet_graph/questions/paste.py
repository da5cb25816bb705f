"""A question with its parameters as text for Neo4j Browser: paste it, get the same rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from govnet_graph.questions.model import Question
from govnet_graph.questions.values import ParameterValue


def literal(value: ParameterValue) -> str:
    """One value as a Cypher literal.

    >>> literal(dt.date(2026, 6, 1)), literal(["a", "b"]), literal(None)
    ("date('2026-06-01')", '["a", "b"]', 'null')
    """
    if isinstance(value, dt.datetime):
        return f"localdatetime('{value.isoformat()}')"
    if isinstance(value, dt.date):
        return f"date('{value.isoformat()}')"
    # JSON's strings, numbers, truth values, null and lists of these are written the same way in Cypher.
    return json.dumps(value, ensure_ascii=False)


def pasteable(question: Question, parameters: Mapping[str, ParameterValue]) -> str:
    """A ``:params`` command for Neo4j Browser, then the question's text."""
    given = ", ".join(f"{name}: {literal(value)}" for name, value in parameters.items())
    return f":params {{{given}}};\n\n{question.cypher.rstrip()};\n"
