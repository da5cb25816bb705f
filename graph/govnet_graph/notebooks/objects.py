"""Optional: the graph as py2neo objects, for notebooks and one-off exploration (``pip install govnet[py2neo]``).

py2neo is no longer maintained: its reads, writes and object mapping work on Neo4j 5 and 2026, its schema calls do not.
Nothing that loads or serves uses this module. It speaks to real Neo4j only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govnet_graph.errors import BadInput
from govnet_graph.questions import bind, question
from govnet_graph.schema import SCHEMA
from govnet_graph.store.engines.model import Engine

try:
    import py2neo
    from py2neo.ogm import GraphObject, Property, RelatedTo
except ImportError as error:
    raise BadInput("py2neo is not installed.", hint="Install it with: pip install 'govnet[py2neo]'.") from error


def open_graph(engine: Engine) -> Any:
    """A ``py2neo.Graph`` on a running engine."""
    auth = (engine.user, engine.password) if engine.user else None
    return py2neo.Graph(engine.uri, auth=auth, name=engine.database or None)


def close_graph(graph: Any) -> None:
    """Close the connections of a ``py2neo.Graph``, which py2neo itself leaves open until the process ends."""
    graph.service.connector.close()


def ask(graph: Any, question_id: str, given: Mapping[str, object], *, home: str | None = None) -> list[dict[str, Any]]:
    """The rows of one question as dictionaries.

    Members' names are not masked here: whoever holds the database's password can read them anyway.

    Raises
    ------
    NotFound, BadParameter
    """
    asked = question(question_id)
    cursor = graph.run(asked.body, bind(asked, given, home=home))
    return [dict(record) for record in cursor]


def entity_class(label: str) -> Any:
    """A py2neo ``GraphObject`` class for one label: a property each, and a ``RelatedTo`` each for outgoing types.

    A relationship's attribute is its type in lower case, such as ``unit.paired_with``. Raises BadInput for an unknown label.
    """
    node = SCHEMA.nodes.get(label)
    if node is None:
        raise BadInput(f"There is no label {label!r}.", hint=f"There are: {', '.join(SCHEMA.nodes)}.")
    body: dict[str, Any] = {"__primarylabel__": label, "__primarykey__": "id"}
    body.update({prop.name: Property() for prop in node.properties})
    for rel in SCHEMA.relationships.values():
        if any(start == label for start, _ in rel.pairs):
            body[rel.type.lower()] = RelatedTo(GraphObject, rel.type)
    return type(label, (GraphObject,), body)
