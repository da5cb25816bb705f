"""Where facts come from, and what an entity is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from govnet_graph.schema import SCHEMA
from tests.oracle.values import any_entity, entity, page
from tests.oracle.world import Rows, World, holds

Parameters = Mapping[str, Any]


def _relationship(link: Any) -> dict[str, str]:
    return {"id": link.id, "type": link.type, "from": link.start, "to": link.end}


def where_from(world: World, parameters: Parameters) -> Rows:
    """The entity's own record, the places that state it, its relationships."""
    node, day = parameters["entity"], parameters["as_of"]
    if node not in world.nodes:
        return []
    own = dict(world.nodes[node].props)
    rows: Rows = []

    def add(
        basis: str, source: str | None, props: dict[str, Any], fact: Any = None, phrase: Any = None, link: Any = None
    ) -> None:
        known = entity(world, source) if source in world.nodes else None
        marks = [bool(props.get("synthetic")), bool(props.get("inferred")), props.get("note")]
        shown = link and _relationship(link)
        rows.append([basis, known, props.get("source_ref"), fact, phrase, shown, holds(props, day), *marks])

    add("own", own.get("source"), own)
    for x in world.out(node, ("STATED_IN",)):
        add("stated", x.end, x.props, x.get("fact"), x.get("phrase"))
    for x in world.touching(node, None):
        if x.type not in ("STATED_IN", "SUPERSEDED", "CHANGES"):
            add("relationship", x.get("source"), x.props, link=x)
    return page(rows, parameters)


def rests_on_source(world: World, parameters: Parameters) -> Rows:
    """Nodes and relationships that name a source."""
    source, ref, day = parameters["source"], parameters.get("ref"), parameters["as_of"]
    rows = []

    def fits(props: Any) -> bool:
        return props.get("source") == source and ref in (None, props.get("source_ref"))

    for node in sorted(world.nodes):
        props = dict(world.nodes[node].props)
        if node != source and fits(props):
            rows.append(
                [
                    "node",
                    any_entity(world, node),
                    None,
                    props.get("source_ref"),
                    holds(props, day),
                    bool(props.get("synthetic")),
                ]
            )
    for x in sorted(world.links(), key=lambda x: x.id):
        if x.type != "SUPERSEDED" and fits(x.props):
            row = [
                "relationship",
                any_entity(world, x.start),
                _relationship(x),
                x.get("source_ref"),
                holds(x.props, day),
            ]
            rows.append([*row, bool(x.get("synthetic"))])
    return page(rows, parameters)


def about_entity(world: World, parameters: Parameters) -> Rows:
    """What is known of one entity, without what the schema classes as internal, personal or sensitive."""
    node, day = parameters["entity"], parameters["as_of"]
    if node not in world.nodes:
        return []
    declared = SCHEMA.nodes[world.label(node)].by_name
    props = {"id": node, **world.nodes[node].props}
    shown = [
        {"property": name, "value": value}
        for name, value in sorted(props.items())
        if declared[name].privacy == "public"
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for x in world.touching(node, None, day):
        if x.type != "SUPERSEDED":
            counts[x.type, "out" if x.start == node else "in"] += 1
    links = [{"type": type_, "direction": direction, "count": n} for (type_, direction), n in sorted(counts.items())]
    return page([[any_entity(world, node), holds(props, day), shown, links]], parameters)


PROVENANCE = {"where-from": where_from, "rests-on-source": rests_on_source, "entity": about_entity}
