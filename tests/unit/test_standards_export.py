"""The formats of an export: whole, the same every time, marked, and without what may not be shown."""

import csv
import dataclasses
import datetime as dt
import io
import json
import zipfile

import networkx as nx
import openpyxl
import pytest
import rdflib
from rdflib.namespace import ORG

from govnet_graph.errors import BadInput
from govnet_graph.records import Edge, Node, edge_id
from govnet_graph.schema import SCHEMA, Privacy
from govnet_graph.seeds.read import read_tables
from govnet_graph.standards import FileUnreadable, read_json
from govnet_graph.standards.atomic import ExportExists, ExportImpossible, new_file, new_folder
from govnet_graph.standards.exporting import FORMATS, format_of
from govnet_graph.standards.model import DERIVED, HISTORY_LABELS, HISTORY_TYPES, Disclosure
from tests.exported import PLAIN, SHOWN, district, whole, written

NODES, EDGES = district()
LIVE_NODES = [n for n in NODES if n.label not in HISTORY_LABELS]
LIVE_EDGES = [e for e in EDGES if e.type not in HISTORY_TYPES]
SOURCED = {"source": "src-areas", "name": "甲"}
PLANTED = "不可示人甲"
LATER = dt.datetime(2026, 6, 1, 8, 0)


def planted():
    """The district with a name wherever a name of a member can stand."""
    nodes = [
        Node(n.label, n.id, {**n.props, "name": PLANTED, "aliases": [PLANTED + "二"]}) if n.id == "member-01" else n
        for n in NODES
    ]
    told = json.dumps({"name": PLANTED}, ensure_ascii=False)
    change = {"name": "change member-01", "operation": "change", "entity": "member-01", "before": told, "after": told}
    plan = {"name": "load", "kind": "load", "state": "applied", "author": PLANTED}
    stray = {"name": "乙", "search": PLANTED, "kind": "bank", "contact": PLANTED, "source": "src-areas"}
    more = [
        Node("Change", "chg-1", {**change, "source": "src-areas", "search": PLANTED}),
        Node("Plan", "plan-1", {**plan, "source": "src-areas"}),
        Node("Unit", "unit-stray", stray),
    ]
    held = Edge("CHANGES", "plan-1", "chg-1", "CHANGES:plan-1>chg-1", {"source": "src-areas"})
    return [*nodes, *more], [*EDGES, held]


@pytest.mark.parametrize("name", FORMATS)
def test_no_name_leaves_without_leave(name):
    nodes, edges = planted()
    for disclosure in (PLAIN, Disclosure(history=True)):
        # The author of a plan is internal: history shows it, but it is not a member's name where none was entered as one.
        content = whole(written(name, [n for n in nodes if n.id != "plan-1" or not disclosure.history], [
            e for e in edges if e.type != "CHANGES" or not disclosure.history
        ], disclosure))  # fmt: skip
        assert PLANTED.encode() not in content
        assert PLANTED.encode("unicode_escape") not in content
        assert b"party_member" + b"\x00" not in content


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "hsds"])
def test_names_leave_with_leave(name):
    nodes, edges = planted()
    assert PLANTED in whole(written(name, nodes, edges, SHOWN)).decode()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(name):
    assert written(name, NODES, EDGES) == written(name, list(reversed(NODES)), list(reversed(EDGES)))


@pytest.mark.parametrize("name", FORMATS)
def test_generated_data_are_marked(name):
    assert b"synthetic" in whole(written(name, NODES, EDGES))


def test_classes_decide_what_is_shown():
    for label, node in SCHEMA.nodes.items():
        for p in node.properties:
            if p.name == "id":
                continue
            shown = p in PLAIN.node_properties(label)
            assert shown == (p.privacy is Privacy.PUBLIC and p.name not in DERIVED)
            with_names = p in SHOWN.node_properties(label)
            assert with_names == (p.privacy is not Privacy.INTERNAL and p.name not in DERIVED)
    everything = Disclosure(names=True, history=True)
    assert {p.name for p in SCHEMA.nodes["Change"].properties} - {
        p.name for p in everything.node_properties("Change")
    } == {"id", "search"}


def full(edge):
    """Several superseded relationships may have the id of the one that is believed."""
    return edge.id, edge.type, sorted((name, str(value)) for name, value in edge.props.items())


def test_json_gives_every_record_back():
    moment = [Node("Unit", "unit-x", {**SOURCED, "kind": "bank", "recorded_at": LATER, "aliases": ["a;b", "=c"]})]
    disclosure = Disclosure(names=True, history=True)
    back = read_json(written("json", [*NODES, *moment], EDGES, disclosure))
    assert {n.id: n for n in back.nodes} == {n.id: n for n in [*NODES, *moment]}
    assert sorted(back.edges, key=full) == sorted(EDGES, key=full)
    assert back.about["synthetic"] == sum(r.props.get("synthetic") is True for r in [*NODES, *EDGES])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format":"govnet-records","version":2}',
        b'{"format":"govnet-records","version":1,"about":{},"nodes":[{"label":"Ghost","id":"x","props":{}}],"relationships":[]}',
    ],
)
def test_what_is_no_export_is_refused(content):
    with pytest.raises(FileUnreadable):
        read_json(content)


def _outward(node: Node) -> Node:
    """The node without what is internal, such as who recorded a step: that leaves in no export."""
    known = SCHEMA.nodes[node.label].by_name
    kept = {name: value for name, value in node.props.items() if known[name].privacy is not Privacy.INTERNAL}
    return dataclasses.replace(node, props=kept)


def test_csv_is_read_by_the_loader(tmp_path):
    with zipfile.ZipFile(io.BytesIO(written("csv", NODES, EDGES, SHOWN, raw=True))) as archive:
        archive.extractall(tmp_path)
    nodes, edges = read_tables(tmp_path)
    assert {n.id: n for n in nodes} == {n.id: _outward(n) for n in LIVE_NODES}
    assert {e.id: e for e in edges} == {e.id: e for e in LIVE_EDGES}


FORMULAS = ('=HYPERLINK("http://example.com")', "+1", "-1", "@SUM(A1)", "\tx", "\rx")


def formula_units():
    return [Node("Unit", f"unit-{at}", {**SOURCED, "name": text, "kind": "bank"}) for at, text in enumerate(FORMULAS)]


def test_csv_runs_nothing_in_a_spreadsheet():
    def names(*, raw: bool) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(written("csv", formula_units(), [], raw=raw))) as archive:
            text = archive.read("nodes/Unit.csv").decode()
        return [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]

    assert names(raw=False) == ["'" + text for text in FORMULAS]
    assert names(raw=True) == list(FORMULAS)


def test_xlsx_holds_text_as_text_and_days_as_days():
    unit = Node("Unit", "unit-y", {**SOURCED, "kind": "bank", "since": dt.date(2026, 1, 2), "party_members": 7})
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", [*formula_units(), unit], [])))
    sheet = book["Unit"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    assert sheet.cell(1, heads["name"]).value == "名称"
    cells = [sheet.cell(row, heads["name"]) for row in range(3, 3 + len(FORMULAS))]
    assert [(c.value, c.data_type) for c in cells] == [(text.replace("\r", "_x000D_"), "s") for text in FORMULAS]
    last = 3 + len(FORMULAS)
    assert sheet.cell(last, heads["since"]).value == dt.datetime(2026, 1, 2)
    assert sheet.cell(last, heads["party_members"]).value == 7
    about = {row[1].value: row[2].value for row in book["说明 about"].iter_rows()}
    assert about["data version"] == 7
    assert about["district"] == "990101"


def test_xlsx_has_a_sheet_for_each_kind():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", NODES, EDGES)), read_only=True)
    assert set(book.sheetnames) == {"说明 about", *(n.label for n in LIVE_NODES), *(e.type for e in LIVE_EDGES)}
    rows = sum(1 for _ in book["PAIRED_WITH"].iter_rows())
    assert rows == 2 + sum(e.type == "PAIRED_WITH" for e in LIVE_EDGES)


def test_graphml_is_the_graph():
    found = nx.read_graphml(io.BytesIO(written("graphml", NODES, EDGES)), force_multigraph=True)
    assert set(found.nodes) == {n.id for n in LIVE_NODES}
    assert {key for _, _, key in found.edges(keys=True)} == {e.id for e in LIVE_EDGES}
    unit = found.nodes["unit-a"]
    assert (unit["label"], unit["name"], unit["party_members"], unit["district_agency"]) == (
        "Unit",
        "甲区法院",
        30,
        True,
    )
    assert json.loads(unit["aliases"]) == ["区法院"]
    edge = found.edges["unit-a", "990101001001001", edge_id("PAIRED_WITH", "unit-a", "990101001001001")]
    assert (edge["type"], edge["since"], json.loads(edge["services"])) == (
        "PAIRED_WITH", "2026-01-01", ["mediation", "legal-advice"],
    )  # fmt: skip
    assert json.loads(found.graph["about"])["nodes"] == len(LIVE_NODES)


def test_gexf_exists_in_time():
    found = nx.read_gexf(io.BytesIO(written("gexf", NODES, EDGES)), version="1.3")
    assert set(found.nodes) == {n.id for n in LIVE_NODES}
    assert found.number_of_edges() == len(LIVE_EDGES)
    ended = next(e for e in LIVE_EDGES if "since" in e.props and "until" in e.props)
    data = next(d for _, _, d in found.edges(data=True) if d.get("id") == ended.id)
    assert data["start"] == ended.props["since"].isoformat()
    # The last day, which is part of it: the format knows no open ends.
    assert data["end"] == (ended.props["until"] - dt.timedelta(days=1)).isoformat()


def test_xml_holds_any_text():
    odd = Node("Unit", "unit-z", {**SOURCED, "name": "a\x00<&\"'>\x0b b", "kind": "bank"})
    assert nx.read_graphml(io.BytesIO(written("graphml", [odd], []))).nodes["unit-z"]["name"] == "a\ufffd<&\"'>\ufffd b"
    assert nx.read_gexf(io.BytesIO(written("gexf", [odd], [])), version="1.3").nodes["unit-z"]["type"] == "Unit"


@pytest.mark.filterwarnings(
    "ignore:.* is deprecated:DeprecationWarning"
)  # rdflib's JSON-LD reader uses its own old names
def test_org_uses_the_terms_of_org():
    graph = rdflib.Graph().parse(data=written("org", NODES, EDGES), format="json-ld")
    used = {*graph.predicates(), *graph.objects(None, rdflib.RDF.type)}
    terms = {str(term).removeprefix(str(ORG)) for term in used if str(term).startswith(str(ORG))}
    assert {"Organization", "OrganizationalUnit", "FormalOrganization", "Membership", "Role", "Post", "Site"} <= terms
    assert all(
        str(ORG) + term in ORG for term in terms
    )  # rdflib's namespace is closed: it knows the terms of the standard
    urn = rdflib.Namespace("urn:govnet:")
    seat = urn["MEMBER_OF%3Amember-01%3Eorg-community-1"]
    assert (seat, ORG.member, urn["member-01"]) in graph
    assert (seat, ORG.organization, urn["org-community-1"]) in graph
    time = rdflib.Namespace("http://www.w3.org/2006/time#")
    begins = graph.value(graph.value(seat, ORG.memberDuring), time.hasBeginning)
    day = graph.value(begins, time.inXSDDate)
    assert day.toPython() == dt.date(2025, 1, 1)
    members = sum(e.type in ("MEMBER_OF", "SITS_ON") for e in LIVE_EDGES)
    assert len(set(graph.subjects(rdflib.RDF.type, ORG.Membership))) == members


def test_neo4j_files_name_their_types():
    with zipfile.ZipFile(io.BytesIO(written("neo4j", NODES, EDGES))) as archive:
        names = set(archive.namelist())
        head = archive.read("nodes-Unit.csv").decode().splitlines()[0].split(",")
        arguments = archive.read("import.args").decode().splitlines()
        mark = archive.read("nodes-GraphState.csv").decode()
    assert head[0] == "id:ID(Entity)"
    assert {"party_members:long", "aliases:string[]", "since:date", "search:string", ":LABEL"} <= set(head)
    listed = {line.partition("=./")[2] for line in arguments if line.startswith(("--nodes", "--relationships"))}
    assert listed == {name for name in names if name.endswith(".csv")}
    assert f'"govnet",{SCHEMA.version},7,"district","990101",GraphState' in mark


def test_an_unknown_format_is_named():
    with pytest.raises(BadInput, match=r"There is no format 'pdf'.*xlsx, csv"):
        format_of("pdf")


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "out.json"

    def fails(*, force: bool = False) -> None:
        with new_file(path, force=force) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert list(tmp_path.iterdir()) == []
    with new_file(path) as file:
        file.write(b"one")
    with pytest.raises(ExportExists), new_file(path):
        pass
    with pytest.raises(RuntimeError):
        fails(force=True)
    assert path.read_bytes() == b"one"
    with new_file(path, force=True) as file:
        file.write(b"two")
    assert path.read_bytes() == b"two"
    with pytest.raises(ExportImpossible), new_file(tmp_path / "none" / "x"):
        pass


def test_a_folder_is_replaced_only_if_an_export_wrote_it(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("keep")
    with pytest.raises(ExportExists, match="not an earlier export"), new_folder(mine, force=True):
        pass
    assert (mine / "letter.txt").read_text() == "keep"
    path = tmp_path / "out"
    for text in ("one", "two"):
        with new_folder(path, force=True) as folder:
            (folder / "about.json").write_text(text)
    assert (path / "about.json").read_text() == "two"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "out"]
