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
from tests.oracle.chain import CHAIN
from tests.oracle.claims import CLAIMS
from tests.oracle.coverage import COVERAGE
from tests.oracle.directory import DIRECTORY
from tests.oracle.dispatch import DISPATCH
from tests.oracle.grid import GRIDS
from tests.oracle.history import HISTORY
from tests.oracle.network import NETWORKS
from tests.oracle.people import PEOPLE
from tests.oracle.provenance import PROVENANCE
from tests.oracle.resources import RESOURCES
from tests.oracle.world import World

ORACLE: dict[str, Callable[[World, Mapping[str, Any]], list[list[Any]]]] = {
    **CANDIDATES, **CHAIN, **CLAIMS, **COVERAGE, **DIRECTORY, **DISPATCH, **GRIDS, **HISTORY, **NETWORKS, **PEOPLE, **PROVENANCE, **RESOURCES,
}  # fmt: skip

__all__ = ["ORACLE", "World"]
