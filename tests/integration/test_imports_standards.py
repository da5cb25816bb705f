"""Files of the field's standards and exports as imports: nothing of them is lost, and a round trip changes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from govnet_graph.changes import undo
from govnet_graph.changes.imports import Imports
from govnet_graph.changes.options import Options
from govnet_graph.errors import BadInput
from govnet_graph.settings import Settings
from govnet_graph.standards import FileUnreadable, read_json
from govnet_graph.standards.exporting import FORMATS, export
from govnet_graph.standards.model import Disclosure
from govnet_graph.store.content import content_hash
from govnet_graph.store.state import clear
from govnet_graph.store.stream import node_pages
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW

HERE = Path(__file__).parents[1] / "standards"


@pytest.fixture
def loaded(on_graph, district):
    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


@pytest.fixture
def imports(settings, tmp_path):
    return Imports(settings.model_copy(update={"home": tmp_path}))


def _exported(name: str, *, names: bool = True, history: bool = False):
    async def work(graph):
        out = io.BytesIO()
        await export(graph, FORMATS[name], out, Disclosure(names, history))
        return out.getvalue()

    return work


def _preview(imports, content: bytes, name: str, **raw: object):
    draft = imports.drafts.put(content, name, "tester")
    return lambda graph: imports.preview(graph, draft, Options.read(raw))


def _apply(imports, content: bytes, name: str, **raw: object):
    draft = imports.drafts.put(content, name, "tester")
    return lambda graph: imports.apply(graph, draft, Options.read(raw), author="tester")


def _council(**more: object) -> bytes:
    told = json.loads((HERE / "council.popolo.json").read_bytes())
    told["organizations"] += more.get("organizations", [])
    told["memberships"] += more.get("memberships", [])
    return json.dumps(told, ensure_ascii=False).encode()


def said(shown) -> list[str]:
    return [problem.text.en for row in shown.rows for problem in row.problems]


def test_a_round_trip_changes_nothing(loaded, imports):
    before = loaded(content_hash)
    for name in ("json", "xlsx", "popolo", "hsds"):
        file = f"district{FORMATS[name].suffix}"
        for names in (True, False):
            content = loaded(_exported(name, names=names))
            shown = loaded(_preview(imports, content, file))
            assert shown.account.balances
            assert shown.clean, said(shown)
            assert shown.changes.empty
            assert shown.changes.unchanged > 10
            assert sum(s.imported for s in shown.account.sheets.values()) > 100
        assert loaded(_apply(imports, content, file)).summary.written == 0
    assert loaded(content_hash) == before
    for name in ("json", "xlsx"):
        shown = loaded(_preview(imports, loaded(_exported(name, history=True)), f"history.{name}"))
        assert shown.clean
        assert shown.changes.empty
        rules = {rule.value for sheet in shown.account.sheets.values() for rule in sheet.by_rule()}
        assert "history" in rules, "the graph's own past came with the file"


def test_what_was_changed_in_an_exported_workbook_comes_in_and_nothing_else(loaded, imports):
    before = loaded(content_hash)
    book = openpyxl.load_workbook(io.BytesIO(loaded(_exported("xlsx"))))
    sheet = book["Unit"]
    titles = {cell.value: cell.column for cell in sheet[2]}
    row = next(r for r in range(3, sheet.max_row + 1) if sheet.cell(r, titles["id"]).value == "unit-a")
    sheet.cell(row, titles["aliases"], "甲院\uff1bA\\;B")
    last = sheet.max_row + 1
    for name, value in (("id", "unit-new"), ("name", "示例新单位"), ("kind", "bank")):
        sheet.cell(last, titles[name], value)
    sheet.cell(last + 1, titles["id"], "unit-bad")
    sheet.cell(last + 1, titles["name"], "缺种类")
    sheet.cell(last + 2, titles["id"], "unit-sum")
    sheet.cell(last + 2, titles["name"], "=1+1")
    out = io.BytesIO()
    book.save(out)
    done = loaded(_apply(imports, out.getvalue(), "改.xlsx"))
    assert done.preview.account.balances
    assert {row.number for row in done.preview.rows} == {last + 1, last + 2}
    assert any("needs kind" in text for text in said(done.preview))
    changed = {item.id: item for item in done.preview.changes.changed}
    assert set(changed) == {"unit-a"}
    assert changed["unit-a"].after["aliases"] == ["甲院", "A;B"]
    assert {i.id for i in done.preview.changes.new if i.kind != "Source"} == {"unit-new"}

    async def grounds(graph):
        text = "MATCH (n:Unit) WHERE n.id IN ['unit-a', 'unit-new'] RETURN n.source STARTS WITH 'src-ledger-', n.source_ref"
        return sorted(map(tuple, await graph.read(text)))

    assert loaded(grounds) == sorted([(True, f"Unit!{row}"), (True, f"Unit!{last}")])
    loaded(lambda graph: undo(graph, done.summary.plan, author="tester", reason="test"))
    assert loaded(content_hash) == before


def test_an_export_moves_a_graph_to_another_engine(loaded, imports):
    content = loaded(_exported("json"))
    loaded(clear)
    loaded(_apply(imports, content, "whole.json"))

    async def held(graph):
        shown = Disclosure(names=True)
        nodes = [shown.node(n) for label in shown.labels() async for page in node_pages(graph, label) for n in page]
        text = "MATCH (:Entity)-[r]->() WHERE type(r) <> 'CHANGES' RETURN collect(r.id)"
        return {n.id: n for n in nodes if not n.id.startswith("src-ledger-")}, set((await graph.read(text))[0][0])

    nodes, edges = loaded(held)
    there = read_json(content)
    assert nodes == {n.id: n for n in there.nodes}
    assert edges == {e.id for e in there.edges}


def test_a_file_of_another_publisher_meets_what_the_graph_holds(loaded, imports):
    organizations = [
        {"id": "x/1", "name": "乙银行", "classification": "party"},
        {"id": "x/2", "name": "甲区人民法院", "classification": "executive"},
        {"id": "x/3", "name": "谁也不认识的团体", "classification": "party"},
    ]
    memberships = [
        {"id": "m1", "person_id": "p/ada", "organization_id": "x/1", "start_date": "2024-01-01"},
        {"id": "m2", "person_id": "p/ada", "organization_id": "x/2"},
    ]
    told = json.loads(_council(organizations=organizations, memberships=memberships))
    ada = told["persons"][0]["id"]
    for membership in told["memberships"]:
        if membership.get("person_id") == "p/ada":
            membership["person_id"] = ada
    content = json.dumps(told, ensure_ascii=False).encode()
    before = loaded(content_hash)
    shown = loaded(_preview(imports, content, "council.json", member_kind="volunteer"))
    assert loaded(content_hash) == before
    assert shown.account.balances
    assert shown.standard == "popolo"
    new = {item.id: item for item in shown.changes.new}
    assert not any(item.after.get("name") == "乙银行" for item in new.values())
    assert any(item.after.get("name") == "谁也不认识的团体" for item in new.values())
    (doubt,) = shown.reviews
    assert [c.entry.id for c in doubt.candidates] == ["unit-a"]
    assert any("is not certain which one '甲区人民法院'" in text for text in said(shown))
    assert any("leads to" in text and "left out" in text for text in said(shown))

    choices = {doubt.key: {"verdict": "join", "target": "unit-a"}}
    done = loaded(_apply(imports, content, "council.json", member_kind="volunteer", choices=choices))
    assert done.preview.reviews == []
    assert not any(item.kind == "Unit" for item in done.preview.changes.changed), "a guess went over what is known"

    async def members(graph):
        text = "MATCH (m:Member)-[:MEMBER_OF]->(u) WHERE u.id IN ['unit-a', 'unit-b'] AND m.kind = 'volunteer' RETURN u.id, count(*) ORDER BY u.id"
        return await graph.read(text)

    both = [tuple(row) for row in loaded(members)]
    assert {row[0] for row in both} >= {"unit-a", "unit-b"}
    again = loaded(_apply(imports, content, "council.json", member_kind="volunteer"))
    assert again.summary.written == 0
    assert again.preview.reviews == [], "the decision was not remembered"
    loaded(lambda graph: undo(graph, done.summary.plan, author="tester", reason="test"))
    assert loaded(content_hash) == before


def test_people_whose_kind_is_not_told_are_held_back(loaded, imports):
    shown = loaded(_preview(imports, _council(), "council.json"))
    assert not any(item.kind == "Member" for item in shown.changes.new)
    assert any("which kind of member" in text for text in said(shown))


def test_a_service_whose_area_is_unknown_is_held_back_in_part(loaded, imports):
    told = json.loads((HERE / "meals.hsds.json").read_bytes())
    known = loaded(_preview(imports, json.dumps(told).encode(), "meals.json"))
    assert "SERVES" in {item.kind for item in known.changes.new}
    told["service_areas"][0]["extent"] = "999999999999"
    draft = imports.drafts.put(json.dumps(told).encode(), "meals.json", "tester")
    shown = loaded(lambda graph: imports.preview(graph, draft, Options()))
    assert shown.account.balances
    assert "SERVES" not in {item.kind for item in shown.changes.new}
    assert any(item.kind == "Resource" for item in shown.changes.new)
    assert any("SERVES leads to 999999999999, which neither" in text for text in said(shown))
    held = openpyxl.load_workbook(io.BytesIO(draft.file("quarantine.xlsx").read_bytes())).worksheets[0]
    rows = {row[0]: row for row in held.iter_rows(values_only=True)}
    assert rows["/service_areas/0"][1] == "999999999999"
    assert "请先导入它" in rows["/service_areas/0"][2]


@pytest.mark.parametrize(
    ("content", "raw", "error", "match"),
    [
        (b'{"@context": {}, "@graph": []}', {}, FileUnreadable, "JSON-LD"),
        (b'{"x": 1}', {}, FileUnreadable, "not HSDS"),
        (b"{", {}, FileUnreadable, "not JSON"),
        (b'{"persons": []}', {"kind": "units"}, BadInput, "options of ledgers"),
        (b'{"persons": []}', {"complete_for": "990101", "as_of": "2026-01-01"}, BadInput, "options of ledgers"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path, content, raw, error, match):
    store = Imports(Settings(home=tmp_path))
    with pytest.raises(error, match=match):
        store.inspect(store.drafts.put(content, "x.json", "tester"), Options.read(raw))


def test_no_such_kind_of_member():
    with pytest.raises(BadInput, match="no kind of member"):
        Options.read({"member_kind": "wizard"})
