"""The answer to a question as a list of rows that knows its question, and how to become a table or a graph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from govnet_graph.errors import BadInput
from govnet_graph.questions import ParameterValue, Question, Shape
from govnet_graph.store.reader import Answer

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_SHOWN = 10
_DTYPES = {
    Shape.STRING: "string",
    Shape.STATE: "string",
    Shape.INTEGER: "Int64",
    Shape.FLOAT: "Float64",
    Shape.BOOLEAN: "boolean",
}


class Rows(list[dict[str, Any]]):
    """Rows of an answer, each a dictionary by column.

    Entities are dictionaries of ``id``, ``label`` and ``name``; days are ``datetime.date``.

    Attributes
    ----------
    question : Question
    parameters : mapping of str to value
        Everything that the question was asked with, defaults included.
    more : bool
        Whether rows follow after these.
    data_version : int
        Version of the data that answered.

    Examples
    --------
    >>> rows = district.ask("member-units", member="member-07", as_of="2026-06-01")
    >>> rows
    <2 rows of member-units as of 2026-06-01>
    >>> rows.columns
    ['unit', 'hops', 'reason', 'path']
    >>> rows[0]["unit"]["id"], rows[0]["hops"]
    ('unit-b', 2)
    """

    def __init__(self, answer: Answer, draw: Callable[[], nx.MultiDiGraph[str]] | None = None) -> None:
        super().__init__(answer.records())
        self.question: Question = answer.question
        self.parameters: Mapping[str, ParameterValue] = dict(answer.parameters)
        self.more = answer.more
        self.data_version = answer.data_version
        self._draw = draw

    @property
    def as_of(self) -> dt.date:
        """The day that the answer is about."""
        day = self.parameters["as_of"]
        assert isinstance(day, dt.date)
        return day

    @property
    def columns(self) -> list[str]:
        """Names of the columns in order."""
        return [column.name for column in self.question.columns]

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas table; needs ``pip install 'govnet[notebook]'``.

        An entity takes two columns, ``x.id`` and ``x.name``; a list of entities the same two, with lists in them; a path
        the ids of its nodes. Days and moments become ``datetime64``; unknown values stay missing, whatever the type.

        Raises
        ------
        BadInput
            pandas is not installed.

        Examples
        --------
        >>> table = district.ask("member-units", member="member-07", as_of="2026-06-01").frame()
        >>> list(table.columns)
        ['unit.id', 'unit.name', 'hops', 'reason', 'path']
        >>> int(table["hops"].sum())
        5
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise BadInput(
                "pandas is not installed.", hint="Install it with: pip install 'govnet[notebook]'."
            ) from error
        columns: dict[str, Any] = {}
        for column in self.question.columns:
            values = [row[column.name] for row in self]
            match column.type:
                case Shape.ENTITY:
                    for part in ("id", "name"):
                        held = [value.get(part) if value is not None else None for value in values]
                        columns[f"{column.name}.{part}"] = pd.Series(held, dtype="string")
                case Shape.ENTITIES:
                    for part in ("id", "name"):
                        lists = [[item.get(part) for item in value] if value is not None else None for value in values]
                        columns[f"{column.name}.{part}"] = pd.Series(lists, dtype="object")
                case Shape.PATH:
                    ids = [[node["id"] for node in value["nodes"]] if value is not None else None for value in values]
                    columns[column.name] = pd.Series(ids, dtype="object")
                case Shape.DATE | Shape.DATETIME:
                    columns[column.name] = pd.to_datetime(pd.Series(values, dtype="object"))
                case kind:
                    columns[column.name] = pd.Series(values, dtype=_DTYPES.get(kind, "object"))
        return pd.DataFrame(columns)

    def graph(self) -> nx.MultiDiGraph[str]:
        """The answer as a networkx graph: the question's view where it has one, else what the rows themselves tell.

        Nodes are ids with the attributes ``label``, ``name`` and ``title``; edges carry ``type`` and, where known, role,
        dates and source. Without a view the other entities of a row hang on its first one, by the column's name.

        Examples
        --------
        >>> graph = district.ask("member-units", member="member-07", as_of="2026-06-01").graph()
        >>> graph.has_edge("member-07", "org-joint-1")
        True
        """
        return self._draw() if self._draw is not None else _from_rows(self)

    def __repr__(self) -> str:
        count = f"{len(self)} row{'' if len(self) == 1 else 's'}"
        return f"<{count} of {self.question.id} as of {self.as_of}{', more follow' if self.more else ''}>"

    def _repr_html_(self) -> str:
        """The first rows as a table under headings in both languages, for notebooks."""
        heads = "".join(f"<th>{escape(c.text.zh)}<br>{escape(c.text.en)}</th>" for c in self.question.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_short(row[name]))}</td>" for name in self.columns) + "</tr>"
            for row in self[:_SHOWN]
        )
        note = f"{self!r}" + (f"; the first {_SHOWN} are shown" if len(self) > _SHOWN else "")
        return (
            f"<p>{escape(self.question.text.zh)} {escape(self.question.text.en)}</p>"
            f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p>{escape(note)}</p>"
        )


def _short(value: Any) -> str:
    """A value in a few words."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_short(item) for item in value)
    if isinstance(value, dict):
        if "nodes" in value:
            return " → ".join(_short(node) for node in value["nodes"])
        return str(value.get("name") or value.get("id") or value)
    return str(value)


def new_graph(question: Question, **told: Any) -> nx.MultiDiGraph[str]:
    """An empty graph that says which answer it draws."""
    import networkx as nx

    return nx.MultiDiGraph(question=question.id, **told)


def add_node(graph: nx.MultiDiGraph[str], entity: Mapping[str, Any]) -> str:
    """Put an entity into the graph, once; its id."""
    graph.add_node(entity["id"], **{key: value for key, value in entity.items() if key != "id"})
    return str(entity["id"])


def add_edge(graph: nx.MultiDiGraph[str], link: Mapping[str, Any]) -> None:
    """Put a relationship into the graph, once, under its own id."""
    told = {key: value for key, value in link.items() if key not in ("id", "from", "to")}
    graph.add_edge(link["from"], link["to"], key=link["id"], **told)


def _from_rows(rows: Rows) -> nx.MultiDiGraph[str]:
    graph = new_graph(rows.question, as_of=rows.as_of, data_version=rows.data_version, truncated=rows.more)
    for row in rows:
        first: str | None = None
        for column in rows.question.columns:
            value = row[column.name]
            if value is None:
                continue
            if column.type is Shape.PATH:
                for node in value["nodes"]:
                    add_node(graph, node)
                for step in value["steps"]:
                    add_edge(graph, step)
            elif column.type in (Shape.ENTITY, Shape.ENTITIES):
                for entity in [value] if column.type is Shape.ENTITY else value:
                    added = add_node(graph, entity)
                    if first is None:
                        first = added
                    elif added != first:
                        graph.add_edge(first, added, key=column.name, type=column.name)
    return graph
