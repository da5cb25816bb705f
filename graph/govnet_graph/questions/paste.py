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
    """A ``:param`` command for Neo4j Browser each, then the question's text.

    The form with an arrow evaluates its right side as Cypher; the form with a map would make days into texts and
    whole numbers into fractions.
    """
    given = "".join(f":param {name} => {literal(value)};\n" for name, value in parameters.items())
    return f"{given}\n{question.cypher.rstrip()};\n"
