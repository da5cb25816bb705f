"""An independent oracle: each question of ``cypher/questions`` answered from the records with networkx.

``ORACLE[question](world, parameters)`` returns the rows in the question's columns and order, with members' names masked as
for a reader without rights. ``parameters`` holds every parameter of the question, ``as_of``, ``limit`` and ``skip``
included; optional ones may be None. The answers are computed from the definitions, not from the Cypher; each module says
what it decided where a definition leaves something open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.oracle.candidates import CANDIDATES
from tests.oracle.cases import CASES
from tests.oracle.chain import CHAIN
from tests.oracle.claims import CLAIMS
from tests.oracle.coverage import COVERAGE
from tests.oracle.directory import DIRECTORY
from tests.oracle.dispatch import DISPATCH
from tests.oracle.grid import GRIDS
from tests.oracle.history import HISTORY
from tests.oracle.lessons import LESSONS
from tests.oracle.links import LINKS
from tests.oracle.lists import LISTS
from tests.oracle.network import NETWORKS
from tests.oracle.people import PEOPLE
from tests.oracle.plans import PLANS
from tests.oracle.provenance import PROVENANCE
from tests.oracle.quality import QUALITY
from tests.oracle.recorded import RECORDED
from tests.oracle.resources import RESOURCES
from tests.oracle.services import SERVICES
from tests.oracle.world import World

ORACLE: dict[str, Callable[[World, Mapping[str, Any]], list[list[Any]]]] = {
    **CANDIDATES, **CASES, **CHAIN, **CLAIMS, **COVERAGE, **DIRECTORY, **DISPATCH, **GRIDS, **HISTORY, **LESSONS, **LINKS, **LISTS, **NETWORKS, **PEOPLE,
    **PLANS, **PROVENANCE, **QUALITY, **RECORDED, **RESOURCES, **SERVICES,
}  # fmt: skip

__all__ = ["ORACLE", "World"]
