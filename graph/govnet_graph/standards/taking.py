"""Reading a file so that nothing is lost in silence: what is taken becomes records, what is not taken is named."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from govnet_graph.records import Edge, Node, Value, edge_id, value_fault
from govnet_graph.schema import SCHEMA, Property
from govnet_graph.standards import reasons
from govnet_graph.standards.extension import KEY
from govnet_graph.standards.model import FileUnreadable, Records, Unread
from govnet_graph.standards.reasons import Why
from govnet_graph.standards.values import typed

MAX_BYTES = 200_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def document(content: bytes, standard: str) -> Any:
    """The JSON of a file. Raises FileUnreadable."""
    if len(content) > MAX_BYTES:
        raise FileUnreadable(f"The file has {len(content):,} bytes; at most {MAX_BYTES:,} are read.", hint="Split it.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(
            f"The file is not JSON, as {standard} is: {error}", hint="Give the file as it was published."
        ) from error


def identifier(raw: str) -> str:
    """An id that the graph can hold: the same where it can be, else made plain and told apart by a hash.

    >>> identifier("unit-a"), identifier("area/新")
    ('unit-a', 'area-f3bd0ae5')
    """
    if _ID.fullmatch(raw):
        return raw
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", raw).strip("-._")[:60] or "id"
    return f"{stem}-{hashlib.sha256(raw.encode()).hexdigest()[:8]}"


class Item:
    """One object of a file: gives its fields once, and knows which were never asked for."""

    def __init__(self, value: Mapping[str, Any], path: str, leave: Callable[[str, Why], None]) -> None:
        self._value = value
        self._leave = leave
        self._taken: set[str] = set()
        self.path = path

    @property
    def extra(self) -> Mapping[str, Any]:
        """What the file carries beyond the standard, under govnet's own key."""
        found = self.take(KEY)
        return found if isinstance(found, dict) else {}

    @property
    def label(self) -> str | None:
        """The label that the graph had given it."""
        found = self.extra.get("label")
        return found if isinstance(found, str) and found in SCHEMA.nodes else None

    @property
    def type_(self) -> str | None:
        """The relationship type that the graph had given it."""
        found = self.extra.get("type")
        return found if isinstance(found, str) and found in SCHEMA.relationships else None

    @property
    def masked(self) -> bool:
        """Whether its name stands for one that was not shown."""
        return self.extra.get("masked") is True

    def carried(self, name: str) -> Any:
        """One property that the file carries beyond the standard."""
        props = self.extra.get("props")
        return props.get(name) if isinstance(props, dict) else None

    def values(self, field: str) -> list[Any]:
        """A list as it is; what is none is left."""
        value = self.take(field)
        if value is None or isinstance(value, list):
            return value or []
        self.leave(field, reasons.NO_LIST)
        return []

    def take_all(self) -> None:
        """Nothing more is to be read of it: the same object was read before."""
        self._taken.update(self._value)

    def leave_all(self, reason: Why) -> None:
        """Say that the whole object is not imported, and why."""
        self._taken.update(self._value)
        self._leave(self.path, reason)

    def take(self, field: str) -> Any:
        """The field's value as it is; None where it is absent or empty."""
        self._taken.add(field)
        value = self._value.get(field)
        return None if value in _EMPTY else value

    def leave(self, field: str, reason: Why) -> None:
        """Say that a field is not imported, and why."""
        self._taken.add(field)
        self._leave(f"{self.path}/{field}", reason)

    def text(self, field: str) -> str | None:
        """A text; anything else is left."""
        value = self.take(field)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is not None and not isinstance(value, str):
            self.leave(field, reasons.NO_TEXT)
            return None
        return value.strip() if value else None

    def day(self, field: str) -> dt.date | None:
        """A day; a year or month alone, or a text that is none, is left."""
        text = self.text(field)
        if text is None:
            return None
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            self.leave(field, reasons.no_day(text[:40]))
            return None

    def items(self, field: str) -> list[Item]:
        """A list of objects; what is none is left."""
        found = []
        for at, item in enumerate(self.values(field)):
            path = f"{self.path}/{field}/{at}"
            if isinstance(item, dict):
                found.append(Item(item, path, self._leave))
            else:
                self._leave(path, reasons.NO_OBJECT)
        return found

    def item(self, field: str) -> Item | None:
        """An object within this one."""
        value = self.take(field)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.leave(field, reasons.NO_OBJECT)
            return None
        return Item(value, f"{self.path}/{field}", self._leave)

    def finish(self, reason: Callable[[str], Why]) -> None:
        """Name every field that was not asked for and holds something."""
        for field, value in self._value.items():
            if field not in self._taken and value not in _EMPTY:
                self._leave(f"{self.path}/{field}", reason(field))


class Builder:
    """Gathers records that fit the schema; what does not fit is named and left out."""

    def __init__(self, content: bytes, name: str, standard: str) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self.source = f"src-{digest[:16]}"
        told: dict[str, Value] = {"name": name or standard, "kind": "list", "sha256": digest, "note": standard}
        told |= {"source": self.source}
        self._nodes: dict[str, Node] = {self.source: Node("Source", self.source, told)}
        self._edges: dict[str, Edge] = {}
        self._unread: list[Unread] = []
        self._refused: set[str] = set()

    def refuse(self, raw_id: str | None) -> None:
        """Something of the file with this id is left out: nothing may lead to it."""
        if raw_id:
            self._refused.add(identifier(raw_id))

    def leave(self, path: str, reason: Why) -> None:
        """Something is not imported."""
        self._unread.append(Unread(path, reason))

    def label(self, id_: str) -> str | None:
        """The label of a node that was read."""
        node = self._nodes.get(id_)
        return node.label if node else None

    def named(self, id_: str) -> str:
        """The name of a node that was read, else its id."""
        node = self._nodes.get(id_)
        return str(node.props.get("name") or node.props.get("title")) if node else id_

    def node(self, label: str, raw_id: str, props: Mapping[str, Any], item: Item) -> str | None:
        """A node; its id in the graph, or None where it does not fit the schema."""
        id_ = identifier(raw_id)
        if id_ in self._nodes:
            self.leave(item.path, reasons.twice(raw_id))
            return None
        extra = item.extra
        carried = _map(extra, "props")
        declared = SCHEMA.nodes[label].by_name
        kept = self._kept(declared, {**carried, **{k: v for k, v in props.items() if v is not None}}, item, extra)
        missing = [p.name for p in declared.values() if p.required and p.name not in kept and p.name != "id"]
        if missing:
            self.leave(item.path, reasons.lacks(label, missing))
            self.refuse(raw_id)
            return None
        self._nodes[id_] = Node(label, id_, kept)
        return id_

    def edge(self, type_: str, start: str, end: str, props: Mapping[str, Any], item: Item, extra: Any = None) -> bool:
        """A relationship; whether it fits the schema. ``extra`` is what the file carries of it beyond the standard."""
        extra = extra if isinstance(extra, dict) else {}
        declared = SCHEMA.relationships[type_].by_name
        if end in self._refused or start in self._refused:
            self.leave(item.path, reasons.leads_to_left(type_, end if end in self._refused else start))
            return False
        labels = (self.label(start), self.label(end))
        if None not in labels and not SCHEMA.relationships[type_].joins(str(labels[0]), str(labels[1])):
            self.leave(item.path, reasons.may_not_join(type_, str(labels[0]), str(labels[1])))
            return False
        carried = _map(extra, "props")
        kept = self._kept(declared, {**carried, **{k: v for k, v in props.items() if v is not None}}, item, extra)
        missing = [p.name for p in declared.values() if p.required and p.name not in kept and p.name != "id"]
        if missing:
            self.leave(item.path, reasons.lacks(type_, missing))
            return False
        stem = edge_id(type_, start, end)
        wanted = extra.get("id")
        id_ = wanted if isinstance(wanted, str) and (wanted == stem or wanted.startswith(stem + "#")) else stem
        serial = 2
        while id_ in self._edges:
            id_, serial = edge_id(type_, start, end, str(serial)), serial + 1
        self._edges[id_] = Edge(type_, start, end, id_, kept)
        return True

    def carried(self, item: Item, start: str, shown: Mapping[str, str | None]) -> None:
        """Relationships of a node: what fields tell (``shown``: type to end), with what the file carries beyond the fields."""
        edges = item.extra.get("edges")
        listed = [e for e in edges if isinstance(e, dict)] if isinstance(edges, list) else []
        for type_, end in shown.items():
            if end is not None:
                exact = next(
                    (e for e in listed if e.get("type") == type_ and e.get("shown") and e.get("to") == end), None
                )
                self.edge(type_, start, identifier(end), {}, item, exact)
        for e in listed:
            known = e.get("type") in SCHEMA.relationships and isinstance(e.get("to"), str)
            if known and not e.get("shown"):
                self.edge(e["type"], start, identifier(e["to"]), {}, item, e)
            elif not known:
                self.leave(f"{item.path}/{KEY}/edges", reasons.no_relationship(str(e)[:80]))

    def records(self) -> Records:
        """Everything that was read; relationships from nodes that were left out are left out too, by name."""
        return Records(tuple(self._nodes.values()), tuple(self._edges.values()), tuple(self._unread))

    def _kept(
        self, declared: Mapping[str, Property], given: Mapping[str, Any], item: Item, extra: Mapping[str, Any]
    ) -> dict[str, Value]:
        kept: dict[str, Value] = {}
        for name, raw in given.items():
            if raw is None or name in ("source", "source_ref", "search", "recorded_at", "change", "id"):
                continue
            prop = declared.get(name)
            try:
                value = raw if isinstance(raw, dt.date) or prop is None else typed(prop, raw)
                fault = "is no property of the schema" if prop is None else value_fault(prop, value)
            except ValueError as error:
                fault = str(error)
            if fault:
                self.leave(f"{item.path}/{name}", reasons.unfit(name, fault))
            else:
                kept[name] = value
        since, until = kept.get("since"), kept.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until <= since:
            self.leave(f"{item.path}/until", reasons.ends_before(until, since))
            del kept["until"]
        origin = f" ({extra['from']})" if isinstance(extra.get("from"), str) else ""
        kept["source"], kept["source_ref"] = self.source, (item.path or "/") + origin
        return kept


def _map(item: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """A map within a map; an empty one where there is none."""
    found = item.get(field)
    return found if isinstance(found, dict) else {}
