"""Query plans: what an engine would do (EXPLAIN) or did (PROFILE) for a text, as a tree of operators.

Read by the gate on free Cypher, by the test of the catalogue's plans and by the benchmark of the questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.store.driver import Graph, QueryFailed


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One operator of a plan with those that feed it.

    Attributes
    ----------
    operator : str
        Name without the database it runs in, such as ``NodeUniqueIndexSeek``.
    arguments : mapping of str to object
        What the engine tells about it; ``Details`` is the readable part, ``EstimatedRows`` the planner's guess.
    identifiers : tuple of str
        Names of the variables that it binds or passes on.
    hits : int or None
        Database hits of this operator alone, exact; None where the text was not run.
    rows : int or None
        Rows that it passed on, exact; None where the text was not run.
    children : tuple of PlanNode
        Operators that feed it; one without children is an entry point.
    """

    operator: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    identifiers: tuple[str, ...] = ()
    hits: int | None = None
    rows: int | None = None
    children: tuple[PlanNode, ...] = ()

    @property
    def details(self) -> str:
        """What the operator reads or does, in the engine's words; empty where it says nothing."""
        return str(self.arguments.get("Details", ""))

    @property
    def total_hits(self) -> int:
        """Database hits of this operator and all below it; 0 where the text was not run."""
        return sum(node.hits or 0 for node in self.walk())

    def walk(self) -> Iterator[PlanNode]:
        """This operator and all below it, each before its children."""
        # A list of its own instead of recursion: plans of long texts are deep.
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def leaves(self) -> Iterator[PlanNode]:
        """The operators that nothing feeds: where the plan enters the graph."""
        return (node for node in self.walk() if not node.children)


def _node(raw: Mapping[str, Any]) -> PlanNode:
    """The driver's plan as a tree, built from the leaves up without recursion."""
    order = [raw]
    for item in order:
        order.extend(item.get("children") or ())
    made: dict[int, PlanNode] = {}
    for item in reversed(order):
        made[id(item)] = PlanNode(
            operator=str(item["operatorType"]).split("@", 1)[0],
            arguments=dict(item.get("args") or item.get("arguments") or {}),
            identifiers=tuple(item.get("identifiers") or ()),
            hits=item.get("dbHits"),
            rows=item.get("rows"),
            children=tuple(made[id(child)] for child in item.get("children") or ()),
        )
    return made[id(raw)]


async def plan(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Any] | None = None,
    profile: bool = False,
    *,
    timeout: float | None = None,
) -> PlanNode:
    """The plan of a text.

    Parameters
    ----------
    graph : Graph
    text : str
        Cypher without EXPLAIN or PROFILE in front.
    parameters : mapping of str to object, optional
    profile : bool
        Run the text (in a read session) and count; otherwise nothing is run.
    timeout : float, optional
        Seconds.

    Raises
    ------
    QueryFailed
        The engine does not understand the text, or tells no plan (Neo4j does; the embedded engine does not).
    QueryTimedOut, EngineUnreachable
    """
    raw = await graph.plan(text, parameters, profile=profile, timeout=timeout)
    if not raw or "operatorType" not in raw:
        raise QueryFailed(
            f"{graph.engine.kind} {graph.engine.version} tells no plan of a query.",
            hint="Neo4j does: start with --engine neo4j.",
        )
    return _node(raw)
