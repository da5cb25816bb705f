"""Checking a saved certificate against the graph, by the checker that shares no code with what made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from govnet_graph.changes.proposals.solving import ADDED, in_thread
from govnet_graph.errors import BadInput
from govnet_graph.planner import checker
from govnet_graph.planner.errors import NotInSnapshot
from govnet_graph.store.driver import Graph
from govnet_graph.store.snapshots import read_snapshot

_HINT = "`govnet plan certificate --out FILE` writes one."
_MOST = 100


class NoCertificate(BadInput):
    """What was given is not a certificate of coverage."""

    code = "no-certificate"


async def checked(graph: Graph, held: Mapping[str, Any]) -> dict[str, Any]:
    """Whether a certificate, as JSON holds it, proves what it says about the graph as it is now.

    ``faults`` lists the reasons why not, empty where it is valid; ``stale`` says that the graph has moved since it was made, so
    that it proves nothing about it any more. Raises NoCertificate, NothingLoaded, EngineUnreachable.
    """
    area, day = held.get("area"), held.get("as_of")
    if held.get("kind") != "certificate" or not isinstance(area, str) or not isinstance(day, str):
        raise NoCertificate("This is not a certificate.", hint=_HINT)
    try:
        as_of = dt.date.fromisoformat(day)
    except ValueError:
        raise NoCertificate(f"A certificate cannot be about the day {day[:40]!r}.", hint=_HINT) from None
    try:
        snapshot = await read_snapshot(graph, area, as_of, fresh=True)
    except NotInSnapshot as error:
        raise NoCertificate(f"The certificate is about {area[:80]!r}, which is not there.", hint=error.hint) from None
    sealed = {name: value for name, value in held.items() if name not in ADDED}
    faults = await in_thread(lambda: checker.problems(snapshot, sealed))
    return {
        "valid": not faults,
        "stale": held.get("snapshot") != snapshot.hash,
        "faults": faults[:_MOST],
        "area": area,
        "as_of": day,
        "snapshot": snapshot.hash,
        "data_version": snapshot.data_version,
    }
