"""The knowledge model as data: labels, relationship types, properties, privacy classes, named sets.

>>> SCHEMA.nodes["Grid"].text.zh
'网格'
>>> SCHEMA.sets["MEMBERSHIP"].literal
'MEMBER_OF|SITS_ON'
"""

from govnet_graph.schema.actors import PROFESSIONS
from govnet_graph.schema.events import CASE_STATES, CASE_STEPS
from govnet_graph.schema.evidence import EVIDENCE_PREFIXES, LEDGER_KINDS
from govnet_graph.schema.model import (
    NodeType,
    Privacy,
    Property,
    RelationshipSet,
    RelationshipType,
    Schema,
    SchemaError,
    Text,
    ValueType,
)
from govnet_graph.schema.nodes import AREAS, NODES
from govnet_graph.schema.relationships import RELATIONSHIPS, SETS

SCHEMA = Schema(
    version=3,
    nodes={n.label: n for n in NODES},
    relationships={r.type: r for r in RELATIONSHIPS},
    sets={s.name: s for s in SETS},
    areas=AREAS,
)

__all__ = [
    "AREAS",
    "CASE_STATES",
    "CASE_STEPS",
    "EVIDENCE_PREFIXES",
    "LEDGER_KINDS",
    "PROFESSIONS",
    "SCHEMA",
    "NodeType",
    "Privacy",
    "Property",
    "RelationshipSet",
    "RelationshipType",
    "Schema",
    "SchemaError",
    "Text",
    "ValueType",
]
