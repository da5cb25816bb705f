"""W3C Organization Ontology as JSON-LD: bodies, people, memberships, posts, sites and areas, one object a line.

Everything has an IRI ``urn:govnet:<id>``. The context is written into the file, so that nobody needs the network to read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import IO, Any
from urllib.parse import quote

from govnet_graph.records import Edge, Node, Properties
from govnet_graph.standards.extension import is_synthetic
from govnet_graph.standards.holding import Holding
from govnet_graph.standards.model import display_name
from govnet_graph.standards.popolo_write import AREAS, BODIES
from govnet_graph.standards.values import compact, plain

Item = dict[str, Any]
_IRI = {"@type": "@id"}
_DAY = {"@type": "xsd:date"}
_LINKS = (
    "org:subOrganizationOf", "org:unitOf", "org:hasSite", "org:member", "org:organization", "org:role", "org:heldBy",
    "org:postIn", "org:classification", "dcterms:spatial", "dcterms:isPartOf",
)  # fmt: skip
CONTEXT: Item = {
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "govnet": "urn:govnet:term:",
    **dict.fromkeys(_LINKS, _IRI),
    "time:inXSDDate": _DAY,
}
_HELD = ("MEMBER_OF", "SITS_ON")


def iri(id_: str) -> str:
    """The IRI of a node or relationship.

    >>> iri("unit-a")
    'urn:govnet:unit-a'
    """
    return "urn:govnet:" + quote(id_, safe="._-")


def _term(kind: str, value: object) -> str:
    return f"urn:govnet:term:{kind}:{quote(str(value), safe='._-')}"


class OrgWriter(Holding):
    """Writes JSON-LD. The records that it carries are held until the last one is known."""

    labels = AREAS | BODIES | {"Member"}
    types = frozenset({"PART_OF", "RESPONSIBLE_FOR", "LOCATED_IN", "ASSIGNED_TO", *_HELD})

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__(out)
        self._edges: defaultdict[str, list[Edge]] = defaultdict(list)
        self._directed: dict[str, str] = {}

    def edges(self, type_: str, page: Sequence[Edge]) -> None:
        """Keeps relationships whose both ends ORG can carry."""
        for edge in page:
            if edge.start in self._nodes and edge.end in self._nodes:
                self._edges[edge.start].append(edge)
                if type_ == "RESPONSIBLE_FOR" and "until" not in edge.props:
                    self._directed.setdefault(edge.end, edge.start)

    def end(self) -> None:
        """Writes the file."""
        about = {"@id": "urn:govnet:about", "govnet:about": compact(self._told().as_json())}
        self._out.write(f'{{"@context":{compact(CONTEXT)},\n"@graph":[\n{compact(about)}'.encode())
        for item in self._items():
            self._out.write((",\n" + compact(item)).encode())
        self._out.write(b"\n]}\n")

    def _items(self) -> Iterator[Item]:
        codes: dict[str, str] = {}
        for node in self._nodes.values():
            if node.label in AREAS:
                yield self._area(node)
            elif node.label in BODIES:
                codes.setdefault(_term("kind", node.props["kind"]), str(node.props["kind"]))
                yield self._body(node)
            else:
                yield self._person(node)
        for edges in self._edges.values():
            for edge in edges:
                if edge.type in (*_HELD, "ASSIGNED_TO"):
                    if "role" in edge.props:
                        codes.setdefault(_term("role", edge.props["role"]), str(edge.props["role"]))
                    yield self._post(edge) if edge.type == "ASSIGNED_TO" else self._membership(edge)
        for at, code in sorted(codes.items()):
            type_ = "org:Role" if ":role:" in at else "skos:Concept"
            yield {"@id": at, "@type": type_, "skos:notation": code, "skos:prefLabel": code}

    def _named(self, node: Node, type_: str, term: str = "skos:prefLabel") -> Item:
        item: Item = {"@id": iri(node.id), "@type": type_, "dcterms:identifier": node.id}
        names: list[Item] = [{"@value": display_name(node), "@language": "zh"}]
        if "name_en" in node.props:
            names.append({"@value": node.props["name_en"], "@language": "en"})
        item[term] = names if len(names) > 1 else names[0]
        if "aliases" in node.props:
            item["skos:altLabel"] = node.props["aliases"]
        return self._marked(item, node.props)

    @staticmethod
    def _marked(item: Item, props: Properties) -> Item:
        if is_synthetic(props):
            item["govnet:synthetic"] = True
        return item

    def _ends(self, node: Node, type_: str, labels: frozenset[str]) -> list[str]:
        return [iri(e.end) for e in self._edges[node.id] if e.type == type_ and self._nodes[e.end].label in labels]

    def _area(self, node: Node) -> Item:
        item = self._named(node, "dcterms:Location")
        item["skos:notation"] = node.props.get("code", node.id)
        item["govnet:level"] = node.label
        larger = self._ends(node, "PART_OF", AREAS)
        return item | ({"dcterms:isPartOf": larger} if larger else {}) | _existence(node.props)

    def _body(self, node: Node) -> Item:
        superior = self._ends(node, "PART_OF", BODIES)
        plainly = "org:OrganizationalUnit" if superior else "org:Organization"
        item = self._named(node, "org:FormalOrganization" if node.label == "Unit" else plainly)
        item["org:classification"] = _term("kind", node.props["kind"])
        if "credit_code" in node.props:
            item["org:identifier"] = node.props["credit_code"]
        if superior:
            item |= {"org:unitOf": superior, "org:subOrganizationOf": superior}
        reached = self._ends(node, "RESPONSIBLE_FOR", AREAS)
        if reached:
            item["dcterms:spatial"] = reached
        sites = [
            self._marked(
                {"@id": iri(e.id), "@type": "org:Site", "dcterms:spatial": iri(e.end)} | _existence(e.props), e.props
            )
            for e in self._edges[node.id]
            if e.type == "LOCATED_IN" and self._nodes[e.end].label in AREAS
        ]
        return item | ({"org:hasSite": sites} if sites else {}) | _existence(node.props)

    def _person(self, node: Node) -> Item:
        # A name only where it may be shown; the title of the role says who is meant otherwise.
        item = self._named(node, "foaf:Person", "foaf:name" if "name" in node.props else "skos:prefLabel")
        item["dcterms:description"] = node.props["title"]
        return item | _existence(node.props)

    def _membership(self, edge: Edge) -> Item:
        item: Item = {
            "@id": iri(edge.id), "@type": "org:Membership", "org:member": iri(edge.start), "org:organization": iri(edge.end),
            "govnet:type": edge.type,
        }  # fmt: skip
        if "role" in edge.props:
            item["org:role"] = _term("role", edge.props["role"])
        during = _interval(edge.props)
        if during:
            item["org:memberDuring"] = during
        return self._marked(item, edge.props)

    def _post(self, edge: Edge) -> Item:
        area = self._nodes[edge.end]
        item: Item = {
            "@id": iri(edge.id), "@type": "org:Post", "org:heldBy": iri(edge.start), "dcterms:spatial": iri(edge.end),
            "org:role": _term("role", edge.props["role"]), "skos:prefLabel": f"{display_name(area)}·{edge.props['role']}",
        }  # fmt: skip
        if edge.end in self._directed:
            item["org:postIn"] = iri(self._directed[edge.end])
        return self._marked(item, edge.props) | _existence(edge.props)


def _interval(props: Properties) -> Item:
    """``since`` and ``until`` as an interval whose end is not part of it; empty where neither is known."""
    told: Item = {}
    for name, term in (("since", "time:hasBeginning"), ("until", "time:hasEnd")):
        if name in props:
            told[term] = {"@type": "time:Instant", "time:inXSDDate": plain(props[name])}
    return {"@type": "time:Interval", **told} if told else {}


def _existence(props: Properties) -> Item:
    during = _interval(props)
    return {"dcterms:temporal": during} if during else {}
