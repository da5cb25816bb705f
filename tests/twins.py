"""The invented district twice in one graph, so that a question that forgets its area shows."""

from __future__ import annotations

from dataclasses import replace

from govnet_graph.records import Dataset

HOME, TWIN = "990101", "990202"
# What districts have in common: their claims are the first one's.
COMMON = ("Claim", "Source", "Service", "Requirement", "CaseKind", "Programme", "Plan", "Change")


def twin(district: Dataset) -> Dataset:
    """The district twice: once as it is, once with other ids and codes, without claims and what may be meant for any district."""
    needs = {n.id for n in district.nodes if n.label == "Need"}
    placed = {e.start for e in district.edges if e.type == "FOR" and e.end in needs}
    loose = {n.id for n in district.nodes if n.label == "Project"} - placed
    common = {n.id for n in district.nodes if n.label in COMMON}

    def other(id_: str) -> str:
        return id_ if id_ in common else id_.replace(HOME, TWIN) if HOME in id_ else f"twin-{id_}"

    nodes = [
        replace(
            n, id=other(n.id), props={**n.props, **({"code": other(str(n.props["code"]))} if "code" in n.props else {})}
        )
        for n in district.nodes
        if n.id not in common | loose
    ]
    edges = [
        replace(e, id=f"twin:{e.id}", start=other(e.start), end=other(e.end))
        for e in district.edges
        if e.start not in common and not {e.start, e.end} & loose and e.type not in ("SUPERSEDED", "CHANGES")
    ]
    return Dataset("twins", HOME, (*district.nodes, *nodes), (*district.edges, *edges)).validated()
