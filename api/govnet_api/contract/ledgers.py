"""What the OpenAPI document says of imports and ledger templates."""

from __future__ import annotations

from govnet_api.contract.common import (
    AGAIN,
    BASIC,
    GRAPH,
    MAP,
    SENT,
    STRING,
    TOKEN,
    WRITE,
    Spec,
    body,
    in_path,
    obj,
    operation,
    ref,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT: Spec = {"$ref": "#/components/schemas/BothLanguages"}
_ID: Spec = {"type": "string", "pattern": "^[0-9a-f]{24}$"}
_COUNTS: Spec = {
    "type": "object",
    "description": "每个工作表的单元格去向 · The fate of the cells of each sheet; they add up to total",
    "additionalProperties": {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in ("total", "imported", "quarantined", "ignored")},
        "required": ["total", "imported", "quarantined", "ignored"],
    },
}
_EXAMPLE_OPTIONS: Spec = {
    "tables": {"Sheet1": {"kind": "pairings", "columns": {"B": "unit", "C": "community", "D": "since"}}},
    "complete_for": "210902003",
    "as_of": "2026-06-01",
    "choices": {"0f2805ad51729bd12f5eda5f": {"verdict": "join", "target": "unit-210902-11"}},
}


_TABLE = obj(
    ["name", "sheet", "kind", "columns", "rows"],
    name=STRING, sheet=STRING, kind={"type": ["string", "null"]}, score={"type": "number"}, learned={"type": "boolean"},
    columns={"type": "array", "items": MAP}, missing={"type": "array", "items": STRING}, rows={"type": "integer"},
)  # fmt: skip
_STANDARD: Spec = {
    "type": ["string", "null"],
    "description": "标准文件的种类（popolo、hsds、govnet），台账为空 · Standard of a file that is no ledger",
}
_DRAFT_PARTS: Spec = {
    "id": _ID, "name": STRING, "size": {"type": "integer"}, "sha256": STRING, "author": STRING,
    "created": {"type": "string", "format": "date-time"}, "tables": {"type": "array", "items": _TABLE}, "cells": _COUNTS,
    "notices": {"type": "array", "items": _TEXT}, "standard": _STANDARD,
}  # fmt: skip
SCHEMAS: dict[str, Spec] = {
    "BothLanguages": obj(["zh", "en"], zh=STRING, en=STRING),
    "Draft": {**obj(["id", "name", "size", "tables", "cells"], **_DRAFT_PARTS), "description": "上传的台账 · An uploaded ledger"},
    "ImportOptions": {
        "type": "object",
        "description": "导入选项，均可省略 · How to import; everything may be left out",
        "additionalProperties": False,
        "properties": {
            "kind": {**STRING, "description": "台账种类 · Kind of all tables whose kind is not given"},
            "tables": {
                "type": "object",
                "description": "按工作表给出种类与列（列号或列名 → 键） · By sheet: kind, and columns by letter or title",
                "additionalProperties": {
                    "type": "object",
                    "properties": {"kind": STRING, "columns": {"type": "object", "additionalProperties": STRING}},
                },
            },
            "complete_for": {**STRING, "description": "台账对哪个区域完整 · Area for which the ledger lists everything"},
            "as_of": {"type": ["string", "null"], "format": "date", "description": "台账所指的日期 · Day as of which it speaks"},
            "choices": {
                "type": "object",
                "description": "对存疑对应的决定 · Decisions on doubtful matches, by their key",
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "verdict": {"type": "string", "enum": ["join", "new", "not"]},
                        "target": STRING,
                        "denied": {"type": "array", "items": STRING},
                    },
                    "required": ["verdict"],
                },
            },
            "conflicts": {"type": "string", "enum": ["graph", "ledger"]},
            "allow_ending": {"type": "number", "minimum": 0, "maximum": 1},
            "member_kind": {**STRING, "description": "Popolo 文件中的人员属于哪类成员 · Kind of member that people of a Popolo file are"},
        },
    },
    "ImportPreview": obj(
        ["id", "tables", "cells", "balanced", "changes", "quarantine", "doubts"],
        id=_ID, tables={"type": "array", "items": _TABLE}, cells=_COUNTS, ignored=MAP, balanced={"type": "boolean"},
        changes={"type": ["object", "null"], "additionalProperties": True}, quarantine=MAP, doubts=MAP,
        withheld={"anyOf": [_TEXT, {"type": "null"}]}, already={"type": ["string", "null"]},
        notices={"type": "array", "items": _TEXT}, standard=_STANDARD,
    ),
}  # fmt: skip


_DRAFT = in_path("draft", "上传编号", "Id of the uploaded ledger", _ID, "0123456789abcdef01234567")
_BINARY: Spec = {"type": "string", "format": "binary"}
_PLAN = obj(["plan", "name", "state"], plan=STRING, name=STRING, state=STRING)
_FILE = ("ledger-too-large", "ledger-unreadable")
_OPTIONS = body(ref("ImportOptions"), example=_EXAMPLE_OPTIONS)
_APPLY = body(
    {
        **SCHEMAS["ImportOptions"],
        "properties": {
            **SCHEMAS["ImportOptions"]["properties"],
            "data_version": {"type": "integer", "description": "预览时的数据版本 · Data version that was previewed"},
        },
    },
    example=_EXAMPLE_OPTIONS,
)
_UPLOAD = body({**obj(["file"], file=_BINARY), "additionalProperties": False}, "multipart/form-data")
_ABOUT: dict[str, Spec] = {
    "list_imports": operation("已导入的台账 · Imports, newest first", "200",
                          obj(["items"], items={"type": "array", "items": _PLAN}), (*BASIC, *GRAPH)),
    "upload_ledger": operation("上传台账 · Upload a ledger", "201", ref("Draft"), (*WRITE, *SENT, *_FILE), body=_UPLOAD),
    "get_import": operation("上传的台账 · An uploaded ledger", "200", ref("Draft"),
                        (*WRITE, "bad-input", "not-found", *_FILE), _DRAFT),
    "delete_import": operation("删除上传 · Forget an uploaded ledger", "204", None, (*WRITE, "not-found"), _DRAFT),
    "preview_import": operation("预览导入 · What an import would change", "200", ref("ImportPreview"),
                            (*WRITE, *GRAPH, *SENT, *_FILE, "not-found"), _DRAFT, body=_OPTIONS),
    "apply_import": operation("执行导入 · Import, as a job", "202", ref("Job"), (*WRITE, *SENT, "not-found", "bad-parameter"), _DRAFT, AGAIN, body=_APPLY),
    "get_quarantine": operation("未能导入的行 · Rows that could not be imported", "200", _BINARY, (*WRITE, "not-found"), _DRAFT, media=_XLSX),
    "forget_decision": operation("忘记决定 · Forget a decision", "204", None, (*WRITE, "not-found"),
                             in_path("key", "决定编号", "Key of the decision", TOKEN, "0f2805ad51729bd12f5eda5f")),
    "list_ledger_kinds": operation("台账种类 · Kinds of ledger and their columns", "200",
                               obj(["items"], items={"type": "array", "items": MAP}), (*BASIC, "not-acceptable")),
    "get_ledger_template": operation("空白台账 · An empty ledger of a kind", "200", _BINARY, (*BASIC, "not-found"),
                                 in_path("kind", "台账种类", "Kind of ledger", TOKEN, "pairings"), media=_XLSX),
}  # fmt: skip


def of(name: str) -> Spec:
    """What the document says of one operation."""
    return _ABOUT[name]
