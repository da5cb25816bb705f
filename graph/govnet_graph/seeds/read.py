"""Reads seed tables: one CSV per label (``nodes/<Label>.csv``) and per relationship type (``edges/<TYPE>.csv``).

Columns are property names of the schema. Lists are separated by ``;``, days are ISO, an empty cell is an absent
value. A node table has ``id``; an edge table has ``from``, ``to`` and, where several join the same two, ``key``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from govnet_graph.records import Edge, Node, RecordError, Value, edge_id
from govnet_graph.schema import SCHEMA, Property, ValueType


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of one CSV file with their row numbers (the header is row 1); cells are stripped. Raises RecordError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if None in row or None in row.values():
                    raise RecordError(f"{path.name} row {number} has more or fewer cells than the header")
                yield number, {k.strip(): v.strip() for k, v in row.items()}
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path.name} cannot be read: {error}") from error


def parse_value(prop: Property, text: str) -> Value:
    """One cell as the property's type. Raises ValueError with what was wrong."""
    match prop.type:
        case ValueType.INTEGER:
            return int(text)
        case ValueType.FLOAT:
            return float(text)
        case ValueType.BOOLEAN:
            if text not in ("true", "false"):
                raise ValueError(f"{text!r} is neither true nor false")
            return text == "true"
        case ValueType.DATE:
            return dt.date.fromisoformat(text)
        case ValueType.DATETIME:
            return dt.datetime.fromisoformat(text)
        case ValueType.STRINGS:
            return [part.strip() for part in text.split(";") if part.strip()]
        case _:
            return text


def _properties(path: Path, row: int, cells: dict[str, str], declared: dict[str, Property]) -> dict[str, Value]:
    props: dict[str, Value] = {}
    for name, text in cells.items():
        if text == "":
            continue
        prop = declared.get(name)
        if prop is None:
            raise RecordError(f"{path.name}: column {name!r} is not in the schema")
        try:
            props[name] = parse_value(prop, text)
        except ValueError as error:
            raise RecordError(f"{path.name} row {row}, column {name}: {error}") from error
    return props


def read_tables(folder: Path) -> tuple[list[Node], list[Edge]]:
    """All nodes and edges of one folder of tables, in file and row order. Raises RecordError."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for path in sorted((folder / "nodes").glob("*.csv")):
        declared = SCHEMA.nodes.get(path.stem)
        if declared is None:
            raise RecordError(f"nodes/{path.name} is named after no label of the schema")
        for number, cells in read_rows(path):
            node_id = cells.pop("id", "")
            nodes.append(Node(path.stem, node_id, _properties(path, number, cells, declared.by_name)))
    for path in sorted((folder / "edges").glob("*.csv")):
        relationship = SCHEMA.relationships.get(path.stem)
        if relationship is None:
            raise RecordError(f"edges/{path.name} is named after no relationship type of the schema")
        for number, cells in read_rows(path):
            start, end, key = cells.pop("from", ""), cells.pop("to", ""), cells.pop("key", "")
            props = _properties(path, number, cells, relationship.by_name)
            edges.append(Edge(path.stem, start, end, edge_id(path.stem, start, end, key), props))
    return nodes, edges
