"""Empty ledgers to fill in, and ledgers written from rows in the same form: what is read back is what was written."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from govnet_graph.ledgers.headers import header_text
from govnet_graph.ledgers.kinds import kind_of
from govnet_graph.ledgers.mapping import HELP_SHEETS
from govnet_graph.ledgers.terms import Form, LedgerColumn, LedgerKind, RowValue
from govnet_graph.ledgers.values.column import shown_value
from govnet_graph.ledgers.values.text import join_list
from govnet_graph.schema import Privacy, Text, ValueType

_LAST_ROW = 1_048_575
_INSTRUCTIONS, _CHOICES = HELP_SHEETS
_YES_NO = ("是", "否")
# What is written is data: nothing in a text may become a formula, a number or a link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
_TYPES = {
    ValueType.STRING: Text("文字", "text"),
    ValueType.INTEGER: Text("整数", "whole number"),
    ValueType.FLOAT: Text("数字", "number"),
    ValueType.BOOLEAN: Text("是或否", "yes (是) or no (否)"),
    ValueType.DATE: Text("日期，如 2024-03-01", "day, such as 2024-03-01"),
    ValueType.DATETIME: Text("时刻", "moment"),
    ValueType.STRINGS: Text("多项，用“、”分隔", "several, parted by 、"),
}
_FORMS = {
    Form.AREA_CODE: Text("6、9、12或15位区划代码", "area code of 6, 9, 12 or 15 digits"),
    Form.PARENT_CODE: Text("6、9、12或15位区划代码", "area code of 6, 9, 12 or 15 digits"),
    Form.CREDIT_CODE: Text("18位统一社会信用代码", "unified social credit code of 18 characters"),
    Form.PHONES: Text("电话号码，多个用“、”分隔", "telephone numbers, parted by 、"),
    Form.ID_NUMBER: Text("18位身份证号", "identity number of 18 characters"),
    Form.UNTIL: Text(
        "首个不再有效的日期；空或“至今”表示仍有效", "first day it no longer holds; empty or 至今 where it still does"
    ),
}
_GUIDE = (
    Text(
        "一行一条记录；不要合并单元格，不要改动表头", "One record a row; do not merge cells, do not change the header"
    ),
    Text("红色表头为必填列", "Columns with a red header are required"),
    Text("公式不会被计算，只读取保存的结果", "Formulas are never evaluated; their stored results are read"),
    Text("不确定的数字不要写“约”；只知下限时写“50以上”", "No approximate numbers; write 50以上 for a lower bound"),
    Text(
        "无法读取的行会连同原因退回，改正后可再次导入",
        "Rows that cannot be read come back with the reasons and can be imported again",
    ),
)


def template(kind_id: str) -> bytes:
    """An empty ledger of a kind as .xlsx: bilingual header, drop-downs, checks of dates and numbers, instructions.

    Raises NotFound for an unknown kind.
    """
    return write_ledger(kind_id, ())


def write_ledger(kind_id: str, rows: Iterable[Mapping[str, RowValue]]) -> bytes:
    """A ledger of a kind as .xlsx, in exactly the template's form, filled with rows.

    Parameters
    ----------
    kind_id : str
        Kind of ledger. Raises NotFound for an unknown one.
    rows : iterable of mappings
        Values by column key, as ``Row.values`` holds them; absent keys are empty cells, unknown keys are refused
        with KeyError. Texts are written as texts, whatever they begin with.
    """
    kind = kind_of(kind_id)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(kind.text.zh[:31])
        _Writer(book, sheet, kind).write(rows)
        _instructions(book, kind)
    return target.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet, kind: LedgerKind) -> None:
        self._book = book
        self._sheet = sheet
        self._kind = kind
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = book.add_format({"num_format": "@"})

    def write(self, rows: Iterable[Mapping[str, RowValue]]) -> None:
        """Header, checks, rows."""
        head: dict[str, Any] = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        plain = self._book.add_format({**head, "bg_color": "#DDEBF7"})
        required = self._book.add_format({**head, "bg_color": "#F8CBAD", "font_color": "#9C0006"})
        self._sheet.set_row(0, 48)
        self._sheet.freeze_panes(1, 0)
        choices = self._choices()
        for index, column in enumerate(self._kind.columns):
            self._sheet.write_string(0, index, header_text(column), required if column.required else plain)
            self._sheet.set_column(index, index, 18, self._format(column))
            self._validate(index, column, choices)
        at = {column.key: (index, column) for index, column in enumerate(self._kind.columns)}
        for number, row in enumerate(rows, start=1):
            for key, value in row.items():
                index, column = at[key]
                self._cell(number, index, column, value)

    def _format(self, column: LedgerColumn) -> Any:
        if column.type is ValueType.DATE:
            return self._date
        return self._text if column.type in (ValueType.STRING, ValueType.STRINGS) else None

    def _cell(self, row: int, index: int, column: LedgerColumn, value: RowValue) -> None:
        if isinstance(value, bool):
            self._sheet.write_string(row, index, _YES_NO[0] if value else _YES_NO[1])
        elif isinstance(value, dt.date):
            self._sheet.write_datetime(row, index, dt.datetime.combine(value, dt.time()), self._date)
        elif isinstance(value, int | float):
            self._sheet.write_number(row, index, value)
        elif isinstance(value, list):
            self._sheet.write_string(row, index, join_list(value), self._text)
        else:
            self._sheet.write_string(row, index, shown_value(column, value) if column.values else value, self._text)

    def _choices(self) -> dict[str, str]:
        """A hidden sheet with the words of each closed list; ranges by column key."""
        closed = [column for column in self._kind.columns if column.values]
        if not closed:
            return {}
        sheet = self._book.add_worksheet(_CHOICES)
        sheet.hide()
        found = {}
        for index, column in enumerate(closed):
            sheet.write_string(0, index, column.text.zh)
            for row, value in enumerate(column.values, start=1):
                sheet.write_string(row, index, shown_value(column, value))
            letter = xlsxwriter.utility.xl_col_to_name(index, col_abs=True)
            found[column.key] = f"='{_CHOICES}'!{letter}$2:{letter}${len(column.values) + 1}"
        return found

    def _validate(self, index: int, column: LedgerColumn, choices: Mapping[str, str]) -> None:
        rule: dict[str, Any] | None = None
        if column.values:
            rule = {"validate": "list", "source": choices[column.key]}
        elif column.type is ValueType.BOOLEAN:
            rule = {"validate": "list", "source": list(_YES_NO)}
        elif column.type is ValueType.DATE:
            rule = {
                "validate": "date",
                "criteria": "between",
                "minimum": dt.date(1900, 1, 1),
                "maximum": dt.date(2100, 12, 31),
                # 至今 and a written month are read too, so a warning is enough.
                "error_type": "warning",
                "error_title": "日期 Date",
                "error_message": _TYPES[ValueType.DATE].zh,
            }
        elif column.type is ValueType.INTEGER:
            rule = {"validate": "integer", "criteria": ">=", "value": int(column.minimum or 0), "error_type": "warning"}
        if rule is not None:
            self._sheet.data_validation(1, index, _LAST_ROW, index, {"ignore_blank": True, **rule})


def _instructions(book: xlsxwriter.Workbook, kind: LedgerKind) -> None:
    """A sheet that says what each column means, from the schema."""
    sheet = book.add_worksheet(_INSTRUCTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 26)
    sheet.set_column(2, 5, 42)
    sheet.write_string(0, 0, f"{kind.text.zh} {kind.text.en}", bold)
    row = 1
    for line in _GUIDE:
        sheet.write_string(row, 0, f"{line.zh}。 {line.en}.")
        row += 1
    titles = (
        "列 Column",
        "必填 Required",
        "含义 Meaning（中文）",
        "Meaning (English)",
        "填写方式 How to fill it",
        "可选项 Choices",
    )
    for index, title in enumerate(titles):
        sheet.write_string(row + 1, index, title, bold)
    for number, column in enumerate(kind.columns, start=row + 2):
        for index, text in enumerate(_explained(column)):
            sheet.write_string(number, index, text, wrap)


def _explained(column: LedgerColumn) -> tuple[str, ...]:
    how = _FORMS.get(column.form, _TYPES[column.type])
    meaning = column.meaning if not column.refers else column.text
    if not column.kept:
        meaning = Text(f"{column.text.zh}：仅用于辨认，不存入图谱", f"{column.text.en}: only to tell apart, not kept")
    elif any(p.privacy in (Privacy.PERSONAL, Privacy.SENSITIVE) for p in column.properties):
        meaning = Text(f"{meaning.zh}（敏感信息）", f"{meaning.en} (sensitive)")
    choices = "、".join(shown_value(column, value) for value in column.values)
    required = "是 yes" if column.required else ""
    return (header_text(column), required, meaning.zh, meaning.en, f"{how.zh} / {how.en}", choices)
