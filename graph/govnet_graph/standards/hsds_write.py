"""HSDS 3: each resource as a service of who offers it, with locations, service areas, schedules and taxonomy terms.

The file is one page of services in full, ``{"total_items": …, "contents": […]}``, as the HSDS interface gives them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import IO

from govnet_graph.records import Edge, Node
from govnet_graph.schema import SCHEMA
from govnet_graph.standards import extension
from govnet_graph.standards.extension import KEY, Item
from govnet_graph.standards.holding import Holding
from govnet_graph.standards.mapping import fields
from govnet_graph.standards.model import display_name
from govnet_graph.standards.popolo_write import AREAS, BODIES, CREDIT_CODE
from govnet_graph.standards.values import compact, plain, uuid_of

TAXONOMY = "govnet"
CODE_TYPE = "CN statistical code"


class HsdsWriter(Holding):
    """Writes HSDS JSON. The records that it carries are held until the last one is known."""

    labels = AREAS | BODIES | {"Resource", "Service"}
    types = frozenset({"OFFERS", "PROVIDES", "SERVES", "LOCATED_IN"})

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__(out)
        self._from: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        self._offered: defaultdict[str, list[Edge]] = defaultdict(list)

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Keeps relationships of resources."""
        for edge in page:
            if type_ == "OFFERS" and edge.start in self._nodes:
                self._offered[edge.end].append(edge)
            elif edge.start in self._nodes and self._nodes[edge.start].label == "Resource":
                self._from[edge.start, type_].append(edge)

    def end(self) -> None:
        """Writes the file: one service a line."""
        held = [node for node in self._nodes.values() if node.label == "Resource"]
        page = {
            "total_items": len(held), "total_pages": 1, "page_number": 1, "size": len(held), "first_page": True,
            "last_page": True, "empty": not held, KEY: {"about": self._told().as_json()},
        }  # fmt: skip
        self._out.write((compact(page)[:-1] + ',"contents":[').encode())
        for at, node in enumerate(held):
            self._out.write((("\n" if not at else ",\n") + compact(self._service(node))).encode())
        self._out.write(b"\n]}\n")

    def _service(self, node: Node) -> Item:
        copied = fields("hsds", "services")
        item: Item = {"id": uuid_of(node.id), "status": "inactive" if "until" in node.props else "active"}
        item |= {theirs: plain(node.props[ours]) for ours, theirs in copied.items() if ours in node.props}
        aliases = node.props.get("aliases")
        if isinstance(aliases, list) and aliases:
            item["alternate_name"] = aliases[0]
        if "schedule" in node.props:
            item["schedules"] = [{"id": uuid_of(f"{node.id}|schedule"), "description": node.props["schedule"]}]
        item["service_areas"] = [self._service_area(edge) for edge in self._from[node.id, "SERVES"]]
        item["service_at_locations"] = [self._at_location(node, edge) for edge in self._from[node.id, "LOCATED_IN"]]
        item["attributes"] = [self._attribute(edge) for edge in self._from[node.id, "PROVIDES"]]
        offers = sorted(self._offered[node.id], key=lambda e: ("until" in e.props, e.id))
        item[KEY] = {"id": node.id} | extension.of_record(node, {*copied, "schedule"})
        if offers:
            item["organization_id"] = uuid_of(offers[0].start)
            item["organization"] = self._organization(self._nodes[offers[0].start], offers[0])
            for edge in offers[1:]:
                item[KEY].setdefault("offers", []).append(self._organization(self._nodes[edge.start], edge))
        return item

    def _organization(self, node: Node, edge: Edge) -> Item:
        kind = str(node.props["kind"])
        item: Item = {"id": uuid_of(node.id), "name": node.props["name"]}
        item["description"] = f"{SCHEMA.nodes[node.label].text.zh} · {kind}"
        if "name_en" in node.props:
            item["alternate_name"] = node.props["name_en"]
        if "credit_code" in node.props:
            told = {"id": uuid_of(f"{node.id}|code"), "identifier_type": CREDIT_CODE}
            item["organization_identifiers"] = [told | {"identifier": str(node.props["credit_code"])}]
        item[KEY] = {"id": node.id} | extension.of_record(node, {"name", "name_en", "credit_code"})
        item[KEY]["offer"] = extension.of_edge(edge, shown=True)
        return item

    def _service_area(self, edge: Edge) -> Item:
        area = self._nodes.get(edge.end)
        item: Item = {"id": uuid_of(edge.id), "extent": edge.end, "extent_type": CODE_TYPE}
        if area:
            item["name"] = display_name(area)
        return item | {KEY: extension.of_edge(edge, shown=True)}

    def _at_location(self, node: Node, edge: Edge) -> Item:
        area = self._nodes.get(edge.end)
        location: Item = {
            "id": uuid_of(f"{edge.id}|location"), "location_type": "physical", "name": node.props["name"],
            "external_identifier": edge.end, "external_identifier_type": CODE_TYPE,
        }  # fmt: skip
        if area:
            location["description"] = display_name(area)
        return {"id": uuid_of(edge.id), "location": location, KEY: extension.of_edge(edge, shown=True)}

    def _attribute(self, edge: Edge) -> Item:
        service = self._nodes[edge.end]
        term: Item = {
            "id": uuid_of(service.id), "code": service.props["code"], "name": service.props["name"],
            "description": service.props.get("name_en") or service.props["name"], "taxonomy": TAXONOMY,
            KEY: {"id": service.id} | extension.of_record(service, {"code", "name"}),
        }  # fmt: skip
        return {
            "id": uuid_of(edge.id), "link_entity": "service", "taxonomy_term": term,
            KEY: extension.of_edge(edge, shown=True),
        }  # fmt: skip
