"""Reads a view: the things and relationships that an answer names, each once, as plain maps to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govnet_graph.questions import ParameterValue, View, bind
from govnet_graph.store.driver import Graph, native
from govnet_graph.store.reader import NothingLoaded, home_of, masked, require_answerable

#: More than this nobody can tell apart on a screen.
MOST_NODES = 500


@dataclass(frozen=True, slots=True)
class Picture:
    """What a view draws.

    ``nodes`` are maps of id, label, name, title and synthetic, in the order in which the rows name them; ``relationships``
    are maps of id, type, from, to (ids of nodes that are drawn), role, programme, since, until, source, source_ref and
    synthetic, in the order of their ids. Values are those of the driver. ``truncated`` says that rows or things were left out.
    """

    view: View
    parameters: Mapping[str, ParameterValue]
    nodes: list[dict[str, Any]]
    relationships: list[dict[str, Any]]
    truncated: bool
    data_version: int

    @property
    def as_of(self) -> dt.date:
        """The day that the picture is about."""
        day = self.parameters["as_of"]
        assert isinstance(day, dt.date)
        return day

    def plain(self) -> dict[str, Any]:
        """Everything as plain Python values."""
        return {
            "nodes": native(self.nodes),
            "relationships": native(self.relationships),
            "truncated": self.truncated,
            "as_of": self.as_of,
            "data_version": self.data_version,
        }


@lru_cache(maxsize=256)
def _wrapped(view: View) -> str:
    """The view's own text as a subquery, what it draws collected into one record without doubles."""
    return f"""CALL () {{
{view.body}
}}
WITH collect([nodes, links]) AS found
WITH size(found) AS many, found[..$drawn] AS rows
OPTIONAL MATCH (s:GraphState {{id: 'govnet'}})
RETURN s.data_version, many, COLLECT {{
    UNWIND range(0, size(rows) - 1) AS at
    UNWIND rows[at][0] AS n
    WITH n, min(at) AS first WHERE n IS NOT NULL
    WITH n, first ORDER BY first, n.id LIMIT $most
    RETURN {{id: n.id, label: coalesce(n.was, head([l IN labels(n) WHERE l <> 'Entity'])), name: n.name, title: n.title,
      synthetic: coalesce(n.synthetic, false)}}
  }}, COLLECT {{
    UNWIND rows AS row
    UNWIND row[1] AS r
    WITH DISTINCT r WHERE r IS NOT NULL
    RETURN {{id: r.id, type: type(r), from: startNode(r).id, to: endNode(r).id, role: r.role, programme: r.programme,
      since: r.since, until: r.until, source: r.source, source_ref: r.source_ref, synthetic: coalesce(r.synthetic, false)}}
    ORDER BY r.id
  }}"""


async def see(
    graph: Graph,
    view: View,
    given: Mapping[str, object],
    *,
    home: str | None = None,
    names: bool = False,
    day: dt.date | None = None,
    timeout: float | None = None,
    most: int = MOST_NODES,
) -> Picture:
    """Draw the view of one question; exact, for the rows that the same parameters give.

    Parameters
    ----------
    graph : Graph
    view : View
    given : mapping of str to object
        Parameter values of the question, as text or typed.
    home : str or None
        Id of the loaded district; read from the graph where it is needed and not given.
    names : bool
        Whether the caller may see members' names; otherwise their role titles stand in place.
    day : date, optional
        What ``today`` means.
    timeout : float, optional
        Seconds.
    most : int
        Largest number of nodes; relationships of those beyond are left out too.

    Raises
    ------
    BadParameter, NotFound, NothingLoaded, QueryFailed, QueryTimedOut, EngineUnreachable
    """
    asked = view.question
    if home is None and any(p.default == "home" for p in asked.parameters):
        home = await home_of(graph)
    parameters = bind(asked, given, home=home, day=day)
    limit = parameters["limit"]
    assert isinstance(limit, int)
    sent = {**parameters, "limit": limit + 1, "drawn": limit, "most": most + 1}
    version, many, nodes, links = (await graph.read(_wrapped(view), sent, timeout=timeout))[0]
    if version is None:
        raise NothingLoaded
    if not many:
        await require_answerable(graph, asked, parameters)
    truncated = many > limit or len(nodes) > most
    shown = [masked(node, names=names) for node in nodes[:most]]
    ids = {node["id"] for node in shown}
    drawn = [link for link in links if link["from"] in ids and link["to"] in ids]
    return Picture(view, parameters, shown, drawn, truncated, version)
