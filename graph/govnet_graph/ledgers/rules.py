"""The named rules by which cells that were read are left out although nothing is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from govnet_graph.schema import Text


class Rule(StrEnum):
    """Why a cell that was read is not imported although nothing is wrong with it. ``RULES`` says each in both languages."""

    HIDDEN_SHEET = "hidden-sheet"
    HELP_SHEET = "help-sheet"
    NO_TABLE = "no-table"
    NOT_MAPPED = "sheet-not-mapped"
    TITLE = "title"
    HEADER = "header"
    REPEATED_HEADER = "repeated-header"
    SERIAL_NUMBER = "serial-number"
    TOTAL = "total"
    NOTE = "note"
    SECTION = "section-heading"
    UNMAPPED_COLUMN = "unmapped-column"
    REASON_COLUMN = "reason-column"
    NOT_KEPT = "not-kept"
    PLACEHOLDER = "placeholder"
    ABOUT_FILE = "about-the-file"
    HISTORY = "history"
    NO_PLACE = "no-place-in-graph"
    NOT_READ = "field-not-read"
    PERSONAL = "personal-data"


RULES: Mapping[Rule, Text] = {
    Rule.HIDDEN_SHEET: Text("隐藏的工作表，未要求读取", "On a hidden sheet that was not asked for"),
    Rule.HELP_SHEET: Text("模板的填写说明或选项表", "On a template's sheet of instructions or choices"),
    Rule.NO_TABLE: Text("工作表中没有可识别的表格", "No table was found on the sheet"),
    Rule.NOT_MAPPED: Text("表格未对应任何台账种类", "The table was mapped to no kind of ledger"),
    Rule.TITLE: Text("表头上方的标题", "Title above the header"),
    Rule.HEADER: Text("表头", "Header"),
    Rule.REPEATED_HEADER: Text("表中重复的表头", "Header repeated within the table"),
    Rule.SERIAL_NUMBER: Text("序号列", "Column of serial numbers"),
    Rule.TOTAL: Text("合计、小计行", "Row of totals or subtotals"),
    Rule.NOTE: Text("表下的备注、填表人、审核人等", "Note or signature under the table"),
    Rule.SECTION: Text("表中横跨各列的分组标题", "Heading of a group of rows, across the table"),
    Rule.UNMAPPED_COLUMN: Text("该列未对应任何属性", "The column was mapped to nothing"),
    Rule.REASON_COLUMN: Text("退回文件中的原因列", "Reason column of a quarantine workbook"),
    Rule.NOT_KEPT: Text("仅用于辨认人员，不存入图谱", "Used to tell people apart, not kept in the graph"),
    Rule.PLACEHOLDER: Text("表示空缺的符号（如 / — 无）", "Sign for an empty value (such as / — 无)"),
    Rule.ABOUT_FILE: Text("说明文件本身，不是内容", "Says what the file is, not what is in it"),
    Rule.HISTORY: Text("图谱自身的变更历史，只随备份恢复", "The graph's own history, which only a backup restores"),
    Rule.NO_PLACE: Text("图谱中没有对应的位置", "The graph has no place for it"),
    Rule.NOT_READ: Text("不是该标准中所读取的字段", "Not a field that is read of the standard"),
    Rule.PERSONAL: Text("图谱不保存的个人信息", "Personal data that the graph does not keep"),
}
