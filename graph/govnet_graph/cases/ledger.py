"""Cases as a ledger of the kind ``cases``, in the form in which ledgers are imported: what is written is read back as it was.

One row a dispatch, and one for a case that went nowhere. Units and organizations stand by name, members by their ids; what people wrote is left out unless it
is asked for; the steps of a case have no place in a ledger and stay in the graph.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.templates import write_ledger
from govnet_graph.store.driver import Graph, native

_PAGE = 2000
_ROWS = """
MATCH (c:Case)-[r:RAISED_IN]->(a)
WHERE r.until IS NULL AND c.id > $after AND ($area IS NULL OR a.id STARTS WITH $area)
  AND ($since IS NULL OR c.raised_on >= $since) AND ($until IS NULL OR c.raised_on <= $until)
WITH c, min(a.id) AS area ORDER BY c.id LIMIT $limit
RETURN c.id, properties(c), area, COLLECT {
  MATCH (c)-[d:DISPATCHED_TO]->(to) WHERE d.until IS NULL
  RETURN [head([l IN labels(to) WHERE l <> 'Entity']), to.id, to.name, properties(d)] ORDER BY d.dispatched_on, d.id
}
"""
_TWICE = """
MATCH (n:Entity) WHERE n:Unit OR n:Organization
UNWIND [n.name] + coalesce(n.aliases, []) AS name
WITH name, count(DISTINCT n) AS bearers WHERE bearers > 1
RETURN name
"""
_PERSONAL = ("description", "address")


def _properties(role: str) -> dict[str, str]:
    """Properties of a role by the keys of the columns that they stand in."""
    columns = KINDS["cases"].columns
    return {c.key: c.target.property for c in columns if c.target is not None and c.target.role == role}


_CASE, _DISPATCH = _properties("case"), _properties("dispatch")


async def case_rows(
    graph: Graph,
    *,
    area: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    personal: bool = False,
) -> list[dict[str, Any]]:
    """The rows of the ledger, in the order of cases and dispatches.

    Parameters
    ----------
    graph : Graph
    area : str, optional
        Code of the area that they were raised in, with all that lies in it.
    since, until : date, optional
        First and last day on which they were raised.
    personal : bool
        Whether what people wrote, and where exactly they were, is written too.
    """
    rows: list[dict[str, Any]] = []
    after = ""
    # A name that two bear would be asked back about; their ids are not.
    twice = {str(name) for (name,) in await graph.read(_TWICE)}
    while True:
        given = {"after": after, "area": area, "since": since, "until": until, "limit": _PAGE}
        found = [native(row) for row in await graph.read(_ROWS, given)]
        for id_, case, place, dispatches in found:
            rows += _rows(case, place, dispatches, twice, personal=personal)
            after = id_
        if len(found) < _PAGE:
            return rows


def _rows(
    case: Mapping[str, Any], place: str, dispatches: list[Any], twice: set[str], *, personal: bool
) -> Iterator[dict[str, Any]]:
    told = {key: case.get(name) for key, name in _CASE.items() if personal or name not in _PERSONAL}
    said = {key: value for key, value in told.items() if value is not None}
    said["area_code"] = place
    if not dispatches:
        yield said
    for label, to, name, props in dispatches:
        went = {key: props[name] for key, name in _DISPATCH.items() if props.get(name) is not None}
        called = to if name in twice or not name else name
        who = {"Unit": ("unit", called), "Organization": ("organization", called)}.get(label, ("member", to))
        yield {**said, who[0]: who[1], **went}


async def case_ledger(graph: Graph, **wanted: Any) -> bytes:
    """The ledger as .xlsx; takes what ``case_rows`` takes."""
    return write_ledger("cases", await case_rows(graph, **wanted))
