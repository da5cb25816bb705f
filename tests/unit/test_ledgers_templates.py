"""Templates, ledgers written from rows, quarantine workbooks: what is written is read back as it was."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import range_boundaries

from govnet_graph.errors import NotFound
from govnet_graph.ledgers.files import read_workbook
from govnet_graph.ledgers.files.findings import Findings
from govnet_graph.ledgers.headers import header_text
from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.mapping import HELP_SHEETS, MappingInvalid, mapping_from, propose, remember
from govnet_graph.ledgers.model import Problem, Range, Sheet, Workbook
from govnet_graph.ledgers.quarantine import quarantine
from govnet_graph.ledgers.rows import read_rows
from govnet_graph.ledgers.templates import template, write_ledger
from govnet_graph.ledgers.terms import Form, LedgerColumn
from govnet_graph.schema import Text, ValueType
from tests.ledger_files import read, reasons, rules, values, xlsx


def example(column: LedgerColumn, n: int = 0) -> Any:
    match column.form:
        case Form.AREA_CODE | Form.PARENT_CODE:
            return "210902003013"
        case Form.CREDIT_CODE:
            return "91110000600037341L"
        case Form.PHONES:
            return ["13800000000", "0418-2800000"]
        case Form.ID_NUMBER:
            return "11010519491231002X"
    match column.type:
        case ValueType.DATE:
            return dt.date(2025 if column.form is Form.UNTIL else 2024, 3, 1 + n)
        case ValueType.INTEGER:
            return 3 + n
        case ValueType.BOOLEAN:
            return n % 2 == 0
        case ValueType.STRINGS:
            return ["助餐", "理发、6/57"]
    return column.values[n % len(column.values)] if column.values else f"=示例 {column.key}{n}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_known_for_what_it_is_and_holds_no_row(kind: str) -> None:
    reading = read(template(kind), "x.xlsx")
    (table,) = reading.tables
    assert table.kind.id == kind
    assert set(table.draft.mapping.columns.values()) == {column.key for column in KINDS[kind].columns}  # type: ignore[union-attr]
    assert list(table.rows) == []
    assert all(set(rules(reading, name)) == {"help-sheet"} for name in reading.account.sheets if name in HELP_SHEETS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_read_back(kind: str) -> None:
    rows = [{column.key: example(column, n) for column in KINDS[kind].columns} for n in range(3)]
    reading = read(write_ledger(kind, rows), "x.xlsx")
    assert reading.tables[0].kind.id == kind
    assert reasons(reading) == {}
    assert values(reading) == rows
    assert all(not row.remarks for _, row in reading.rows())


def test_a_template_has_drop_downs_checks_and_instructions() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("workers")))
    assert book.sheetnames == ["网格员台账", HELP_SHEETS[1], HELP_SHEETS[0]]
    assert book[HELP_SHEETS[1]].sheet_state == "hidden"
    sheet = book["网格员台账"]
    keys = [column.key for column in KINDS["workers"].columns]
    assert [cell.value for cell in sheet[1]] == [header_text(column) for column in KINDS["workers"].columns]
    checks = {next(iter(check.sqref.ranges)).min_col: check for check in sheet.data_validations.dataValidation}
    assert checks[keys.index("profession") + 1].type == "list"
    assert checks[keys.index("party_member") + 1].formula1 == '"是,否"'
    assert checks[keys.index("since") + 1].type == "date"
    choices = [[cell.value for cell in column] for column in book[HELP_SHEETS[1]].columns]
    assert ["职业", "供热", "通信", "民警", "调解员", "法官"] in [[v for v in column if v] for column in choices]
    told = {row[0].value: row for row in book[HELP_SHEETS[0]].iter_rows()}
    assert told["职业\nProfession"][3].value == "Profession"
    assert "敏感" in told["姓名\nName of the person"][2].value
    assert "不存入图谱" in told["身份证号\nIdentity number"][2].value


def test_nothing_written_can_become_a_formula() -> None:
    content = write_ledger("units", [{"name": "=1+1", "note": "+cmd", "aliases": ["@a", "-b"]}])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} == {"s"}
    assert values(read(content)) == [{"name": "=1+1", "note": "+cmd", "aliases": ["@a", "-b"]}]


def test_unknown_kinds_and_keys_are_refused() -> None:
    with pytest.raises(NotFound, match="no kind of ledger"):
        template("weather")
    with pytest.raises(KeyError):
        write_ledger("units", [{"colour": "red"}])


MESSY = [
    ["序号", "结对单位", "社区", "网格", "结对时间", "联系电话", "颜色"],
    [1, "区税务局", "爱民社区", "第一网格", "去年", "13800000000", "红"],
    [2, None, "爱民社区", "第二网格", dt.date(2024, 3, 1), None, "蓝"],
    [3, "同上", "爱民社区", "第三网格", "=TODAY()", None, None],
    [4, "区医院", "爱民社区", "第四网格", dt.date(2024, 3, 1), None, None],
]


def test_quarantined_rows_come_back_with_reasons_and_can_be_corrected() -> None:
    reading = read(xlsx(MESSY, merges=["B2:B3"]))
    assert reasons(reading) == {2: ["date-unreadable"], 4: ["formula-without-value"]}
    content = quarantine(reading)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Sheet"]
    assert [[cell.value for cell in row][:5] for row in sheet.iter_rows(min_row=2)] == [
        [1, "区税务局", "爱民社区", "第一网格", "去年"],
        [3, "区税务局", "爱民社区", "第三网格", None],
    ]
    assert sheet["E2"].comment.text.startswith("“去年”不是日期")
    assert sheet["E2"].fill.fgColor.rgb == "FFFFC7CE" == sheet["E3"].fill.fgColor.rgb
    assert sheet["D2"].comment is None
    assert (sheet["I2"].value, sheet["I3"].value) == ("Sheet!E2", "Sheet!E4")
    again = read(content)
    assert reasons(again) == {2: ["date-unreadable"]}
    assert rules(again)["reason-column"] == 4
    sheet["E2"] = sheet["E3"] = dt.date(2024, 4, 1)
    target = io.BytesIO()
    book.save(target)
    mended = read(target.getvalue())
    assert reasons(mended) == {}
    assert [row["grid"] for row in values(mended)] == ["第一网格", "第三网格"]
    assert rules(mended) == {"header": 9, "serial-number": 2, "not-kept": 1, "unmapped-column": 1, "reason-column": 4}


def test_rows_doubted_later_are_taken_back_and_the_account_still_balances() -> None:
    reading = read(xlsx([["单位名称", "党员人数"], ["甲", 1], ["乙", 2]]))
    _, row = list(reading.rows())[1]
    account = reading.account.sheets["Sheet"]
    problem = Problem("doubtful", Text("不确定", "doubtful"), row.refs["name"])
    account.quarantine(row, problem)
    account.quarantine(row)
    assert reading.account.as_json()["Sheet"] == {"total": 6, "imported": 2, "quarantined": 2, "ignored": 2}
    assert account.fate((3, 1)) is problem and account.fate((2, 1)) is None
    assert account.fate((1, 1)) == "header"
    assert [row["name"] for row in values(reading)] == ["甲"]
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(quarantine(reading)))["Sheet"][2]][:2] == ["乙", 2]


def test_learned_mappings_take_precedence() -> None:
    content = xlsx([["甲列", "乙列", "结对时间"], ["区税务局", "第一网格", dt.date(2024, 3, 1)]])
    book = read_workbook(content, "x.xlsx")
    (draft,) = propose(book, kind="pairings")
    mapping = mapping_from(draft.table, "pairings", {"甲列": "unit", "B": "grid", "结对时间": "since"})
    assert mapping.missing == ()
    signature, taught = remember(draft.table, mapping)
    (again,) = propose(book, {signature: taught})
    assert again.mapping is not None and again.mapping.learned and again.mapping.score == 1.0
    (_, row), *_ = read_rows(book, [again]).rows()
    assert row.values == {"unit": "区税务局", "grid": "第一网格", "since": dt.date(2024, 3, 1)}
    for wrong, said in (
        ({"丁列": "unit"}, "no column"),
        ({"甲列": "colour"}, "no column of"),
        ({"A": "unit", "B": "unit"}, "two"),
    ):
        with pytest.raises(MappingInvalid, match=said):
            mapping_from(draft.table, "pairings", wrong)


def test_titles_that_are_only_alike_are_proposed_with_a_lower_score() -> None:
    (draft,) = propose(
        read_workbook(xlsx([["结对共建单位名称", "所属网格名称", "结对共建时间"], ["甲", "一", "2024.3.1"]]), "x")
    )
    assert draft.mapping is not None and draft.mapping.kind == "pairings"
    assert dict(draft.mapping.columns) == {1: "unit", 2: "grid", 3: "since"}
    assert {guess.how for guess in draft.mapping.guesses.values()} == {"alike"}
    assert draft.mapping.score < 0.9


CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["同上", "合计", "注:无", "约5", "/", "至今", "结对单位", "网格", "=1+1", "2024.3", "序号", "爱民社区", "'=a"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6),
    st.integers(-9, 60_000),
    st.booleans(),
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
)
GRIDS = st.lists(st.lists(CELL, max_size=6), max_size=9)
MERGES = st.lists(
    st.sampled_from(["A1:C1", "A2:A4", "B3:C5", "A1:A2", "D2:D3", "A6:E6", "C2:D2"]), max_size=3, unique=True
)


@settings(max_examples=40, deadline=None)
@given(GRIDS, MERGES, st.booleans())
def test_the_account_balances_whatever_a_sheet_holds(grid: list[list[Any]], merges: list[str], headed: bool) -> None:
    head = [["序号", "结对单位", "社区", "网格", "结对时间", "备注"]] if headed else []
    content = xlsx(head + grid, merges=_apart(merges))
    reading = read(content)
    quarantined = {place for sheet in reading.account.sheets.values() for place in sheet.quarantined}
    assert quarantined == {place for _, row in reading.rows(good=False) for place in row.cells}
    read(quarantine(reading))


def _apart(merges: list[str]) -> list[str]:
    """Those that do not overlap: openpyxl writes no others."""
    kept: list[str] = []
    for merge in merges:
        left, top, right, bottom = range_boundaries(merge)
        boxes = [range_boundaries(other) for other in kept]
        if all(left > r or right < a or top > b or bottom < t for a, t, r, b in boxes):
            kept.append(merge)
    return kept


FAULTS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 8)), max_size=4)
HEAD = ["序号", "结对单位", "社区", "网格", "结对时间", "备注"]
OTHER_HEAD = ["资源名称", "资源类型", "容量"]


@settings(max_examples=300, deadline=None)
@given(GRIDS, MERGES, FAULTS, st.sampled_from([[], [HEAD], [HEAD, HEAD], [HEAD, OTHER_HEAD]]))
def test_the_account_balances_with_faults_merges_and_several_headers(
    grid: list[list[Any]], merges: list[str], faults: list[tuple[int, int]], heads: list[list[str]]
) -> None:
    rows = [row for head in heads for row in [head, *grid]] or grid
    found = Findings()
    sheet = Sheet("S", [[None if value == "" else value for value in row] for row in rows])
    sheet.merged = tuple(
        Range(top, left, bottom, right) for left, top, right, bottom in map(range_boundaries, _apart(merges))
    )
    for place in faults:
        if sheet.value(place) is None:
            found.uncalculated(place)
    sheet.faults = found.faults
    book = Workbook("x", "csv", "", 1, [sheet])
    reading = read_rows(book, propose(book))
    assert reading.account.balances, reading.account.as_json()
    assert reading.account.sheets["S"].total == len(list(sheet.places()))
