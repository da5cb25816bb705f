"""A question with its parameters as text for Neo4j Browser: paste it, run it, get the same rows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping

from govnet_graph.questions.model import Question
from govnet_graph.questions.values import ParameterValue
from govnet_graph.questions.views import View

_TOKEN = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*` | \$(?P<name>[A-Za-z_]\w*)""",
    re.DOTALL | re.VERBOSE,
)


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


def presets(parameters: Mapping[str, ParameterValue]) -> str:
    """A ``:param`` command for Neo4j Browser each, in the order given.

    The form with an arrow evaluates its right side as Cypher; the form with a map would make days into texts and
    whole numbers into fractions.
    """
    return "".join(f":param {name} => {literal(value)};\n" for name, value in parameters.items())


def filled(cypher: str, parameters: Mapping[str, ParameterValue]) -> str:
    """A question's Cypher with its parameters as literals; what stands in texts, comments and quoted names is left alone.

    >>> filled("MATCH (u {id: $unit}) // $unit", {"unit": "unit-a"})
    'MATCH (u {id: "unit-a"}) // $unit'
    """

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        return literal(parameters[name]) if name else match[0]

    return _TOKEN.sub(value, cypher)


def pasteable(asked: Question | View, parameters: Mapping[str, ParameterValue]) -> str:
    """One statement for Neo4j Browser that gives the rows of a question, or draws its view, with these parameters.

    The values stand in the text itself: of several statements pasted at once, the commands that set parameters among
    them, Browser shows that each was run and the result of none.
    """
    given = ", ".join(f"{name}: {literal(value)}" for name, value in parameters.items())
    return f"// {asked.text.zh} {asked.text.en}\n// {given}\n{filled(asked.body, parameters)};\n"
