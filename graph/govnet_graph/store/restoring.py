"""The records of a backup as the steps that write them into an empty graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govnet_graph.schema import SCHEMA, render
from govnet_graph.schema.render import WITHDRAWN
from govnet_graph.store.commit import Step, typed

Record = list[Any]


def restore_steps(records: Iterable[Record], size: int) -> Iterator[Step]:
    """Steps in the order of the records, each of at most ``size`` of one kind; holds one step at a time.

    Raises BadInput for a kind that the schema does not know.
    """
    group: tuple[str, ...] | None = None
    rows: list[Any] = []
    for record in records:
        belongs, row = _node(record) if len(record) == 3 else _edge(record)
        if rows and (belongs != group or len(rows) >= size):
            yield _step(group, rows)
            rows = []
        group = belongs
        rows.append(row)
    if rows:
        yield _step(group, rows)


def _node(record: Record) -> tuple[tuple[str, ...], Any]:
    kind, _, props = record
    held = typed((kind, str(props.get("was", ""))), props)
    return (kind,), [held["id"], held]


def _edge(record: Record) -> tuple[tuple[str, ...], Any]:
    kind, start, end, props = record
    a, b = _end(start), _end(end)
    return (kind, a[0], b[0]), [a[1], b[1], typed((kind, str(props.get("was", ""))), props)]


def _end(key: str) -> tuple[str, Any]:
    """Where an end of a relationship is found, and by what."""
    id_, bar, by = key.partition("|")
    return (WITHDRAWN, [id_, by]) if bar else ("Entity", id_)


def _step(group: tuple[str, ...] | None, rows: list[Any]) -> Step:
    assert group is not None
    kind = group[0]
    if len(group) == 1:
        withdrawn = f"UNWIND $rows AS row\nCREATE (n:{WITHDRAWN})\nSET n = row[1]"
        return Step(kind, withdrawn if kind == WITHDRAWN else render.create_nodes(kind), rows)
    if kind != "SUPERSEDED" and group[1:] == ("Entity", "Entity"):
        return Step(kind, render.create_edges(kind), rows)
    a, b = (_match(name, at, label) for name, at, label in (("a", 0, group[1]), ("b", 1, group[2])))
    # A superseded relationship keeps the properties of the type that it had, so they cannot be named here.
    text = f"UNWIND $rows AS row\n{a}\n{b}\nCREATE (a)-[r:{SCHEMA.relationships[kind].type}]->(b)\nSET r = row[2]"
    return Step(kind, text, rows)


def _match(name: str, at: int, label: str) -> str:
    if label == WITHDRAWN:
        return f"MATCH ({name}:{WITHDRAWN} {{id: row[{at}][0], superseded_by: row[{at}][1]}})"
    return f"MATCH ({name}:Entity {{id: row[{at}]}})"
