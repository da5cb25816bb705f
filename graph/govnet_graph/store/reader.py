"""Runs a question and shapes its answer: rows, data version and names masked, in one round trip to the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govnet_graph.errors import GovnetError, NotFound, indefinite
from govnet_graph.questions import ParameterValue, Question, Shape, bind
from govnet_graph.schema import SCHEMA
from govnet_graph.store.driver import Graph, Row, native
from govnet_graph.store.state import GraphState, read_state

_MAY_HOLD_NAMES = frozenset({Shape.ENTITY, Shape.ENTITIES, Shape.PATH, Shape.MAP, Shape.MAPS})
_MASKED = {
    label: frozenset(p.name for p in node.properties if p.privacy.masked_by_default)
    for label, node in SCHEMA.nodes.items()
}
_NESTED = (dict, list)
_PLAIN = frozenset(label for label, hidden in _MASKED.items() if not hidden)


class NothingLoaded(GovnetError):
    """The graph is empty."""

    code = "nothing-loaded"

    def __init__(self) -> None:
        super().__init__("The graph holds no data yet.", hint="Run `govnet load demo` or `govnet load article`.")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    ``rows`` holds driver values in the order of the question's columns; ``more`` says that rows follow after these.
    """

    question: Question
    parameters: Mapping[str, ParameterValue]
    rows: list[Row]
    more: bool
    data_version: int

    @property
    def as_of(self) -> dt.date:
        """The day that the answer is about."""
        day = self.parameters["as_of"]
        assert isinstance(day, dt.date)
        return day

    def records(self) -> list[dict[str, Any]]:
        """Rows as dictionaries of plain Python values."""
        names = [column.name for column in self.question.columns]
        return [dict(zip(names, native(row), strict=True)) for row in self.rows]


@lru_cache(maxsize=1024)
def _wrapped(question: Question) -> str:
    """The question's own text as a subquery, its rows collected into one: decoding one record costs half of many."""
    columns = ", ".join(column.name for column in question.columns)
    return (
        f"CALL () {{\n{question.body}\n}}\nWITH collect([{columns}]) AS rows\n"
        "OPTIONAL MATCH (s:GraphState {id: 'govnet'})\nRETURN s.data_version, rows"
    )


async def home_of(graph: Graph) -> str | None:
    """Id of the loaded district."""
    state = await read_state(graph)
    return state.home if state else None


async def ask(
    graph: Graph,
    question: Question,
    given: Mapping[str, object],
    *,
    home: str | None = None,
    names: bool = False,
    day: dt.date | None = None,
    timeout: float | None = None,
    rows_at_most: int | None = None,
) -> Answer:
    """Run one question.

    Parameters
    ----------
    graph : Graph
    question : Question
    given : mapping of str to object
        Parameter values, as text or typed.
    home : str or None
        Id of the loaded district; read from the graph where it is needed and not given.
    names : bool
        Whether the caller may see members' names; otherwise their role titles stand in place.
    day : date, optional
        What ``today`` means.
    timeout : float, optional
        Seconds.
    rows_at_most : int, optional
        In the place of ``limit``, and not bound as that is: for those who read whole answers.

    Raises
    ------
    BadParameter, NotFound, NothingLoaded, QueryFailed, QueryTimedOut, EngineUnreachable
    """
    if home is None and any(p.default == "home" for p in question.parameters):
        home = await home_of(graph)
    parameters = bind(question, given, home=home, day=day)
    limit = rows_at_most or parameters["limit"]
    assert isinstance(limit, int)
    version, rows = (await graph.read(_wrapped(question), {**parameters, "limit": limit + 1}, timeout=timeout))[0]
    if version is None:
        raise NothingLoaded
    if not rows:
        await require_answerable(graph, question, parameters)
    elif any(p.type == "Area" and given.get(p.name) for p in question.parameters):
        # Questions look for what lies in an area by the code that its id is, which part of a code would do as well.
        await _require_ids(graph, question, parameters)
    more = len(rows) > limit
    rows = rows[:limit]
    rows = [_masked(question, row, names=names) for row in rows]
    return Answer(question, parameters, rows, more, version)


async def require_answerable(graph: Graph, question: Question, parameters: Mapping[str, ParameterValue]) -> None:
    """Raise NothingLoaded or NotFound when an empty answer means that there is nothing to ask about."""
    await _require_loaded(graph)
    await _require_ids(graph, question, parameters)


async def _require_loaded(graph: Graph) -> None:
    """Raise NothingLoaded when an empty answer comes from a graph that was emptied."""
    state = await read_state(graph)
    if state is None or not (state.dataset or state.loading):
        raise NothingLoaded


async def _require_ids(graph: Graph, question: Question, parameters: Mapping[str, ParameterValue]) -> None:
    """Raise NotFound when an empty answer comes from an id that is not there or has another label."""
    for parameter in question.parameters:
        wanted = parameters[parameter.name]
        if not parameter.is_id or wanted is None:
            continue
        found = await graph.read(
            "MATCH (n:Entity {id: $id}) RETURN [l IN labels(n) WHERE l <> 'Entity']", {"id": wanted}
        )
        allowed = SCHEMA.areas if parameter.type == "Area" else (parameter.type,)
        if not found:
            raise NotFound(f"There is no {parameter.type} {wanted!r}.", hint="Search for it, or list what is there.")
        label = found[0][0][0]
        if parameter.type != "Entity" and label not in allowed:
            raise NotFound(
                f"{wanted!r} is {indefinite(label)}, not {indefinite(parameter.type)}.",
                hint=f"Parameter {parameter.name} takes the id of {indefinite(parameter.type)}.",
            )


@lru_cache(maxsize=1024)
def _columns_with_names(question: Question) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Positions of the columns that hold one entity each, and of the others that may hold a name."""
    held = [(at, column.type) for at, column in enumerate(question.columns) if column.type in _MAY_HOLD_NAMES]
    return tuple(at for at, kind in held if kind is Shape.ENTITY), tuple(
        at for at, kind in held if kind is not Shape.ENTITY
    )


def _masked(question: Question, row: Row, *, names: bool) -> Row:
    """The row as the caller may see it, changed in place. Most entities have nothing to hide and stay as they are."""
    entities, others = _columns_with_names(question)
    owner = None
    for at in entities:
        value = row[at]
        if isinstance(value, dict):
            label = value.get("label")
            owner = owner or label
            if label not in _PLAIN or any(isinstance(item, _NESTED) for item in value.values()):
                row[at] = _mask(value, None, names)
        elif value is not None:
            row[at] = _mask(value, None, names)
    for at in others:
        row[at] = _mask(row[at], owner, names)
    return row


def masked(entity: dict[str, Any], *, names: bool) -> dict[str, Any]:
    """An entity (map of id, label, name, title and more) as the caller may see it."""
    shown: dict[str, Any] = _mask(entity, None, names)
    return shown


def _mask(value: Any, owner: str | None, names: bool) -> Any:
    """The value as the caller may see it: a member's role title stands for a name that is hidden or not known.

    ``owner`` is the label of the row's first entity, whose properties a map column holds.
    """
    if isinstance(value, list):
        return [_mask(item, owner, names) for item in value]
    if not isinstance(value, dict):
        return value
    label = value.get("label") if "id" in value else None
    hidden = frozenset() if names else _MASKED.get(label or owner or "", frozenset())
    shown = {
        key: _mask(item, owner, names) if isinstance(item, _NESTED) else item
        for key, item in value.items()
        if key not in hidden
    }
    if label == "Member":
        shown["name"] = shown.get("name") or value.get("title")
    return shown


__all__ = ["Answer", "GraphState", "NothingLoaded", "ask", "home_of", "masked", "require_answerable"]
