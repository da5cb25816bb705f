"""The claims are counted where they are asked: in an area what is recorded there, whatever else the graph holds."""

from __future__ import annotations

from itertools import pairwise

import pytest

from govnet_graph.errors import NotFound
from govnet_graph.questions import question
from govnet_graph.records import Dataset, Edge, Node, edge_id
from govnet_graph.seeds import dataset
from govnet_graph.store.reader import ask
from tests.agreement import answer, reload
from tests.twins import HOME, TWIN, twin

DAY = {"as_of": "2026-06-01", "limit": 1000}
AREAS = (HOME, "990101001", "990101002", "990101001001", "990101001002", "990101002001001")


def _edge(type_: str, start: str, end: str) -> Edge:
    return Edge(type_, start, end, edge_id(type_, start, end), {"source": "src-chain"})


@pytest.fixture(scope="module")
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    return on_graph


async def counted(graph, area: str) -> dict[str, tuple[object, ...]]:
    """By claim: what was counted, of how many records, and the verdict."""
    answer = await ask(graph, question("claims-check"), {**DAY, "area": area})
    return {r["claim"]["id"]: (r["counted"], r["records"], r["verdict"]) for r in answer.records()}


async def everything(graph, area: str) -> list[object]:
    """All that the two questions say of an area."""
    check, evidence = question("claims-check"), question("claim-evidence")
    rows = await answer(graph, check, {**DAY, "area": area}, HOME)
    return [rows, *[await answer(graph, evidence, {**DAY, "area": area, "claim": row[0]["id"]}, HOME) for row in rows]]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        # grids with the mark, full-time workers, canteens, solved cases, branches, percent solved
        (HOME, (2.0, 2.0, 1.0, 1.0, 3.0, 50.0)),
        ("990101001", (2.0, 2.0, 0.0, 1.0, 2.0, 50.0)),
        ("990101002", (0.0, 0.0, 1.0, 0.0, 1.0, None)),
        ("990101001001", (1.0, 1.0, 0.0, 0.0, 1.0, 0.0)),
        ("990101001002", (1.0, 1.0, 0.0, 1.0, 1.0, 100.0)),
        ("990101002001001", (0.0, 0.0, 0.0, 0.0, 1.0, None)),
    ],
)
def test_an_area_counts_its_own_records(loaded, area, expected):
    found = loaded(lambda graph: counted(graph, area))
    assert tuple(found[f"claim-{n}"][0] for n in (1, 2, 3, 5, 6, 7)) == expected
    assert len(found) == 7, "all claims are listed, whatever the area"


def test_the_evidence_is_what_was_counted(loaded):
    async def work(graph):
        wrong = []
        for area in AREAS:
            for claim, (_, records, _) in (await counted(graph, area)).items():
                rows = (await ask(graph, question("claim-evidence"), {**DAY, "area": area, "claim": claim})).records()
                if sum(r["record"] is not None for r in rows) != (records or 0):
                    wrong.append((area, claim))
        return wrong

    assert loaded(work) == []


def test_an_area_that_is_not_there_is_not_found(loaded):
    async def work(graph):
        for area in ("99010", "990102", "unit-a"):
            for given in ({"claim": "claim-1"}, {}):
                with pytest.raises(NotFound):
                    await ask(
                        graph, question("claim-evidence" if given else "claims-check"), {**DAY, **given, "area": area}
                    )

    loaded(work)


def test_another_district_changes_nothing_here(on_graph, district):
    async def work(graph):
        await reload(graph, district)
        alone = [await everything(graph, area) for area in AREAS]
        await reload(graph, twin(district))
        beside = [await everything(graph, area) for area in AREAS]
        mirrored = [await counted(graph, area.replace(HOME, TWIN)) for area in AREAS]
        return alone, beside, mirrored, [await counted(graph, area) for area in AREAS]

    alone, beside, mirrored, here = on_graph(work)
    assert beside == alone
    assert mirrored == here
    on_graph(lambda graph: reload(graph, district))


def test_each_record_counts_once_and_so_do_parts_of_parts(on_graph, district):
    """Five branches, each a part of the one before: the fifth is a step too far. A case is raised in a grid and in its community."""
    source = {"source": "src-chain", "source_ref": "row 99"}
    deep = [f"org-deep-{n}" for n in range(1, 6)]
    bodies = [Node("Organization", id_, {"name": id_, "kind": "grid-party-branch", **source}) for id_ in deep]
    links = [
        *(_edge("PART_OF", below, above) for above, below in pairwise(("org-branch-1", *deep))),
        # a way back is no way further
        _edge("PART_OF", "org-branch-1", "org-deep-2"),
        _edge("RAISED_IN", "case-1", "990101001001"),
        _edge("HELD_BY", "act-2", "org-branch-1"),
    ]
    more = Dataset("deep", HOME, (*district.nodes, *bodies), (*district.edges, *links)).validated()

    async def work(graph):
        await reload(graph, more)
        return [await counted(graph, area) for area in ("990101001001001", "990101001001", "990101002")]

    grid, community, elsewhere = on_graph(work)
    assert [found["claim-6"][0] for found in (grid, community, elsewhere)] == [5.0, 5.0, 1.0]
    assert [found["claim-7"][1] for found in (grid, community, elsewhere)] == [1, 1, 0]
    on_graph(lambda graph: reload(graph, district))


def test_the_demonstration_district_leaves_out_nothing_that_its_claims_count(on_graph):
    """Each record that a claim counts is placed by some link: the fill meets the article's counts in its district, not only in the graph."""
    demo = dataset("demo")

    async def work(graph):
        await reload(graph, demo)
        return (await ask(graph, question("claims-check"), DAY)).records()

    kinds = {n.id: n.props.get("kind") for n in demo.nodes if n.label == "Member"}
    found = {r["claim"]["id"]: (r["counted"], r["records"]) for r in on_graph(work)}
    assert found["claim-f091"] == (132.0, sum(kind == "reserve-cadre" for kind in kinds.values()))
    levels = [n for n in demo.nodes if n.label == "Organization" and "level" in n.props and "until" not in n.props]
    assert found["claim-f039"] == (5.0, len(levels))
