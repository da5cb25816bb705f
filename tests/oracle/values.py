"""Values as the questions return them, and Cypher's order of rows."""

from __future__ import annotations

from typing import Any

from tests.oracle.world import Link, Rows, World

Value = dict[str, Any]


def entity(world: World, node: str | None) -> Value | None:
    """A node as a reader without rights sees it: a member's name is the title."""
    if node is None:
        return None
    label, name, title = world.label(node), world.get(node, "name"), world.get(node, "title")
    if label == "Member":
        return {"id": node, "label": label, "name": title, "title": title}
    return {"id": node, "label": label, "name": name}


def any_entity(world: World, node: str) -> Value:
    """A node of a label that the question does not know: always with ``title``."""
    return {"title": None, **(entity(world, node) or {})}


def step(link: Link) -> Value:
    """One relationship of a path."""
    kept = ("role", "programme", "since", "until", "source", "source_ref")
    return {
        "id": link.id,
        "type": link.type,
        "from": link.start,
        "to": link.end,
        **{name: link.get(name) for name in kept},
    }


def path(world: World, nodes: list[str], links: list[Link]) -> Value:
    """A walk over nodes and the relationships between them."""
    return {"nodes": [any_entity(world, n) for n in nodes], "steps": [step(x) for x in links]}


def ascending(*values: Any) -> tuple[Any, ...]:
    """A sort key with Cypher's place for null: last."""
    return tuple((1, "") if v is None else (0, v) for v in values)


def page(rows: Rows, parameters: Any) -> Rows:
    """The rows between ``skip`` and ``skip + limit``."""
    skip = parameters.get("skip") or 0
    return rows[skip : skip + (parameters.get("limit") or 100)]
