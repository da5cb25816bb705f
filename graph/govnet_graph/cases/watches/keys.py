"""What a row of an answer is about, by the question's grain, and what of it counts as its content.

The grain says in words what there is one row of ("one row per area and requirement"); the columns that it names are the
row's key, with the first column that holds an entity and any that holds the id of a record. Two rows may have the same key
nevertheless, for a grain is prose: ``differ`` compares all rows of a key together, so no change is lost or made up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from govnet_graph.questions import Column, Question, Shape

_WORD = re.compile(r"[a-z_]+")
#: Where the grain stops naming what there is one row of and begins to say which of them.
_CLAUSE = re.compile(r"[;,]| that | who | whose | for which ")
#: Names of what the store notes beside a fact. A ledger that confirms a fact changes nothing, so it is no change here.
_NOTED = frozenset({"recorded_at", "confirmed_on", "superseded_at", "data_version"})
_UNSAID = _NOTED | {"change", "search"}
_AGEING = "days"
#: Columns that name one record of the graph.
_RECORDS = frozenset({"relationship", "id"})


@lru_cache(maxsize=512)
def key_columns(question: Question) -> tuple[str, ...]:
    """Names of the columns that tell the rows of a question apart, in their order.

    >>> from govnet_graph.questions import question
    >>> [key_columns(question(name)) for name in ("coverage-gaps", "late-cases", "unit-members", "similar-units")]
    [('area', 'requirement'), ('case',), ('member', 'role'), ('other',)]
    """
    words = set(_WORD.findall(_CLAUSE.split(question.grain.en.lower())[0]))
    entity = next((column.name for column in question.columns if column.type is Shape.ENTITY), None)
    found = tuple(c.name for c in question.columns if c.name in words or c.name == entity or c.name in _RECORDS)
    return found or (question.columns[0].name,)


@lru_cache(maxsize=512)
def content_columns(question: Question) -> tuple[str, ...]:
    """Names of the columns whose values are compared: all but those that only grow older with the day."""
    return tuple(column.name for column in question.columns if not _passing(column))


def _passing(column: Column) -> bool:
    return column.unit == _AGEING or column.name in _NOTED


def key_of(names: Sequence[str], row: Mapping[str, Any]) -> str:
    """The key of a row as text: the ids of entities and paths, other values as they are."""
    return orjson.dumps([_identity(row[name]) for name in names], option=orjson.OPT_SORT_KEYS).decode()


def _identity(value: Any) -> Any:
    if isinstance(value, dict):
        if "steps" in value and "nodes" in value:
            return [node["id"] for node in value["nodes"]] + [step["id"] for step in value["steps"]]
        return value["id"] if "id" in value else _said(value)
    return value


def content_of(names: Sequence[str], row: Mapping[str, Any]) -> str:
    """What is compared of a row, as text."""
    return orjson.dumps([_said(row[name]) for name in names], option=orjson.OPT_SORT_KEYS).decode()


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(item) for name, item in value.items() if name not in _UNSAID}
    if isinstance(value, list):
        # Some answers list properties one by one, as a name and a value.
        return [_said(item) for item in value if not (isinstance(item, dict) and item.get("property") in _UNSAID)]
    return value
