"""Ledgers from file to graph: previewed, applied, repeated, corrected, killed, undone; on every engine."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
import itertools
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govnet_graph.changes import Cancelled, OpenPlan, TooManyEnded, open_plan, plans, undo
from govnet_graph.changes.apply import FROM_LEDGERS
from govnet_graph.changes.drafts import NoDraft
from govnet_graph.changes.imports import Imports, NothingToImport
from govnet_graph.changes.options import Options
from govnet_graph.errors import BadInput, GovnetError
from govnet_graph.questions import question
from govnet_graph.settings import Settings
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import native
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear, read_state
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW
from tests.integration.conftest import EXCEPT_LONG_TERM
from tests.messy import PAIRING_ROWS, PAIRINGS, UNIT_ROWS, WORKERS, street_workbook, workbook

PROVINCE = Path(__file__).parents[2] / "seeds" / "areas" / "liaoning.csv"
HEAD = ("结对单位", "社区", "网格", "结对日期", "终止日期")
FULL = [
    HEAD,
    ("甲区法院", "松社区", "松一网格", "2026-01-01", ""),
    ("甲区法院", "松社区", "", "2026-02-01", ""),
    ("乙银行", "松社区", "松二网格", "2026-01-01", ""),
]


@pytest.fixture
def loaded(on_graph, district):
    """A graph that holds the invented district and nothing else."""

    async def fill(graph):
        await clear(graph)
        await load(graph, district, author="test", reason="test", now=NOW)

    on_graph(fill)
    yield on_graph
    on_graph(clear)


@pytest.fixture
def imports(settings, tmp_path):
    """Imports with a data directory of the test's own."""
    return Imports(settings.model_copy(update={"home": tmp_path}))


def _put(imports: Imports, content: bytes, name: str = "东街道.xlsx"):
    return imports.drafts.put(content, name, "tester")


def _options(**raw: object) -> Options:
    return Options.read(raw)


def _preview(imports, draft, **raw):
    return lambda graph: imports.preview(graph, draft, _options(**raw))


def _apply(imports, draft, cancelled=None, **raw):
    return lambda graph: imports.apply(graph, draft, _options(**raw), author="tester", cancelled=cancelled)


def _by_cell(shown) -> dict[str, set[str]]:
    return {f"{row.sheet}!{row.number}": {problem.code for problem in row.problems} for row in shown.rows}


def test_a_messy_workbook_of_a_street_end_to_end(loaded, imports):
    before = loaded(content_hash)
    draft = _put(imports, street_workbook())
    shown = loaded(_preview(imports, draft))
    assert shown.account.balances
    assert [(t.sheet, t.kind, t.rows) for t in shown.tables] == [
        ("驻区单位", "units", 3),
        (PAIRINGS, "pairings", 6),
        (WORKERS, "workers", 3),
    ]
    assert _by_cell(shown) == {
        "驻区单位!3": {"doubtful"},
        f"{PAIRINGS}!7": {"doubtful"},
        f"{PAIRINGS}!8": {"not-in-graph"},
        f"{PAIRINGS}!9": {"date-impossible"},
    }
    assert {r.said["name"]: [c.entry.id for c in r.candidates] for r in shown.reviews} == {
        "甲区人民法院": ["unit-a"],
        "丁派出锁": ["unit-d"],
    }
    assert loaded(content_hash) == before, "a preview changed the graph"

    choices = {review.key: {"verdict": "join", "target": review.candidates[0].entry.id} for review in shown.reviews}
    done = loaded(_apply(imports, draft, choices=choices))
    assert set(_by_cell(done.preview)) == {f"{PAIRINGS}!8", f"{PAIRINGS}!9"}

    async def pairings(graph):
        text = "MATCH (u:Unit)-[r:PAIRED_WITH {source: $s}]->(a) RETURN u.name, a.id, r.since, r.source_ref, r.services ORDER BY u.name"
        return native(await graph.read(text, {"s": f"src-ledger-{draft.sha256[:16]}"}))

    assert loaded(pairings) == [
        ["丁派出所", "990101001002002", dt.date(2026, 2, 1), f"{PAIRINGS}!7", None],
        ["乙银行", "990101001002001", dt.date(2024, 3, 1), f"{PAIRINGS}!6", None],
        ["示例新银行", "990101001001002", dt.date(2026, 3, 1), f"{PAIRINGS}!5", ["haircut"]],
    ]

    async def people(graph):
        return await graph.read(
            "MATCH (m:Member {name: '张示例'})-[r:ASSIGNED_TO]->(g) RETURN m.id, g.id ORDER BY g.id"
        )

    two = loaded(people)
    assert len({row[0] for row in two}) == 2
    assert all("张" not in row[0] and "zhang" not in row[0] for row in two)

    book = openpyxl.load_workbook(io.BytesIO(draft.file("quarantine.xlsx").read_bytes()))
    values = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert "从未听说的单位" in values
    assert "示例新银行" not in values
    again = loaded(_apply(imports, draft, choices=choices))
    assert again.summary.written == 0

    plan = done.summary.plan
    loaded(lambda graph: undo(graph, plan, author="tester", reason="test"))
    assert loaded(content_hash) == before, "the undo did not bring the graph back"


def test_a_corrected_quarantine_comes_in_and_a_decision_is_used_again(loaded, imports):
    draft = _put(imports, street_workbook())
    shown = loaded(_preview(imports, draft))
    choices = {r.key: {"verdict": "join", "target": r.candidates[0].entry.id} for r in shown.reviews}
    loaded(_apply(imports, draft, choices=choices))
    book = openpyxl.load_workbook(io.BytesIO(draft.file("quarantine.xlsx").read_bytes()))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "从未听说的单位":
                cell.value = "丁派出锁"
            elif cell.value == "百社区":
                cell.value = "柏社区"
            elif cell.value == "2026-02-30":
                cell.value = "2026-02-28"
    out = io.BytesIO()
    book.save(out)
    corrected = loaded(_apply(imports, _put(imports, out.getvalue(), "改正.xlsx")))
    assert corrected.preview.clean
    assert corrected.summary.created > 0
    assert imports.decisions.forget() == len(choices)
    assert len(loaded(_preview(imports, draft)).reviews) == len(choices)


def test_the_same_file_again_does_nothing_and_another_order_is_the_same(loaded, imports):
    loaded(_apply(imports, _put(imports, street_workbook())))
    held = loaded(content_hash)
    version = loaded(read_state).data_version
    again = loaded(_apply(imports, _put(imports, street_workbook())))
    assert (again.summary.written, again.summary.data_version) == (0, version)
    turned = street_workbook(units=[*UNIT_ROWS[2::-1], UNIT_ROWS[3]], pairings=PAIRING_ROWS[::-1])
    shown = loaded(_preview(imports, _put(imports, turned)))
    assert shown.changes.empty
    assert loaded(content_hash) == held


def test_a_complete_newer_ledger_ends_what_it_no_longer_lists_with_a_guard(loaded, imports):
    options = {"complete_for": "990101001001", "as_of": "2026-09-01"}
    whole = loaded(_preview(imports, _put(imports, workbook({"结对": FULL})), **options))
    assert whole.changes.ended == ()
    draft = _put(imports, workbook({"结对": FULL[:2]}), "少.xlsx")
    before = loaded(lambda graph: plans(graph))
    shown = loaded(_preview(imports, draft, **options))
    gone = {item.id for item in shown.changes.ended}
    assert gone == {"PAIRED_WITH:unit-a>990101001001", "PAIRED_WITH:unit-b>990101001001002"}
    assert shown.changes.share == pytest.approx(2 / 3)
    with pytest.raises(TooManyEnded):
        loaded(_apply(imports, draft, **options))
    assert loaded(lambda graph: plans(graph)) == before
    loaded(_apply(imports, draft, **options, allow_ending=0.7))

    async def until(graph):
        text = "MATCH (u:Unit)-[r:PAIRED_WITH]->(a) WHERE r.id IN $ids RETURN r.until"
        return native(await graph.read(text, {"ids": sorted(gone)}))

    assert loaded(until) == [[dt.date(2026, 9, 1)]] * 2


def test_a_ledger_with_rows_held_back_does_not_count_as_complete(loaded, imports):
    rows = [*FULL[:2], ("从未听说的单位", "松社区", "", "", "")]
    draft = _put(imports, workbook({"结对": rows}))
    shown = loaded(_preview(imports, draft, complete_for="990101001001", as_of="2026-09-01"))
    assert shown.withheld is not None
    assert shown.changes.ended == ()
    assert not any(item.kind in ("Ledger", "COMPLETE_FOR") for item in shown.changes.new)


def test_declaring_a_ledger_complete_is_kept(loaded, imports):
    rows = [("姓名", "社区", "网格", "网格员类型"), ("李示例", "梅社区", "梅一网格", "专职")]
    draft = _put(imports, workbook({"网格员": rows}))
    options = {"complete_for": "990101002001", "as_of": "2026-09-01", "kind": "workers", "allow_ending": 1}
    loaded(_apply(imports, draft, **options))

    async def declared(graph):
        text = "MATCH (l:Ledger {kind: 'workers'})-[r:COMPLETE_FOR]->(a {id: '990101002001'}) RETURN r.since"
        return native(await graph.read(text))

    assert loaded(declared) == [[dt.date(2026, 9, 1)]]
    assert loaded(_preview(imports, draft, **options)).changes.new == ()


def test_an_import_that_was_stopped_is_resumed_or_leaves_no_trace(loaded, settings, tmp_path):
    small = Imports(settings.model_copy(update={"home": tmp_path, "batch_size": 3}))
    before = loaded(content_hash)
    draft = _put(small, street_workbook())
    calls = itertools.count()
    with pytest.raises(Cancelled) as stopped:
        loaded(_apply(small, draft, cancelled=lambda: next(calls) >= 2))
    other = _put(small, workbook({"结对": FULL[:2]}), "别的.xlsx")
    with pytest.raises(OpenPlan):
        loaded(_apply(small, other))
    resumed = loaded(_apply(small, draft))
    assert resumed.summary.resumed
    assert resumed.summary.plan == stopped.value.plan
    assert loaded(open_plan) is None
    loaded(lambda graph: undo(graph, stopped.value.plan, author="tester", reason="test"))
    assert loaded(content_hash) == before

    calls = itertools.count()
    with pytest.raises(Cancelled) as stopped:
        loaded(_apply(small, draft, cancelled=lambda: next(calls) >= 2))
    loaded(lambda graph: undo(graph, stopped.value.plan, author="tester", reason="test"))
    assert loaded(content_hash) == before
    assert loaded(_apply(small, draft)).summary.created > 0


def test_a_moved_unit_leaves_its_former_place(loaded, imports):
    rows = [("单位名称", "街道", "社区"), ("乙银行", "东街道", "柏社区")]
    draft = _put(imports, workbook({"单位": rows}))
    shown = loaded(_preview(imports, draft, kind="units", as_of="2026-09-01"))
    assert {item.id for item in shown.changes.ended} == {"LOCATED_IN:unit-b>990101001001"}
    assert {item.id for item in shown.changes.new} >= {"LOCATED_IN:unit-b>990101001002"}


def test_nothing_becomes_part_of_itself(loaded, imports):
    """Alone it is the fault of a row; round several organizations that of the ledger, which is refused whole."""
    head = ("组织编号", "组织名称", "上级组织编号")
    alone = _put(imports, workbook({"组织链": [head, ("org-community-1", "松社区党委", "org-community-1")]}))
    shown = loaded(_preview(imports, alone))
    assert {code for codes in _by_cell(shown).values() for code in codes} == {"part-of-itself"}
    assert shown.account.balances
    version = loaded(read_state).data_version
    ring = _put(imports, workbook({"组织链": [head, ("org-street-1", "东街道党工委", "org-branch-1")]}))
    with pytest.raises(GovnetError, match="would be part of") as refused:
        loaded(_apply(imports, ring))
    assert all(name in str(refused.value) for name in ("org-street-1", "org-community-1", "org-branch-1"))
    assert loaded(read_state).data_version == version
    # To be turned round is no ring: what leads the other way ends.
    turned = [
        head,
        ("org-community-1", "松社区党委", "org-district"),
        ("org-street-1", "东街道党工委", "org-community-1"),
    ]
    loaded(_apply(imports, _put(imports, workbook({"组织链": turned}))))
    assert loaded(read_state).data_version > version


def test_rows_that_contradict_each_other_are_all_held_back(loaded, imports):
    rows = [
        ("单位名称", "单位性质", "党员人数"),
        ("示例甲公司", "企业", "3"),
        ("示例甲公司", "银行", "3"),
        ("示例乙公司", "企业", "4"),
    ]
    shown = loaded(_preview(imports, _put(imports, workbook({"单位": rows})), kind="units"))
    assert _by_cell(shown) == {"单位!2": {"rows-contradict"}, "单位!3": {"rows-contradict"}}
    assert [i.after["name"] for i in shown.changes.new if i.kind == "Unit"] == ["示例乙公司"]


@EXCEPT_LONG_TERM
@pytest.mark.slow
def test_the_real_area_list_of_a_province_comes_in_and_changes_nothing_again(on_graph, imports):
    on_graph(clear)
    draft = _put(imports, PROVINCE.read_bytes(), "liaoning.csv")
    listed = list(csv.DictReader(PROVINCE.read_text(encoding="utf-8").splitlines()))
    done = on_graph(_apply(imports, draft, kind="areas", as_of="2026-01-01"))
    assert done.preview.clean
    areas = {item.id for item in done.preview.changes.new if item.kind in ("District", "Street", "Community")}
    assert areas == {row["code"] for row in listed}
    held = on_graph(content_hash)
    again = on_graph(_apply(imports, draft, kind="areas", as_of="2026-01-01"))
    assert again.summary.written == 0
    renamed = _put(imports, PROVINCE.read_bytes() + b"\n", "liaoning-again.csv")
    second = on_graph(_preview(imports, renamed, kind="areas", as_of="2026-01-01"))
    assert second.changes.empty
    assert on_graph(content_hash) == held
    on_graph(clear)


def test_a_graph_filled_from_ledgers_alone_answers_and_knows_its_district(on_graph, imports):
    on_graph(clear)
    lines = PROVINCE.read_text(encoding="utf-8").splitlines()
    rows = [lines[0], *(line for line in lines[1:] if line.startswith("210902"))]
    on_graph(_apply(imports, _put(imports, "\n".join(rows).encode(), "areas.csv"), kind="areas", as_of="2026-01-01"))
    state = on_graph(read_state)
    assert (state.dataset, state.home) == (FROM_LEDGERS, "210902")
    answer = on_graph(lambda graph: ask(graph, question("areas"), {"level": "Street"}))
    assert answer.rows
    on_graph(clear)


CELL = st.one_of(
    st.sampled_from(
        ["松社区", "松一网格", "东街道", "甲区法院", "同上", "合计", "2024.3.1", "45352", "=1+1", "/", "990101001001"]
    ),
    st.text(max_size=12),
    st.integers(-5, 10**15),
    st.just(""),
)
TITLE = st.sampled_from(
    [
        "单位",
        "结对单位",
        "社区",
        "网格",
        "街道",
        "姓名",
        "结对日期",
        "区划代码",
        "名称",
        "层级",
        "服务内容",
        "电话",
        "序号",
        "x",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(TITLE, min_size=1, max_size=6),
    rows=st.lists(st.lists(CELL, max_size=7), max_size=8),
    kind=st.sampled_from(["", "pairings", "units", "areas", "workers", "resources", "needs", "cases", "members"]),
    complete=st.sampled_from(["", "990101001", "nowhere"]),
)
def test_no_table_breaks_an_import_or_changes_the_graph_in_preview(loaded, imports, titles, rows, kind, complete):
    content = workbook({"表": [tuple(titles), *map(tuple, rows)]})
    version = loaded(read_state).data_version
    raw = {"kind": kind, "complete_for": complete, "as_of": "2026-09-01"}
    try:
        shown = loaded(_preview(imports, _put(imports, content), **raw))
    except GovnetError:
        pass
    else:
        assert shown.account.balances
        shown.as_json()
    assert loaded(read_state).data_version == version


def test_what_cannot_be_imported_is_said(loaded, imports):
    with pytest.raises(NothingToImport):
        loaded(_apply(imports, _put(imports, workbook({"表": [("甲", "乙"), (1, 2)]}))))
    with pytest.raises(BadInput, match="no table"):
        loaded(_preview(imports, _put(imports, street_workbook()), tables={"没有": {"kind": "units"}}))
    with pytest.raises(NoDraft):
        imports.drafts.get("0" * 24)
    for wrong in ({"complete_for": "990101"}, {"allow_ending": 2}, {"kind": "x"}, {"conflicts": "me"}, {"x": 1}):
        with pytest.raises(BadInput):
            Options.read(wrong)


def test_a_mapping_that_was_accepted_is_learned(loaded, imports):
    rows = [("对象", "地点"), ("甲区法院", "柏社区")]
    tables = {"表": {"kind": "pairings", "columns": {"A": "unit", "地点": "community"}}}
    loaded(_apply(imports, _put(imports, workbook({"表": rows})), tables=tables))
    other = _put(imports, workbook({"另": [*rows, ("乙银行", "梅社区")]}))
    shown = loaded(_preview(imports, other))
    assert (shown.tables[0].kind, shown.tables[0].learned) == ("pairings", True)
    assert shown.clean


def test_drafts_are_forgotten_after_their_time(tmp_path):
    store = Imports(Settings(home=tmp_path, draft_hours=0.0000001))
    draft = store.drafts.put(b"a,b\n", "../../x.csv", "tester")
    assert draft.name == "x.csv"
    asyncio.run(asyncio.sleep(0.01))
    assert store.drafts.sweep() == 1
    with pytest.raises(NoDraft):
        store.drafts.get(draft.id)
