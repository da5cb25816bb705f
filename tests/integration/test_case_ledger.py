"""Old ledgers of cases in, and cases out as a ledger: states, dates, channels and all who answered; there and back unchanged."""

from __future__ import annotations

import datetime as dt

import pytest

from govnet_graph.cases import NewCase, StepRequest, raise_case, take
from govnet_graph.cases.ledger import case_ledger, case_rows
from govnet_graph.changes.imports import Imports
from govnet_graph.changes.options import Options
from govnet_graph.store.driver import native
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW
from tests.ledger_files import xlsx

GRID = "990101001001001"
HEAD = (
    "工单编号",
    "诉求内容",
    "问题类别",
    "办理情况",
    "渠道",
    "登记日期",
    "办结时限",
    "办结时间",
    "回访日期",
    "网格编码",
    "责任单位",
)
HEAD += ("承办人编号", "交办日期", "接单时间", "处理结果", "退单原因", "具体情况", "居民姓名", "联系电话")
LEAK = ("GD2025-002", "楼上漏水", "邻里纠纷", "处理中", "议事会", "2025-04-01", "", "", "", GRID)
OLD = [
    HEAD,
    ("GD2025-001", "路灯不亮", "道路破损", "已办结", "热线", "2025-03-01", "2025-03-15", "2025-03-10", "2025-03-12", GRID, "甲区法院",
     "", "2025-03-02", "2025-03-03", "已解决", "", "王某反映路灯不亮", "王某", "13800000000"),
    (*LEAK, "乙银行", "", "2025-04-02", "", "拒绝", "不属本单位职责"),
    (*LEAK, "", "member-05", "2025-04-05", "2025-04-06", "办理中"),
    ("GD2025-003", "墙皮脱落", "墙体破损", "待派单", "志愿服务队", "2025-05-01", "", "", "", "990101001002"),
    ("GD2025-004", "井盖丢失", "道路破损", "飞走了", "热线", "2025-05-02", "", "", "", GRID),
]  # fmt: skip


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


async def cases_of(graph, prefix: str = "") -> list[list]:
    """All cases with where they were raised and to whom they went: what a ledger says of them, nothing that the store notes."""
    text = """MATCH (c:Case)-[:RAISED_IN]->(a) WHERE c.id STARTS WITH $prefix
    RETURN c.id, c.name, c.kind, c.state, c.channel, c.raised_on, c.due_on, c.closed_on, c.agreed_on, c.description, a.id,
      COLLECT { MATCH (c)-[d:DISPATCHED_TO]->(to) RETURN [to.id, d.dispatched_on, d.accepted_on, d.closed_on, d.outcome, d.refusal] ORDER BY to.id, d.id }
    ORDER BY c.id"""
    return [native(row) for row in await graph.read(text, {"prefix": prefix})]


def test_an_old_ledger_is_read_with_all_who_answered(loaded, imports):
    draft = imports.drafts.put(xlsx(OLD), "老工单.xlsx", "tester")
    done = loaded(lambda graph: imports.apply(graph, draft, Options.read({"kind": "cases"}), author="tester"))
    assert done.preview.account.balances
    assert {f"{row.number}": [p.code for p in row.problems] for row in done.preview.rows} == {
        "6": ["value-not-allowed"]
    }
    found = loaded(lambda graph: cases_of(graph, "GD2025"))
    assert [case[:5] for case in found] == [
        ["GD2025-001", "路灯不亮", "road", "closed", "resident"],
        ["GD2025-002", "楼上漏水", "neighbour-dispute", "accepted", "forum"],
        ["GD2025-003", "墙皮脱落", "wall", "raised", "volunteer-team"],
    ]
    day = dt.date
    assert found[0][5:11] == [
        day(2025, 3, 1),
        day(2025, 3, 15),
        day(2025, 3, 10),
        day(2025, 3, 12),
        "王某反映路灯不亮",
        GRID,
    ]
    assert found[0][11] == [["unit-a", day(2025, 3, 2), day(2025, 3, 3), None, "solved", None]]
    assert found[1][11] == [
        ["member-05", day(2025, 4, 5), day(2025, 4, 6), None, "open", None],
        ["unit-b", day(2025, 4, 2), None, None, "refused", "不属本单位职责"],
    ]

    async def who_raised(graph):
        rows = await graph.read("MATCH (n) RETURN collect(properties(n))")
        return str(rows)

    # Who raised it is read, to be told of in the account, and never kept.
    assert "13800000000" not in loaded(who_raised)


def test_what_is_written_as_a_ledger_is_read_back_unchanged(loaded, imports):
    async def out(graph):
        await raise_case(
            graph, NewCase(name="噪声", area=GRID, kind="neighbour-dispute", description="王某家噪声", author="t")
        )
        return await case_ledger(graph, personal=True), await case_ledger(graph), await cases_of(graph)

    content, public, before = loaded(out)
    assert len(before) == 6
    draft = imports.drafts.put(content, "问题.xlsx", "tester")
    shown = loaded(lambda graph: imports.preview(graph, draft, Options()))
    assert [row.problems for row in shown.rows] == []
    changes = shown.changes
    assert [item.kind for item in changes.new] == ["Source"]  # that there is such a file
    assert (list(changes.changed), list(changes.ended)) == ([], [])

    # And into a district that has none of them it brings them all.
    async def anew(graph):
        await graph.write(lambda t: t.run("MATCH (c:Case) DETACH DELETE c"))
        assert await cases_of(graph) == []

    loaded(anew)
    again = imports.drafts.put(content, "问题.xlsx", "tester")
    loaded(lambda graph: imports.apply(graph, again, Options(), author="tester"))
    assert loaded(cases_of) == before
    hidden = imports.drafts.put(public, "公开.xlsx", "tester")
    assert "王某家噪声".encode() not in b"".join([public]) and hidden.id != again.id


def test_rows_are_by_dispatch_and_by_area_and_day(loaded):
    async def rows(graph):
        case = await raise_case(graph, NewCase(name="漏水", area=GRID, kind="road", author="t"))
        for step, more in (
            ("dispatch", {"target": "unit-a"}),
            ("refuse", {"reason": "不归我管"}),
            ("dispatch", {"target": "member-05"}),
        ):
            await take(graph, StepRequest(case=case.case, step=step, author="t", **more))
        everything = await case_rows(graph)
        inside = await case_rows(graph, area="990101002")
        old = await case_rows(graph, until=dt.date(2026, 3, 1))
        return [row for row in everything if row["id"] == case.case], inside, old

    mine, inside, old = loaded(rows)
    assert {(row.get("unit"), row.get("member"), row["outcome"]) for row in mine} == {
        ("甲区法院", None, "refused"),
        (None, "member-05", "open"),
    }
    assert {row["area_code"][:9] for row in inside} == {"990101002"} and [row["id"] for row in old] == ["case-5"]
    assert all("description" not in row for row in mine)
