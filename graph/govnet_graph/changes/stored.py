"""A change set as plain data, so that an import that was killed is resumed with the very records it had begun with."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib
from pathlib import Path
from typing import Any

import orjson

from govnet_graph.changes.model import ChangeSet, End
from govnet_graph.ledgers.who.files import FileDamaged, write_bytes
from govnet_graph.records import Edge, Node
from govnet_graph.spool import Spool


def _plain(value: Any) -> Any:
    """Days and moments are told apart from texts by a wrapper."""
    if isinstance(value, dt.datetime):
        return {"@": value.isoformat(), "t": True}
    return {"@": value.isoformat()} if isinstance(value, dt.date) else value


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return (dt.datetime if value.get("t") else dt.date).fromisoformat(value["@"])
    return value


def _props(props: Any) -> dict[str, Any]:
    return {key: _plain(value) for key, value in props.items()}


def _read_props(props: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in props.items()}


def write_changeset(path: Path, changes: ChangeSet) -> None:
    """Keep a change set in a file: one line of JSON about it, then one for each record."""
    held = {
        "kind": changes.kind, "name": changes.name, "author": changes.author, "reason": changes.reason, "key": changes.key,
        "among": changes.among, "patch": changes.patch, "confirm": changes.confirm.isoformat() if changes.confirm else None,
        "source": [changes.source.label, changes.source.id, _props(changes.source.props)] if changes.source else None,
        "ends": [[e.entity, e.until.isoformat(), e.reason] for e in changes.ends],
        "nodes": len(changes.nodes), "edges": len(changes.edges),
    }  # fmt: skip
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=1, mtime=0) as file:
        file.write(orjson.dumps(held) + b"\n")
        for n in changes.nodes:
            file.write(orjson.dumps([n.label, n.id, _props(n.props)]) + b"\n")
        for e in changes.edges:
            file.write(orjson.dumps([e.type, e.start, e.end, e.id, _props(e.props)]) + b"\n")
    write_bytes(path, target.getbuffer())


def read_changeset(path: Path) -> ChangeSet | None:
    """The change set in a file; None where there is no file. Raises FileDamaged."""
    try:
        with gzip.open(path) as file:
            held = orjson.loads(file.readline())
            nodes = Spool(_node(file.readline()) for _ in range(held["nodes"]))
            edges = Spool(_edge(file.readline()) for _ in range(held["edges"]))
            if file.read(1):
                raise ValueError("it goes on after its end")
        source = held["source"]
        return ChangeSet(
            held["kind"], held["name"], held["author"], held["reason"],
            Node(source[0], source[1], _read_props(source[2])) if source else None, nodes, edges,
            tuple(End(entity, dt.date.fromisoformat(until), reason) for entity, until, reason in held["ends"]),
            held["among"], dt.date.fromisoformat(held["confirm"]) if held["confirm"] else None, held["patch"], held["key"],
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise FileDamaged(
            f"{path} is damaged: {error}.", hint="Undo the import that was begun, and import again."
        ) from error


def _node(line: bytes) -> Node:
    label, id_, props = orjson.loads(line)
    return Node(label, id_, _read_props(props))


def _edge(line: bytes) -> Edge:
    type_, start, end, id_, props = orjson.loads(line)
    return Edge(type_, start, end, id_, _read_props(props))
