"""Ledgers as districts keep them: each kind of mess as a real file, with exactly what must come of it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from tests.ledger_files import read, reasons, rules, saved, values, xlsx

HEAD = ["序号", "结对单位", "所属社区", "网格名称", "结对时间"]
DAY = dt.date(2024, 3, 1)


def pairing(unit: str, community: str, grid: str, since: dt.date = DAY) -> dict[str, object]:
    return {"unit": unit, "community": community, "grid": grid, "since": since}


def test_title_above_serial_numbers_totals_and_notes() -> None:
    reading = read(
        xlsx(
            [
                ["2024年结对共建台账"],
                [None, None, None, None, "单位:个"],
                HEAD,
                [1, "区税务局", "爱民社区", "第一网格", DAY],
                [2, "区财政局", "爱民社区", "第二网格", DAY],
                ["小计", 2],
                [3, "区医院", "北山社区", "第一网格", DAY],
                ["合 计", 3],
                [],
                ["注:本表由街道填报"],
                ["填表人:示例", None, "审核人:示例"],
            ],
            merges=["A1:E1"],
        )
    )
    assert values(reading) == [
        pairing("区税务局", "爱民社区", "第一网格"),
        pairing("区财政局", "爱民社区", "第二网格"),
        pairing("区医院", "北山社区", "第一网格"),
    ]
    assert rules(reading) == {"title": 2, "header": 5, "serial-number": 3, "total": 4, "note": 3}
    assert reading.account.as_json() == {"Sheet": {"total": 29, "imported": 12, "quarantined": 0, "ignored": 17}}


def test_header_of_two_merged_rows() -> None:
    reading = read(
        xlsx(
            [
                ["序号", "所属网格", None, "结对单位", None, "结对时间"],
                [None, "社区", "网格", "名称", "联系人", None],
                [1, "爱民社区", "第一网格", "区税务局", "示例", DAY],
            ],
            merges=["A1:A2", "B1:C1", "D1:E1", "F1:F2"],
        ),
        kind="pairings",
    )
    (table,) = reading.tables
    assert table.draft.table.header == (1, 2)
    assert table.draft.table.signature == "序号|所属网格/社区|所属网格/网格|结对单位/名称|结对单位/联系人|结对时间"
    assert values(reading) == [{**pairing("区税务局", "爱民社区", "第一网格"), "contact": "示例"}]
    assert rules(reading) == {"header": 8, "serial-number": 1, "not-kept": 1}


def test_vertical_merges_apply_to_their_rows_and_empty_cells_do_not() -> None:
    reading = read(
        xlsx(
            [
                ["结对单位", "社区", "网格", "结对时间"],
                ["区税务局", "爱民社区", "第一网格", DAY],
                [None, None, "第二网格", DAY],
                [None, "北山社区", "第一网格", DAY],
            ],
            merges=["A2:A3", "B2:B3"],
        )
    )
    assert values(reading) == [
        pairing("区税务局", "爱民社区", "第一网格"),
        pairing("区税务局", "爱民社区", "第二网格"),
    ]
    assert reasons(reading) == {4: ["required-missing"]}
    _, second = list(reading.rows())[1]
    assert second.source_ref("unit") == "Sheet!A2"
    assert second.source_ref("grid") == "Sheet!C3"
    assert reading.account.as_json()["Sheet"] == {"total": 13, "imported": 6, "quarantined": 3, "ignored": 4}


def test_same_as_above() -> None:
    reading = read(
        xlsx(
            [
                ["结对单位", "社区", "网格", "结对时间"],
                ["同上", "爱民社区", "第一网格", DAY],
                ["区税务局", "爱民社区", "第一网格", DAY],
                ["同上", "〃", "第二网格", "同上"],
                ["同上", "〃", "第三网格", DAY],
            ]
        )
    )
    assert values(reading) == [pairing("区税务局", "爱民社区", f"第{n}网格") for n in "一二三"]
    assert reasons(reading) == {2: ["nothing-above"]}
    _, last = list(reading.rows())[2]
    assert last.source_ref("unit") == "Sheet!A5"
    assert reading.account.sheets["Sheet"].imported == 12


def test_repeated_header_and_heading_of_a_group() -> None:
    reading = read(
        xlsx(
            [
                HEAD[1:],
                ["一、和平街道"],
                ["区税务局", "爱民社区", "第一网格", DAY],
                HEAD[1:],
                ["区财政局", "爱民社区", "第二网格", DAY],
            ],
            merges=["A2:D2"],
        )
    )
    assert [row["unit"] for row in values(reading)] == ["区税务局", "区财政局"]
    assert rules(reading) == {"header": 4, "section-heading": 1, "repeated-header": 4}


def test_two_tables_on_one_sheet() -> None:
    reading = read(
        xlsx(
            [
                ["一、结对共建台账"],
                ["结对单位", "社区", "网格", "结对时间"],
                ["区税务局", "爱民社区", "第一网格", DAY],
                [],
                ["二、资源清单"],
                ["资源名称", "资源类型", "提供单位", "容量", "开放时间", "社区"],
                ["爱民食堂", "社区食堂", "区医院", "50人以上", "11:00-13:00", "爱民社区"],
            ]
        )
    )
    assert [table.kind.id for table in reading.tables] == ["pairings", "resources"]
    assert values(reading)[1] == {
        "name": "爱民食堂",
        "kind": "canteen",
        "unit": "区医院",
        "capacity": 50,
        "capacity_bound": "lower",
        "schedule": "11:00-13:00",
        "community": "爱民社区",
    }
    assert rules(reading) == {"title": 2, "header": 10}


def test_blank_rows_and_columns_around_and_within() -> None:
    reading = read(
        xlsx(
            [
                [],
                [None, None, "单位名称", None, "单位性质", "党员人数"],
                [],
                [None, None, "区税务局", None, "机关", "１２人"],
                [],
                [],
                [None, None, "示例银行", None, "银行", "1,234"],
            ]
        )
    )
    assert values(reading) == [
        {"name": "区税务局", "kind": "agency", "party_members": 12},
        {"name": "示例银行", "kind": "bank", "party_members": 1234},
    ]
    (_, first), _ = reading.rows()
    assert [remark.text.zh for remark in first.remarks] == ["去掉了单位或千分位"]
    assert rules(reading) == {"header": 3}


def test_written_days_serials_and_open_ends() -> None:
    written = [
        "2024.3.1",
        "2024年3月",
        45352,
        "2024年3月1日",
        "二〇二四年三月",
        "２０２４／３／１",
        "20240301",
        "2024-03-01 08:30",
    ]
    reading = read(
        xlsx(
            [
                ["结对单位", "网格", "结对时间", "有效期至"],
                *[[f"单位{n}", "一", day, "至今"] for n, day in enumerate(written)],
            ]
        )
    )
    assert [row["since"] for row in values(reading)] == [DAY] * len(written)
    assert all("until" not in row for row in values(reading))
    assert reading.account.sheets["Sheet"].imported == 4 * len(written)
    thumb = [n for n, (_, row) in enumerate(reading.rows()) if row.remarks]
    assert thumb == [1, 2, 4]


def test_days_that_cannot_be_told_are_quarantined() -> None:
    written = ["2024", "3月1日", "2024-02-30", 2024.1, "去年", "2024.3.1-2025.3.1", "长期"]
    reading = read(
        xlsx([["结对单位", "网格", "结对时间"], *[[f"单位{n}", "一", day] for n, day in enumerate(written)]])
    )
    assert [codes[0] for codes in reasons(reading).values()] == [
        "date-too-coarse",
        "date-unreadable",
        "date-impossible",
        "date-ambiguous",
        "date-unreadable",
        "date-unreadable",
        "date-open",
    ]
    assert reading.account.as_json()["Sheet"] == {"total": 24, "imported": 0, "quarantined": 21, "ignored": 3}


def test_several_telephone_numbers_and_lists_in_one_cell() -> None:
    reading = read(
        xlsx(
            [
                ["姓名", "网格员类别", "职业", "所属社区", "联系电话", "特长", "政治面貌"],
                [
                    "张　三",
                    "专业网格员",
                    "社区民警",
                    "爱民社区",
                    "13800000000、0418-2800000/139 0000 0000",
                    "调解;理发\n维修",
                    "中共党员",
                ],
                ["李四", "专职网格员", "/", "爱民社区", "电话待补", "", "群众"],
            ]
        ),
        kind="workers",
    )
    assert values(reading) == [
        {
            "name": "张三",
            "kind": "professional-grid-worker",
            "profession": "police",
            "community": "爱民社区",
            "phones": ["13800000000", "0418-2800000", "13900000000"],
            "skills": ["调解", "理发", "维修"],
            "party_member": True,
        },
        {"name": "李四", "kind": "full-time-grid-worker", "community": "爱民社区", "party_member": False},
    ]
    assert rules(reading) == {"header": 7, "not-kept": 2, "placeholder": 1}
    (_, _), (_, second) = reading.rows()
    assert [remark.code for remark in second.remarks] == ["phone-unreadable"]


def test_numbers_that_are_not_known_are_not_taken_for_known() -> None:
    reading = read(
        xlsx(
            [
                ["网格名称", "网格编码", "户数", "居民人数"],
                ["第一网格", "210902003013001", "约300", 800],
                ["第二网格", "210902003013002", "300余", 800],
                ["第三网格", 210902003013003, "三百户", "1.2千"],
                ["第四网格", "2.10902E+14", 300, -1],
                ["第五网格", "210902003013005", "三百零五户", "０.１万"],
            ]
        )
    )
    assert reasons(reading) == {
        2: ["number-approximate"],
        3: ["number-lower-bound"],
        4: ["number-unreadable"],
        5: ["area-code-invalid", "number-too-small"],
    }
    assert values(reading) == [{"name": "第五网格", "code": "210902003013005", "households": 305, "residents": 1000}]


def test_codes_are_checked() -> None:
    reading = read(
        xlsx(
            [
                ["单位名称", "统一社会信用代码", "区划代码"],
                ["甲", "91110000600037341L", "210902003000"],
                ["乙", "91110000600037341X", "210902003"],
                ["丙", "9111", "21090"],
                ["丁", 911100006000373411, "210902003"],
            ]
        )
    )
    assert values(reading) == [{"name": "甲", "credit_code": "91110000600037341L", "area_code": "210902003"}]
    assert reasons(reading) == {
        3: ["credit-code-invalid"],
        4: ["credit-code-invalid", "area-code-invalid"],
        5: ["code-lost-digits"],
    }


def test_formulas_and_errors_are_never_evaluated() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["单位名称", "党员人数"],
        ["甲", "=1+1"],
        ["乙", 5],
        ["丙", "#REF!"],
        ['=HYPERLINK("x")', 1],
        ["'=甲", 2],
    ):
        sheet.append(row)
    sheet["B4"].data_type = "e"
    sheet["A6"].data_type = "s"
    reading = read(saved(book))
    assert reasons(reading) == {
        2: ["formula-without-value"],
        4: ["error-value"],
        5: ["formula-without-value"],
    }
    assert values(reading) == [{"name": "乙", "party_members": 5}, {"name": "'=甲", "party_members": 2}]
    assert reading.account.as_json()["Sheet"] == {"total": 12, "imported": 4, "quarantined": 6, "ignored": 2}


def test_hidden_sheets_are_listed_and_left_out_unless_asked_for() -> None:
    book = openpyxl.Workbook()
    for name in ("现行", "旧"):
        sheet = book.create_sheet(name)
        sheet.append(["单位名称", "党员人数"])
        sheet.append([f"{name}单位", 1])
    del book["Sheet"]
    book["旧"].sheet_state = "hidden"
    book["现行"].append(["隐藏行单位", 2])
    book["现行"].row_dimensions[3].hidden = True
    content = saved(book)
    reading = read(content)
    assert [row["name"] for row in values(reading)] == ["现行单位", "隐藏行单位"]
    assert rules(reading, "旧") == {"hidden-sheet": 4}
    assert [notice.en for notice in reading.book.sheets[0].notices] == [
        "1 rows are hidden; they are read like the others"
    ]
    assert [row["name"] for row in values(read(content, hidden=True))] == ["现行单位", "隐藏行单位", "旧单位"]


def test_a_sheet_without_a_table_and_one_of_no_kind() -> None:
    reading = read(xlsx([["说明文字"]], [["天气", "温度"], ["晴", 3]], names=["A", "B"]))
    assert values(reading) == []
    assert rules(reading, "A") == {"no-table": 1}
    assert rules(reading, "B") == {"header": 2, "sheet-not-mapped": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_in_every_encoding(encoding: str, delimiter: str) -> None:
    lines = [
        ["单位名称", "党员人数", "备注"],
        ["区税务局", "12", '有"引号"'],
        ["𠮷野示例行", "3", "'+86"],
        ["丙", "=1+1", ""],
    ]
    text = "".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)
    reading = read(text.encode(encoding), "单位.csv")
    assert values(reading) == [
        {"name": "区税务局", "party_members": 12, "note": '有"引号"'},
        {"name": "𠮷野示例行", "party_members": 3, "note": "+86"},
    ]
    assert reasons(reading) == {4: ["formula-without-value"]}


def test_two_header_rows_in_a_text_file() -> None:
    text = "序号,所属网格,,结对单位,,结对时间\n,社区,网格,名称,联系人,\n1,爱民社区,第一网格,区税务局,示例,2024/3\n"
    reading = read(text.encode(), "结对.csv")
    assert values(reading) == [{**pairing("区税务局", "爱民社区", "第一网格"), "contact": "示例"}]


def test_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write_merge(0, 0, 0, 3, "结对共建台账")
    for column, title in enumerate(["结对单位", "社区", "网格", "结对时间"]):
        sheet.write(1, column, title)
    sheet.write_merge(2, 3, 0, 0, "区税务局")
    for row in (2, 3):
        sheet.write(row, 1, "爱民社区")
        sheet.write(row, 2, f"第{row}网格")
        sheet.write(row, 3, dt.date(2024, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(4, 0, "区财政局")
    sheet.write(4, 2, xlwt.Formula('"a"&"b"'))
    sheet.row(4).hidden = True
    target = io.BytesIO()
    book.save(target)
    reading = read(target.getvalue(), "结对.xls")
    assert reading.book.format == "xls"
    assert values(reading) == [pairing("区税务局", "爱民社区", f"第{n}网格") for n in (2, 3)]
    assert reasons(reading) == {5: ["formula-without-value"]}
    assert reading.book.sheets[0].hidden_rows == {5}


def _ods_cell(text: str | None, **attributes: object) -> TableCell:
    cell = TableCell(**attributes)
    if text is not None:
        cell.addElement(P(text=text))
    return cell


def test_an_open_document() -> None:
    document = OpenDocumentSpreadsheet()
    table = Table(name="台账")
    for cells in (
        [_ods_cell(title, valuetype="string") for title in ("结对单位", "社区", "网格", "结对时间")],
        [
            _ods_cell("区税务局", valuetype="string", numberrowsspanned=2),
            _ods_cell("爱民社区", valuetype="string"),
            _ods_cell("第一网格", valuetype="string"),
            _ods_cell("2024年3月1日", valuetype="date", datevalue="2024-03-01"),
        ],
        [
            CoveredTableCell(),
            _ods_cell("爱民社区", valuetype="string"),
            _ods_cell("第二网格", valuetype="string"),
            _ods_cell("2024.3", valuetype="string"),
        ],
        [
            _ods_cell("区财政局", valuetype="string"),
            _ods_cell(None, formula="of:=[.B2]"),
            _ods_cell("#REF!", formula="of:=[.C2]"),
        ],
    ):
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    target = io.BytesIO()
    document.save(target)
    reading = read(target.getvalue(), "结对.ods")
    assert reading.book.format == "ods"
    assert values(reading) == [pairing("区税务局", "爱民社区", f"第{n}网格") for n in "一二"]
    assert reasons(reading) == {4: ["formula-without-value", "error-value"]}
