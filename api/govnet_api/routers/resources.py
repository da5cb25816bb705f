"""Addresses for things of the district: each a question and how the address's parameters become the question's."""

from __future__ import annotations

from govnet_api.operations import Operation
from govnet_graph.schema import AREAS

_ANY = "entity"

OPERATIONS: tuple[Operation, ...] = (
    Operation("/members", "list_members", "members", "members"),
    Operation("/members/{id}", "get_member", "members", _ANY, {"id": "entity"}, single=True, labels=("Member",)),
    Operation("/members/{id}/units", "list_units_of_member", "members", "member-units", {"id": "member"}),
    Operation("/members/{id}/roles", "list_roles_of_member", "members", "member-roles", {"id": "member"}),
    Operation("/units", "list_units", "units", "units"),
    Operation("/units/{id}", "get_unit", "units", "unit-profile", {"id": "unit"}, single=True),
    Operation("/units/{id}/members", "list_members_of_unit", "units", "unit-members", {"id": "unit"}),
    Operation("/units/{id}/coverage", "list_coverage_of_unit", "units", "unit-only-coverage", {"id": "unit"}),
    Operation("/grids", "list_grids", "areas", "grids"),
    Operation("/grids/{id}", "get_grid", "areas", "grid-profile", {"id": "grid"}, single=True),
    Operation("/grids/{id}/supporters", "list_supporters_of_grid", "areas", "grid-supporters", {"id": "grid"}),
    Operation("/areas", "list_areas", "areas", "areas"),
    Operation("/areas/{id}", "get_area", "areas", _ANY, {"id": "entity"}, single=True, labels=AREAS),
    Operation("/areas/{id}/coverage", "list_coverage_of_area", "coverage", "coverage-evidence", {"id": "area"}),
    Operation("/organizations", "list_organizations", "organizations", "organizations"),
    Operation(
        "/organizations/{id}",
        "get_organization",
        "organizations",
        _ANY,
        {"id": "entity"},
        single=True,
        labels=("Organization",),
    ),
    Operation("/resources", "list_resources", "resources", "resources"),
    Operation("/resources/idle", "list_idle_resources", "resources", "idle-resources"),
    Operation(
        "/resources/{id}", "get_resource", "resources", _ANY, {"id": "entity"}, single=True, labels=("Resource",)
    ),
    Operation("/needs/unmet", "list_unmet_needs", "resources", "unmet-needs"),
    Operation("/coverage/gaps", "list_gaps", "coverage", "coverage-gaps"),
    Operation("/coverage/matrix", "get_coverage_matrix", "coverage", "coverage-matrix"),
    Operation("/coverage/thin", "list_thin_coverage", "coverage", "thin-coverage"),
    Operation("/coverage/missing-ledgers", "list_missing_ledgers", "coverage", "missing-ledgers"),
    Operation("/chain/breaks", "list_chain_breaks", "coverage", "chain-breaks"),
    Operation("/requirements", "list_requirements", "coverage", "requirements"),
    Operation("/cases/late", "list_late_cases", "cases", "late-cases"),
    Operation("/cases/{id}/candidates", "list_candidates_for_case", "cases", "case-candidates", {"id": "case"}),
    Operation("/paths", "find_paths", "network", "shortest-path"),
    Operation("/entities/{id}", "get_entity", "network", _ANY, {"id": "entity"}, single=True),
    Operation("/entities/{id}/neighbours", "list_neighbours", "network", "neighbourhood", {"id": "entity"}),
    Operation("/entities/{id}/sources", "list_sources_of_entity", "provenance", "where-from", {"id": "entity"}),
    Operation("/claims", "list_claims", "provenance", "claims-check"),
    Operation("/search", "search", "network", "search"),
)
