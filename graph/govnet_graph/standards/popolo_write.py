"""Popolo: areas, organizations, people, posts and memberships, as one file in the form that EveryPolitician gave it.

The records that it carries are held until the last one is known, because a Popolo object names what it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from govnet_graph.records import Edge, Node
from govnet_graph.schema import SCHEMA
from govnet_graph.standards import extension
from govnet_graph.standards.extension import KEY, Item
from govnet_graph.standards.holding import Holding
from govnet_graph.standards.mapping import fields
from govnet_graph.standards.model import display_name
from govnet_graph.standards.values import compact, plain

AREAS = frozenset(SCHEMA.areas)
BODIES = frozenset({"Organization", "Unit"})
_HELD = ("MEMBER_OF", "SITS_ON", "ASSIGNED_TO")
_TIED = ("PART_OF", "RESPONSIBLE_FOR", "LOCATED_IN")
CREDIT_CODE = "CN-USCC"


def area_of(label: str) -> str:
    """The relationship that a body's ``area_id`` stands for: what an organization is responsible for, where a unit lies."""
    return "RESPONSIBLE_FOR" if label == "Organization" else "LOCATED_IN"


class PopoloWriter(Holding):
    """Writes Popolo JSON."""

    labels = AREAS | BODIES | {"Member"}
    types = frozenset({*_HELD, *_TIED})

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__(out)
        self._edges: defaultdict[str, list[Edge]] = defaultdict(list)

    def edges(self, _type: str, page: Sequence[Edge]) -> None:
        """Keeps relationships whose both ends Popolo can carry."""
        for edge in page:
            if edge.start in self._nodes and edge.end in self._nodes:
                self._edges[edge.start].append(edge)

    def end(self) -> None:
        """Writes the file: one object a line."""
        held = self._nodes.values()
        write = self._out.write
        write((compact({"meta": {"about": self._told().as_json()}})[:-1]).encode())
        self._array("areas", (self._area(n) for n in held if n.label in AREAS))
        self._array("organizations", (self._body(n) for n in held if n.label in BODIES))
        self._array("persons", (self._person(n) for n in held if n.label == "Member"))
        related = [edge for edges in self._edges.values() for edge in edges if edge.type in _HELD]
        self._array("posts", self._posts(related))
        self._array("memberships", map(self._membership, related))
        write(b"\n}\n")

    def _array(self, name: str, items: Iterable[Item]) -> None:
        self._out.write(f',\n"{name}":['.encode())
        for at, item in enumerate(items):
            self._out.write((("\n" if not at else ",\n") + compact(item)).encode())
        self._out.write(b"]")

    def _item(self, node: Node, what: str, more: Iterable[str] = ()) -> Item:
        """Id, copied fields and the rest."""
        copied = fields("popolo", what)
        item: Item = {"id": node.id}
        item |= {theirs: plain(node.props[ours]) for ours, theirs in copied.items() if ours in node.props}
        item[KEY] = extension.of_record(node, {*copied, *more})
        return item

    def _tie(self, item: Item, node: Node, field: str, type_: str, labels: frozenset[str]) -> None:
        """A field that names what the node belongs to, and all relationships of that type with what the field cannot say."""
        found = [e for e in self._edges[node.id] if e.type == type_ and self._nodes[e.end].label in labels]
        if not found:
            return
        # What still holds comes before what has ended.
        first = min(found, key=lambda e: ("until" in e.props, e.id))
        item[field] = first.end
        item[KEY].setdefault("edges", []).extend(extension.of_edge(e, shown=e is first) for e in found)

    def _area(self, node: Node) -> Item:
        item = self._item(node, "areas")
        item["classification"] = node.props.get("kind") or node.label.lower()
        if "identifier" not in item:
            item["identifier"] = node.id
        self._tie(item, node, "parent_id", "PART_OF", AREAS)
        return item

    def _body(self, node: Node) -> Item:
        item = self._item(node, "organizations", ("kind", "credit_code", "aliases", "name_en"))
        item["classification"] = node.props["kind"]
        if "credit_code" in node.props:
            item["identifiers"] = [{"scheme": CREDIT_CODE, "identifier": node.props["credit_code"]}]
        names: list[dict[str, Any]] = [{"name": name} for name in _list(node.props.get("aliases"))]
        if "name_en" in node.props:
            names.append({"name": node.props["name_en"], "note": "en"})
        if names:
            item["other_names"] = names
        self._tie(item, node, "parent_id", "PART_OF", BODIES)
        for type_ in ("RESPONSIBLE_FOR", "LOCATED_IN"):
            if type_ == area_of(node.label):
                self._tie(item, node, "area_id", type_, AREAS)
            else:
                others = [e for e in self._edges[node.id] if e.type == type_ and self._nodes[e.end].label in AREAS]
                if others:
                    item[KEY].setdefault("edges", []).extend(extension.of_edge(e, shown=False) for e in others)
        return item

    def _person(self, node: Node) -> Item:
        item = self._item(node, "persons", ("aliases",))
        if "name" not in node.props:
            # A role stands where the name may not be shown, and says so.
            item["name"] = node.props["title"]
            item[KEY]["masked"] = True
        if "aliases" in node.props:
            item["other_names"] = [{"name": name} for name in _list(node.props["aliases"])]
        places = [e for e in self._edges[node.id] if e.type == "LOCATED_IN"]
        if places:
            item[KEY]["edges"] = [extension.of_edge(e, shown=False) for e in places]
        return item

    def _posts(self, related: Iterable[Edge]) -> Iterator[Item]:
        seen = set()
        for edge in related:
            post = _post_id(edge)
            if post is None or post in seen:
                continue
            seen.add(post)
            target = self._nodes[edge.end]
            item: Item = {
                "id": post,
                "label": f"{display_name(target)}·{edge.props['role']}",
                "role": edge.props["role"],
            }
            item["area_id" if target.label in AREAS else "organization_id"] = target.id
            yield item

    def _membership(self, edge: Edge) -> Item:
        copied = fields("popolo", "memberships")
        item: Item = {"id": edge.id}
        item |= {theirs: plain(edge.props[ours]) for ours, theirs in copied.items() if ours in edge.props}
        if self._nodes[edge.start].label == "Member":
            item["person_id"] = edge.start
        else:
            item["member"] = {"@type": "Organization", "id": edge.start}
        item["area_id" if self._nodes[edge.end].label in AREAS else "organization_id"] = edge.end
        post = _post_id(edge)
        if post is not None:
            item["post_id"] = post
        item[KEY] = extension.of_record(edge, copied)
        return item


def _post_id(edge: Edge) -> str | None:
    """The post that a seat or an assignment fills; None for a plain membership."""
    if edge.type == "MEMBER_OF" or "role" not in edge.props:
        return None
    return "post:" + ":".join(
        str(part) for part in (edge.end, edge.props["role"], edge.props.get("profession")) if part
    )


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
