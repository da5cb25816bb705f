"""What the OpenAPI document says of the agenda of the joint meeting and of what the cases teach."""

from __future__ import annotations

from typing import Any

from govnet_api.contract.document import problems
from govnet_api.negotiate import DOCX, HTML, JSON, XLSX
from govnet_api.operations import ID_FORM
from govnet_graph.cases.agenda import FORMS

Spec = dict[str, Any]
_CODES = (
    "bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected", "busy",
    "keys-unusable", "query-failed", "engine-unreachable", "graph-unusable", "query-timeout", "nothing-loaded", "bad-input",
    "bad-parameter", "not-found", "write-conflict",
)  # fmt: skip
_STRING: Spec = {"type": "string"}
_INTEGER: Spec = {"type": "integer"}
_FLAG: Spec = {"type": "boolean"}
_NUMBER: Spec = {"type": ["number", "null"]}
_COUNT: Spec = {"type": ["integer", "null"], "description": "空表示数量过小而不显示 · Null where it is withheld"}
_TEXT: Spec = {"$ref": "#/components/schemas/BothLanguages"}
_DATE: Spec = {"type": "string", "format": "date"}


def _object(**properties: Spec) -> Spec:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: Spec) -> Spec:
    return {"type": "array", "items": item}


_ENTITY: Spec = {
    "type": "object",
    "properties": {"id": _STRING, "name": {"type": ["string", "null"]}},
    "required": ["id"],
}
_TIMES = _object(dispatches=_COUNT, median=_COUNT, ninth_decile=_COUNT, mean=_NUMBER)
_LOW: Spec = {
    **_NUMBER,
    "description": "95% 置信区间下限（Wilson），百分数 · Lower end of the 95 % Wilson interval, percent",
}
_LEAST: Spec = {**_INTEGER, "description": "小于此数的不显示 · Smaller counts are withheld"}
_ROW = _object(id=_STRING, cells=_list({"anyOf": [_TEXT, {"type": "null"}]}), note=_INTEGER, synthetic=_FLAG)
_SECTION = _object(
    key=_STRING, title=_TEXT, total=_INTEGER, more=_FLAG, note=_INTEGER, headings=_list(_TEXT), rows=_list(_ROW)
)
_LESSONS = {
    "area": _STRING, "level": _STRING, "from": {"type": ["string", "null"], "format": "date"}, "to": _DATE, "as_of": _DATE,
    "least": _LEAST, "data_version": _INTEGER,
    "rates": _list(
        _object(
            area=_ENTITY, channel=_STRING, whole=_FLAG, cases=_COUNT, solved=_COUNT, rate=_NUMBER, low=_LOW, high=_NUMBER,
            withheld=_FLAG, synthetic=_FLAG,
        )
    ),
    "times": _list(_object(responder=_ENTITY, dispatched=_COUNT, withheld=_FLAG, to_accept=_TIMES, to_solve=_TIMES)),
    "load": _list(
        _object(
            area=_ENTITY, whole=_FLAG, workers=_COUNT, open=_COUNT, dispatched=_COUNT, open_per_worker=_NUMBER, withheld=_FLAG
        )
    ),
    "recurring": _list({"type": "object", "additionalProperties": True}),
}  # fmt: skip
SCHEMAS: dict[str, Spec] = {
    "Agenda": _object(
        area=_ENTITY, month=_STRING, as_of=_DATE, days=_INTEGER, data_version=_INTEGER, synthetic=_FLAG,
        sections=_list(_SECTION), notes=_list(_object(number=_INTEGER, text=_TEXT)),
    ),
    "Lessons": {"type": "object", "properties": _LESSONS, "required": list(_LESSONS)},
}  # fmt: skip


def _query(name: str, schema: Spec, text: str) -> Spec:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


_AREA = _query(
    "area", {"type": "string", "pattern": ID_FORM, "maxLength": 200},
    "区域编号，默认所载入的区 · Id of an area; the district loaded where left out",
)  # fmt: skip
_AS_OF = _query("as_of", _DATE, "截至日期，默认今天 · Day that is told of; today where left out")
_FILE: Spec = {"schema": {"type": "string", "format": "binary"}}
_DAYS: Spec = {"type": "integer", "minimum": 0, "maximum": 400, "default": 60}
_OF: dict[str, Spec] = {
    "get_agenda": {
        "summary": "联席会议议题 · Agenda of the joint meeting",
        "description": "未满足的需求、超期和被拒办的问题、闲置资源、即将到期的结对，每个数字都注明来源。\n\nUnmet needs, late and "
        "refused cases, idle resources, pairings that end, each figure with its source. The same data give the same bytes. "
        "Names are masked.",
        "parameters": [
            _AREA, _AS_OF,
            _query("month", {"type": "string", "pattern": r"^20\d{2}-(0[1-9]|1[0-2])$"}, "会议月份，如 2026-06 · Month of the meeting"),
            _query("days", _DAYS, "未来多少天内到期的结对 · Days to look ahead for pairings that end"),
            _query("lang", {"type": "string", "enum": ["zh", "en"], "default": "zh"}, "语言；JSON 两种都有 · Language; JSON holds both"),
            _query("format", {"type": "string", "enum": list(FORMS), "default": "json"}, "形式 · Form"),
        ],
        "responses": {
            "200": {
                "description": "议题 · Agenda",
                "content": {
                    JSON: {"schema": {"$ref": "#/components/schemas/Agenda"}}, HTML: {"schema": _STRING}, XLSX: _FILE, DOCX: _FILE,
                },
            },
            **problems(_CODES),
        },
    },
    "get_lessons": {
        "summary": "问题办理的经验 · What the cases teach",
        "description": "各渠道的解决率与区间（各渠道不可相加）、办理天数、负担、反复出现的缺口；数量过小的不显示。\n\nResolution rates "
        "with their 95 % Wilson intervals, channel by channel and never added; days to answer, load, gaps that recur. Small counts "
        "are withheld, and others with them where they would follow.",
        "parameters": [
            _AREA, _AS_OF,
            _query("level", {"type": "string", "enum": ["Street", "Community"], "default": "Street"}, "按哪一级区域 · Level of area"),
            _query("from", _DATE, "起始日 · First day"), _query("to", _DATE, "终止日 · Last day"),
        ],
        "responses": {
            "200": {"description": "经验 · Lessons", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Lessons"}}}},
            **problems(_CODES),
        },
    },
}  # fmt: skip


def of(name: str) -> Spec:
    """The description of one operation."""
    return _OF[name]
