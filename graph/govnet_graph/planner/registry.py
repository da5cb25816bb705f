"""The kinds of result that can be asked for, by name."""

from __future__ import annotations

from collections.abc import Mapping

from govnet_graph.planner import brokers, certificate, fairness, matching, repairing, where_next, withdrawal
from govnet_graph.planner.kinds import Kind

_KINDS: tuple[Kind, ...] = (
    certificate.KIND,
    repairing.KIND,
    where_next.KIND,
    withdrawal.KIND,
    fairness.KIND,
    brokers.KIND,
    matching.KIND,
)
RESULTS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
