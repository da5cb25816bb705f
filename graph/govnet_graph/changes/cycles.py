"""What would become part of itself by the links that are to be written; exact, as the graph holds the links above them."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from govnet_graph.store.diff import READ_BATCH
from govnet_graph.store.driver import Graph

_ABOVE = """
UNWIND $ids AS id
MATCH (n:Entity {id: id})-[r:PART_OF]->(above)
WHERE r.until IS NULL
RETURN id, above.id, r.id
"""


async def cycle(graph: Graph, links: Iterable[tuple[str, str]], ended: frozenset[str]) -> list[str]:
    """Ids of things each of which would be part of the next, and the last of the first; none where there are no such.

    ``links`` are the new PART_OF (part, whole) between things of one kind, ``ended`` ids of links that end. A link with a
    last day is taken to be over, so that a move that turns two things round is allowed.
    """
    above: dict[str, set[str]] = {}
    for part, whole in links:
        above.setdefault(part, set()).add(whole)
    asked: set[str] = set()
    waiting = sorted({*above, *(whole for wholes in above.values() for whole in wholes)})
    while waiting:
        asked |= set(waiting)
        for start in range(0, len(waiting), READ_BATCH):
            for part, whole, id_ in await graph.read(_ABOVE, {"ids": waiting[start : start + READ_BATCH]}):
                if id_ not in ended:
                    above.setdefault(part, set()).add(whole)
        waiting = sorted({whole for wholes in above.values() for whole in wholes} - asked)
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        return [str(id_) for id_ in error.args[1][:0:-1]]
    return []
