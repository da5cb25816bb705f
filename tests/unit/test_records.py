import datetime as dt

import pytest

from govnet_graph.records import Dataset, Edge, Node, RecordError, edge_id, problems_of
from govnet_graph.seeds.read import read_tables

SOURCED = {"source": "src-x", "name": "甲"}
UNIT = Node("Unit", "unit-a", {**SOURCED, "kind": "bank"})
SOURCE = Node("Source", "src-x", {**SOURCED, "kind": "list"})
GRID = Node("Grid", "990101001001001", {**SOURCED, "code": "990101001001001", "code_scheme": "community-serial-3"})
PAIRED = Edge("PAIRED_WITH", UNIT.id, GRID.id, edge_id("PAIRED_WITH", UNIT.id, GRID.id), {"source": "src-x"})


def test_a_good_set_has_no_problems():
    assert list(problems_of([SOURCE, UNIT, GRID], [PAIRED])) == []


@pytest.mark.parametrize(
    ("nodes", "edges", "reason"),
    [
        ([UNIT, UNIT], [], "listed twice"),
        ([Node("Ghost", "g", SOURCED)], [], "unknown label"),
        ([Node("Unit", "单位", {**SOURCED, "kind": "bank"})], [], "may hold only"),
        ([Node("Unit", "unit-a", {**SOURCED, "kind": "circus"})], [], "not one of"),
        ([Node("Unit", "unit-a", {**SOURCED, "kind": "bank", "colour": "red"})], [], "unknown property colour"),
        ([Node("Unit", "unit-a", {"source": "src-x", "kind": "bank"})], [], "lacks name"),
        ([Node("Unit", "unit-a", {**SOURCED, "kind": "bank", "party_members": -1})], [], "below 0"),
        ([Node("Unit", "unit-a", {**SOURCED, "kind": "bank", "party_members": True})], [], "not of type integer"),
        (
            [
                Node(
                    "Unit",
                    "unit-a",
                    {**SOURCED, "kind": "bank", "since": dt.date(2026, 2, 1), "until": dt.date(2026, 2, 1)},
                )
            ],
            [],
            "not after since",
        ),
        ([UNIT], [PAIRED], "is not there"),
        ([UNIT, GRID], [Edge("PAIRED_WITH", GRID.id, UNIT.id, "x", {"source": "s"})], "may not join Grid to Unit"),
        ([UNIT, GRID], [Edge("LOVES", UNIT.id, GRID.id, "x", {"source": "s"})], "unknown type"),
        ([UNIT, GRID], [PAIRED, PAIRED], "listed twice"),
        ([UNIT], [], "rests on src-x"),
    ],
)
def test_what_does_not_fit_is_named(nodes, edges, reason):
    assert reason in "; ".join(problems_of(nodes, edges))


def test_validation_raises_with_the_number_of_problems():
    with pytest.raises(RecordError, match="and 4 more"):
        Dataset("x", "990101", (UNIT, UNIT, UNIT), ()).validated()


def _write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_tables_become_records(tmp_path):
    _write(
        tmp_path,
        "nodes/Unit.csv",
        "id,name,aliases,party_members,district_agency,since,kind,source\nunit-a,甲,乙; 丙,3,true,2026-01-02,bank,src-x\n",
    )
    _write(tmp_path, "edges/PAIRED_WITH.csv", "from,to,key,services,source\nunit-a,g,2,meals;repairs,src-x\n")
    nodes, edges = read_tables(tmp_path)
    assert nodes[0].props == {
        "name": "甲",
        "aliases": ["乙", "丙"],
        "party_members": 3,
        "district_agency": True,
        "since": dt.date(2026, 1, 2),
        "kind": "bank",
        "source": "src-x",
    }
    assert (edges[0].id, edges[0].props["services"]) == ("PAIRED_WITH:unit-a>g#2", ["meals", "repairs"])


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("nodes/Ghost.csv", "id\nx\n", "no label"),
        ("edges/LOVES.csv", "from,to\nx,y\n", "no relationship type"),
        ("nodes/Unit.csv", "id,colour\nx,red\n", "column 'colour'"),
        ("nodes/Unit.csv", "id,party_members\nx,many\n", "row 2, column party_members"),
        ("nodes/Unit.csv", "id,district_agency\nx,yes\n", "neither true nor false"),
        ("nodes/Unit.csv", "id,since\nx,2026-02-30\n", "row 2, column since"),
        ("nodes/Unit.csv", "id,name\nx\n", "more or fewer cells"),
    ],
)
def test_a_bad_table_is_named_with_row_and_column(tmp_path, name, text, reason):
    _write(tmp_path, name, text)
    with pytest.raises(RecordError, match=reason):
        read_tables(tmp_path)
