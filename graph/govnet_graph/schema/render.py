"""Everything that is generated from the schema: constraints and indexes, write statements, data dictionary, diagram.

All output is deterministic and contains no clock, so that a check can compare it with what is committed.
"""

from __future__ import annotations

from typing import Literal

from govnet_graph.schema import SCHEMA
from govnet_graph.schema.model import Property

EngineKind = Literal["neo4j", "embedded"]
# Label of a node that an undo took back: it lost ``Entity`` and its own label (kept in ``was``), so that no question that
# names a label sees it; several may have the same id, told apart by ``superseded_by``.
WITHDRAWN = "Withdrawn"
NOTICE = "Generated from the schema by `govnet render`; do not edit."


def definitions(engine: EngineKind) -> list[str]:
    """The statements that create every constraint and index on one kind of engine; each can be repeated.

    The embedded engine reads substring searches by scanning, because it has no TEXT index.
    """
    statements = ["CREATE CONSTRAINT graph_state_id IF NOT EXISTS FOR (n:GraphState) REQUIRE n.id IS UNIQUE"]
    statements += [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in ("Entity", *SCHEMA.nodes)
    ]
    statements += [
        f"CREATE INDEX {node.label.lower()}_{name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{name})"
        for node in SCHEMA.nodes.values()
        for name in node.indexed
    ]
    statements += [
        f"CREATE INDEX withdrawn_{name} IF NOT EXISTS FOR (n:{WITHDRAWN}) ON (n.{name})" for name in ("id", "was")
    ]
    if engine == "neo4j":
        # What rests on a source, and what was believed, is found by these; the embedded engine reads through, as it does for TEXT indexes.
        statements.append("CREATE INDEX entity_source IF NOT EXISTS FOR (n:Entity) ON (n.source)")
        statements += [
            f"CREATE INDEX {name.lower()}_source IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.source)"
            for name in SCHEMA.relationships
            if name != "SUPERSEDED"
        ]
        statements.append("CREATE INDEX superseded_was IF NOT EXISTS FOR ()-[r:SUPERSEDED]-() ON (r.was)")
        statements.append("CREATE TEXT INDEX entity_search IF NOT EXISTS FOR (n:Entity) ON (n.search)")
    return statements


def _literal(properties: tuple[Property, ...], row: str) -> str:
    """A map that names every property: setting them one by one afterwards is seven times slower on the embedded engine."""
    return "{" + ", ".join(f"{prop.name}: {row}.{prop.name}" for prop in properties) + "}"


def create_nodes(label: str) -> str:
    """The statement that creates nodes of one label from ``$rows`` of [id, properties]."""
    node = SCHEMA.nodes[label]
    return f"UNWIND $rows AS row\nCREATE (:Entity:{node.label} {_literal(node.properties, 'row[1]')})"


def change_nodes(label: str) -> str:
    """The statement that gives existing nodes of one label exactly the properties of ``$rows``."""
    return f"UNWIND $rows AS row\nMATCH (n:{SCHEMA.nodes[label].label} {{id: row[0]}})\nSET n = row[1]"


def create_edges(type_: str) -> str:
    """The statement that creates relationships of one type from ``$rows`` of [start id, end id, properties]."""
    rel = SCHEMA.relationships[type_]
    return (
        "UNWIND $rows AS row\nMATCH (a:Entity {id: row[0]})\nMATCH (b:Entity {id: row[1]})\n"
        f"CREATE (a)-[:{rel.type} {_literal(rel.properties, 'row[2]')}]->(b)"
    )


def change_edges(type_: str) -> str:
    """The statement that keeps the old form of relationships as SUPERSEDED and gives them new properties.

    ``$rows`` holds [start id, relationship id, new properties, properties of the superseded copy].
    """
    name = SCHEMA.relationships[type_].type
    return (
        f"UNWIND $rows AS row\nMATCH (a:Entity {{id: row[0]}})-[r:{name} {{id: row[1]}}]->(b)\n"
        f"CREATE (a)-[:SUPERSEDED {_superseded(type_, 'row[3]')}]->(b)\nSET r = row[2]"
    )


def withdraw_edges(type_: str) -> str:
    """The statement that turns relationships into SUPERSEDED ones.

    ``$rows`` holds [start id, relationship id, properties of the superseded form].
    """
    name = SCHEMA.relationships[type_].type
    return (
        f"UNWIND $rows AS row\nMATCH (a:Entity {{id: row[0]}})-[r:{name} {{id: row[1]}}]->(b)\n"
        f"CREATE (a)-[:SUPERSEDED {_superseded(type_, 'row[2]')}]->(b)\nDELETE r"
    )


def withdraw_nodes(label: str) -> str:
    """The statement that makes nodes of one label Withdrawn ones; ``$rows`` holds [id, properties to add]."""
    name = SCHEMA.nodes[label].label
    return (
        f"UNWIND $rows AS row\nMATCH (n:{name} {{id: row[0]}})\n"
        f"REMOVE n:Entity:{name}\nSET n:{WITHDRAWN}\nSET n += row[1]"
    )


def confirm_nodes(label: str) -> str:
    """The statement that sets the day on which a ledger last confirmed nodes; ``$rows`` holds [id, day]."""
    return f"UNWIND $rows AS row\nMATCH (n:{SCHEMA.nodes[label].label} {{id: row[0]}})\nSET n.confirmed_on = row[1]"


def confirm_edges(type_: str) -> str:
    """The same for relationships; ``$rows`` holds [start id, relationship id, day]."""
    name = SCHEMA.relationships[type_].type
    return (
        f"UNWIND $rows AS row\nMATCH (a:Entity {{id: row[0]}})-[r:{name} {{id: row[1]}}]->()\n"
        "SET r.confirmed_on = row[2]"
    )


def log_changes() -> str:
    """The statement that creates Change nodes of a plan from ``$rows`` of [plan id, properties of the Change, of the link]."""
    change, link = SCHEMA.nodes["Change"], SCHEMA.relationships["CHANGES"]
    return (
        "UNWIND $rows AS row\nMATCH (p:Plan {id: row[0]})\n"
        f"CREATE (p)-[:CHANGES {_literal(link.properties, 'row[2]')}]->(:Entity:Change {_literal(change.properties, 'row[1]')})"
    )


def _superseded(type_: str, row: str) -> str:
    """The properties of a relationship of one type once it is superseded."""
    held = {prop.name: prop for prop in SCHEMA.relationships[type_].properties}
    held |= {prop.name: prop for prop in SCHEMA.relationships["SUPERSEDED"].properties}
    return _literal(tuple(held.values()), row)


def statements_file(engine: EngineKind) -> str:
    """The committed form of the definitions of one engine."""
    return f"// {NOTICE}\n" + "".join(f"{text};\n" for text in definitions(engine))


def upserts_file() -> str:
    """The committed form of every write statement."""
    parts = [f"// {NOTICE}\n"]
    for label in SCHEMA.nodes:
        for verb, write in (
            ("create", create_nodes),
            ("change", change_nodes),
            ("confirm", confirm_nodes),
            ("withdraw", withdraw_nodes),
        ):
            parts.append(f"\n// {verb} {label}\n{write(label)};\n")
    for type_ in SCHEMA.relationships:
        for verb, write_edges in (
            ("create", create_edges),
            ("change", change_edges),
            ("confirm", confirm_edges),
            ("withdraw", withdraw_edges),
        ):
            parts.append(f"\n// {verb} {type_}\n{write_edges(type_)};\n")
    parts.append(f"\n// log changes\n{log_changes()};\n")
    return "".join(parts)


def diagram() -> str:
    """A Mermaid class diagram of labels and the relationship types between them (without provenance and changes)."""
    lines = ["```mermaid", "flowchart LR"]
    lines += [
        f'  {label}["{label}<br/>{node.text.zh}"]'
        for label, node in SCHEMA.nodes.items()
        if label not in ("Plan", "Change")
    ]
    for rel in SCHEMA.relationships.values():
        if rel.type in ("CHANGES", "SUPERSEDED", "STATED_IN", "ABOUT"):
            continue
        lines += [
            f"  {start} -->|{rel.type}| {end}"
            for start, end in rel.pairs
            if end in ("Grid", "District") or end not in SCHEMA.areas or rel.type == "PART_OF"
        ]
    return "\n".join([*lines, "```", ""])


def _property_row(prop: Property) -> str:
    notes = []
    if prop.required:
        notes.append("required")
    if prop.values:
        notes.append(" \\| ".join(prop.values))
    if prop.minimum is not None:
        notes.append(f"≥ {prop.minimum:g}")
    return f"| `{prop.name}` | {prop.type} | {prop.text.zh} | {prop.text.en} | {prop.privacy} | {'; '.join(notes)} |\n"


_HEAD = "| property | type | 中文 | English | privacy | limits |\n|---|---|---|---|---|---|\n"


def dictionary() -> str:
    """The data dictionary in Markdown: labels, relationship types, named sets, each with both languages."""
    out = [f"# Data dictionary\n\n{NOTICE} Schema version {SCHEMA.version}.\n\n## Diagram\n\n"]
    out.append(
        f"![How the demonstration district is joined, in Neo4j Browser](neo4j-browser-map.png)\n\n{diagram()}\n## Nodes\n"
    )
    for node in SCHEMA.nodes.values():
        out += [
            f"\n### {node.label} · {node.text.zh}\n\n{node.text.en}.\n\n{_HEAD}",
            *map(_property_row, node.properties),
        ]
    out.append(
        f"\n### {WITHDRAWN} · 已撤回\n\nNode that an undo took back. It keeps its properties, loses its labels and gains `was`, "
        "`superseded_at` and `superseded_by`; its relationships are `SUPERSEDED`. Several may have the same id.\n"
    )
    out.append("\n## Relationships\n")
    for rel in SCHEMA.relationships.values():
        joins = ", ".join(f"{start} → {end}" for start, end in rel.pairs)
        out += [
            f"\n### {rel.type} · {rel.text.zh}\n\n{rel.text.en}. Joins {joins}.\n\n{_HEAD}",
            *map(_property_row, rel.properties),
        ]
    out.append("\n## Named sets\n\n| set | 中文 | English | types |\n|---|---|---|---|\n")
    out += [
        f"| {s.name} | {s.text.zh} | {s.text.en} | `{s.literal.replace('|', chr(92) + '|')}` |\n"
        for s in SCHEMA.sets.values()
    ]
    return "".join(out)


def as_json() -> dict[str, object]:
    """The schema as plain data, for the API."""

    def prop(p: Property) -> dict[str, object]:
        return {
            "name": p.name,
            "type": p.type.value,
            "zh": p.text.zh,
            "en": p.text.en,
            "privacy": p.privacy.value,
            "required": p.required,
            "values": list(p.values),
            "minimum": p.minimum,
        }

    return {
        "version": SCHEMA.version,
        "nodes": [
            {"label": n.label, "zh": n.text.zh, "en": n.text.en, "properties": [prop(p) for p in n.properties]}
            for n in SCHEMA.nodes.values()
        ],
        "relationships": [
            {
                "type": r.type,
                "zh": r.text.zh,
                "en": r.text.en,
                "dated": r.dated,
                "pairs": [{"from": a, "to": b} for a, b in r.pairs],
                "properties": [prop(p) for p in r.properties],
            }
            for r in SCHEMA.relationships.values()
        ],
        "sets": [
            {"name": s.name, "zh": s.text.zh, "en": s.text.en, "types": list(s.types)} for s in SCHEMA.sets.values()
        ],
    }
