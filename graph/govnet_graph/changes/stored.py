"""A change set as plain data, so that an import that was killed is resumed with the very records it had begun with."""

from __future__ import annotations

import datetime as dt
import zlib
from pathlib import Path
from typing import Any

import orjson

from govnet_graph.changes.model import ChangeSet, End
from govnet_graph.ledgers.who.files import FileDamaged, write_bytes
from govnet_graph.records import Edge, Node


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
    """Keep a change set in a file."""
    held = {
        "kind": changes.kind, "name": changes.name, "author": changes.author, "reason": changes.reason, "key": changes.key,
        "among": changes.among, "patch": changes.patch, "confirm": changes.confirm.isoformat() if changes.confirm else None,
        "source": [changes.source.label, changes.source.id, _props(changes.source.props)] if changes.source else None,
        "nodes": [[n.label, n.id, _props(n.props)] for n in changes.nodes],
        "edges": [[e.type, e.start, e.end, e.id, _props(e.props)] for e in changes.edges],
        "ends": [[e.entity, e.until.isoformat(), e.reason] for e in changes.ends],
    }  # fmt: skip
    write_bytes(path, zlib.compress(orjson.dumps(held), 1))


def read_changeset(path: Path) -> ChangeSet | None:
    """The change set in a file; None where there is no file. Raises FileDamaged."""
    try:
        held = orjson.loads(zlib.decompress(path.read_bytes()))
        source = held["source"]
        return ChangeSet(
            held["kind"], held["name"], held["author"], held["reason"],
            Node(source[0], source[1], _read_props(source[2])) if source else None,
            tuple(Node(label, id_, _read_props(props)) for label, id_, props in held["nodes"]),
            tuple(Edge(type_, a, b, id_, _read_props(props)) for type_, a, b, id_, props in held["edges"]),
            tuple(End(entity, dt.date.fromisoformat(until), reason) for entity, until, reason in held["ends"]),
            held["among"], dt.date.fromisoformat(held["confirm"]) if held["confirm"] else None, held["patch"], held["key"],
        )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, zlib.error) as error:
        raise FileDamaged(
            f"{path} is damaged: {error}.", hint="Undo the import that was begun, and import again."
        ) from error
