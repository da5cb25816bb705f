"""What the OpenAPI document says of the report of a period."""

from __future__ import annotations

from typing import Any

from govnet_api.contract.document import HEADERS, UNCHANGED, problems
from govnet_api.negotiate import DOCX, HTML, JSON, XLSX
from govnet_api.operations import ID_FORM
from govnet_graph.reports import FORMS, Audience

Spec = dict[str, Any]
_CODES = (
    "bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected", "busy",
    "keys-unusable", "query-failed", "engine-unreachable", "graph-unusable", "query-timeout", "nothing-loaded", "bad-input",
    "bad-parameter", "not-acceptable", "not-found", "write-conflict",
)  # fmt: skip
_STRING: Spec = {"type": "string"}
_OPTIONAL: Spec = {"type": ["string", "null"]}
_INTEGER: Spec = {"type": "integer"}
_FLAG: Spec = {"type": "boolean"}
_DATE: Spec = {"type": "string", "format": "date"}
_DAY: Spec = {**_DATE, "pattern": r"^(19|20|21)\d{2}-\d{2}-\d{2}$"}
_TEXT: Spec = {"$ref": "#/components/schemas/BothLanguages"}
_NO_TEXT: Spec = {"anyOf": [_TEXT, {"type": "null"}]}
_COUNT: Spec = {"type": ["integer", "null"], "description": "空表示数量过小而不显示 · Null where it is withheld"}


def _object(**properties: Spec) -> Spec:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: Spec) -> Spec:
    return {"type": "array", "items": item}


def _or_null(schema: Spec) -> Spec:
    return {"anyOf": [schema, {"type": "null"}]}


_COUNTS: Spec = {"covered": _COUNT, "uncovered": _COUNT, "unknown": _COUNT, "total": _INTEGER, "withheld": _FLAG}
_FIGURE = _object(
    requirement=_object(id=_STRING, name=_TEXT), area=_object(id=_STRING, name=_STRING), whole=_FLAG, **_COUNTS,
    before=_or_null(_object(**_COUNTS)),
)  # fmt: skip
_CHANGES = ("gained", "lost", "settled", "clouded", "newly", "pairings_began", "pairings_ended")
_SECTION = _object(
    key=_STRING, level=_INTEGER, title=_TEXT, empty=_NO_TEXT, lines=_list(_object(text=_TEXT, note=_INTEGER)),
    headings=_list(_TEXT), rows=_list(_object(id=_STRING, cells=_list(_NO_TEXT), note=_INTEGER, synthetic=_FLAG)),
)  # fmt: skip
SCHEMAS: dict[str, Spec] = {
    "Report": _object(
        **{"from": _DATE, "to": _DATE}, area=_object(id=_STRING, name=_STRING), as_of=_DATE,
        audience={"type": "string", "enum": [audience.value for audience in Audience]}, data_version=_INTEGER,
        synthetic={**_FLAG, "description": "所依据的图谱含演示数据 · Whether it rests on data generated for demonstration"},
        least={"type": ["integer", "null"], "description": "小于此数的不显示 · Smaller counts are withheld"},
        title=_TEXT, about=_list(_TEXT), figures=_list(_FIGURE), changes=_object(**dict.fromkeys(_CHANGES, _COUNT)),
        plans=_list(
            _object(
                id=_STRING, name=_STRING, state=_STRING, effective_on=_DATE, certificate=_OPTIONAL, begin=_COUNT,
                end=_COUNT, change=_COUNT,
            )
        ),
        certificate=_or_null(
            _object(
                verdict={"type": "string", "enum": ["met", "deficient", "open"]}, seal=_STRING, snapshot=_STRING,
                exact=_FLAG, unmet=_or_null(_object(low={"type": "number"}, high={"type": "number"})), text=_list(_TEXT),
            )
        ),
        sections=_list(_SECTION), notes=_list(_object(number=_INTEGER, text=_TEXT)),
    ),
}  # fmt: skip


def _query(name: str, schema: Spec, text: str) -> Spec:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


_FILE: Spec = {"schema": {"type": "string", "format": "binary"}}
REPORT: Spec = {
    "summary": "一段时期的汇报 · Report of a period",
    "description": "各项要求、各街道的覆盖（已覆盖、缺口、未知分列），本期变化，现有缺口及怎样消除，方案，覆盖证明的结论与散列值；每个数字都注明来源。"
    "不出现成员姓名；对外公开的汇报不含逐项清单，数量过小的不显示。\n\nCoverage by requirement and street (covered, gaps and unknown "
    "apart), what changed, open gaps and what would close them, plans, the verdict and hash of the coverage certificate; each figure "
    "with its source. No member is named; the public gets no single items and no small counts. The same data give the same bytes, "
    "unless the certificate could not be finished in time, which it then says.",
    "parameters": [
        _query(
            "area", {"type": "string", "pattern": ID_FORM, "maxLength": 200},
            "区域编号，默认所载入的区 · Id of an area; the district loaded where left out",
        ),
        _query("from", _DAY, "期初，当日的变化不计入；默认期末前 30 天 · First day, whose own changes came before; 30 days before the last by default"),
        _query("to", _DAY, "期末（含），默认今天 · Last day; today by default"),
        _query(
            "audience", {"type": "string", "enum": [a.value for a in Audience], "default": Audience.LEADERS.value},
            "读者：领导、联席会议、街道、公众 · Readers: leaders, joint meeting, streets, the public",
        ),
        _query("lang", {"type": "string", "enum": ["zh", "en"], "default": "zh"}, "语言；JSON 两种都有 · Language; JSON holds both"),
        _query("format", {"type": "string", "enum": list(FORMS)}, "形式，代替 Accept 头 · Form, in the place of the Accept header"),
    ],
    "responses": {
        "200": {
            "description": "汇报 · Report",
            "headers": HEADERS,
            "content": {
                JSON: {"schema": {"$ref": "#/components/schemas/Report"}}, HTML: {"schema": _STRING}, DOCX: _FILE, XLSX: _FILE,
            },
        },
        "304": UNCHANGED,
        **problems(_CODES),
    },
}  # fmt: skip
