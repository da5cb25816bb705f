"""The labels, in the order in which they are shown."""

from __future__ import annotations

from govnet_graph.schema.actors import MEMBER, ORGANIZATION, UNIT
from govnet_graph.schema.events import ACTIVITY, CASE, CASE_KIND, CASE_STEP, PROGRAMME
from govnet_graph.schema.evidence import CHANGE, CLAIM, LEDGER, PLAN, REQUIREMENT, SOURCE
from govnet_graph.schema.places import BUILDING, COMMUNITY, DISTRICT, GRID, STREET
from govnet_graph.schema.services import NEED, PROJECT, RESOURCE, SERVICE

NODES = (
    DISTRICT,
    STREET,
    COMMUNITY,
    GRID,
    BUILDING,
    ORGANIZATION,
    UNIT,
    MEMBER,
    RESOURCE,
    SERVICE,
    NEED,
    PROJECT,
    CASE,
    CASE_KIND,
    CASE_STEP,
    ACTIVITY,
    PROGRAMME,
    SOURCE,
    CLAIM,
    LEDGER,
    REQUIREMENT,
    PLAN,
    CHANGE,
)

AREAS = ("District", "Street", "Community", "Grid", "Building")
