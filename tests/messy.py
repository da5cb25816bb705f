"""A workbook as a street sends it: titles, merged cells, two names for one community, dates as text, people, totals."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

#: The moment that the workbooks say they were made, so that the same rows are the same bytes.
WRITTEN = dt.datetime(2026, 6, 1, 8, 0, 0)
PAIRINGS = "结对情况"
UNITS = "驻区单位"
WORKERS = "网格员花名册"

UNIT_ROWS = [
    (1, "甲区人民法院", "", "法院", "东街道"),
    (2, "示例新银行", "91110000600037341L", "银行", "东街道"),
    (3, "示例热力公司", "", "供热企业", "东街道"),
    ("合计", 3, "", "", ""),
]
PAIRING_ROWS = [
    (1, "区法院", "松社区居委会", "松一网格", "2026.1.1", "调解、法律咨询"),
    (2, "示例新银行", "松社区", "松2网格", "2026年3月", "理发"),
    (3, "乙银行", "柏社区", "柏一网格", "45352", ""),
    (4, "丁派出锁", "柏社区", "柏二网格", "2026-02-01", ""),
    (5, "从未听说的单位", "柏社区", "柏二网格", "2026-02-01", ""),
    (6, "示例热力公司", "百社区", "柏二网格", "2026-02-30", ""),
]
WORKER_ROWS = [
    (1, "张示例", "松社区", "松一网格", "专职", "13800000001"),
    (2, "张示例", "松社区", "松二网格", "专职", "13800000002"),
    (3, "李示例", "柏社区", "柏一网格", "专职", "13800000003;13800000004"),
]


def street_workbook(
    units: Sequence[Sequence[object]] = UNIT_ROWS,
    pairings: Sequence[Sequence[object]] = PAIRING_ROWS,
    workers: Sequence[Sequence[object]] = WORKER_ROWS,
) -> bytes:
    """The workbook, with other rows where they are given."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": WRITTEN})
        sheet = book.add_worksheet(UNITS)
        sheet.merge_range(0, 0, 0, 4, "东街道驻区单位名录")
        _table(sheet, 1, ("序号", "单位名称", "统一社会信用代码", "单位性质", "所属街道"), units)
        sheet = book.add_worksheet(PAIRINGS)
        sheet.merge_range(0, 0, 0, 5, "东街道结对共建台账(2026年)")
        sheet.write(1, 0, "填报单位:东街道")
        _table(sheet, 2, ("序号", "结对单位", "社区", "网格", "结对日期", "服务内容"), pairings)
        sheet.write(4 + len(pairings), 0, "备注:以上情况由东街道填报")
        sheet = book.add_worksheet(WORKERS)
        _table(sheet, 0, ("序号", "姓名", "社区", "网格", "网格员类型", "联系电话"), workers)
    return out.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of plain tables, by sheet name; the first row of each is its header."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": WRITTEN})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value not in ("", None):
                        sheet.write(number, column, value)
    return out.getvalue()


def _table(
    sheet: xlsxwriter.worksheet.Worksheet, top: int, titles: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    for column, title in enumerate(titles):
        sheet.write(top, column, title)
    for number, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
