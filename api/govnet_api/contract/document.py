"""The OpenAPI document: what each operation takes and gives, which problems it may tell of, and how to sign in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from govnet_api.contract import examples, shapes
from govnet_api.errors import MEDIA_TYPE, STATUS, document, documented
from govnet_api.negotiate import DOCX, GEXF, GRAPHML, NAMED, XLSX
from govnet_api.operations import Bound
from govnet_api.render import csv_headings
from govnet_api.routing import Direct
from govnet_api.texts import texts
from govnet_graph import __version__
from govnet_graph.questions import MAX_LIMIT, Parameter

Spec = dict[str, Any]
_BASIC = ("bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal")
_GUARDED = (*_BASIC, "key-required", "misdirected", "busy", "keys-unusable")
_ASKING = (
    *_GUARDED, "bad-parameter", "not-acceptable", "query-failed", "engine-unreachable", "graph-unusable", "nothing-loaded", "query-timeout",
)  # fmt: skip
HEADERS: Spec = {
    "ETag": {
        "description": "标识这一答案的版本 · Names this version of the answer; send it back as If-None-Match",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"schema": {"type": "string"}},
    "X-Request-ID": {
        "description": "请求编号，写在日志里 · Id of the request, as it stands in the log",
        "schema": {"type": "string"},
    },
}
UNCHANGED: Spec = {
    "description": "未变 · Unchanged since the ETag that was sent",
    "headers": {"ETag": HEADERS["ETag"]},
}
TAGS = (
    ("questions", "问题目录：每个问题都可直接提问 · The catalogue: every question can be asked as it is"),
    ("members", "成员 · Members"),
    ("units", "单位 · Units"),
    ("areas", "区域与网格 · Areas and grids"),
    ("organizations", "组织 · Organizations"),
    ("resources", "资源、需求 · Resources and needs"),
    ("activities", "活动 · Activities"),
    ("coverage", "覆盖 · Coverage"),
    ("cases", "问题与派单 · Cases"),
    ("network", "联系 · Connections between any things"),
    ("history", "历史、导入、修改与方案，及其撤销 · History; imports, edits and plans, and taking them back"),
    ("provenance", "来源与指标 · Sources and claims"),
    ("plans", "证明与方案：求解、预览、批准、执行、撤销 · Proofs and plans: solve, preview, approve, apply, take back"),
    ("jobs", "耗时工作的进度、停止与继续 · Long work: its progress, stopping it, going on"),
    ("ledgers", "台账导入与模板 · Ledgers in, and their templates"),
    ("notices", "关注、通知与回调 · Standing questions, notices and webhooks"),
    ("open311", "Open311 GeoReport v2：对外公开诉求、接收诉求 · Cases as service requests, reports as cases"),
    ("system", "运行状况与说明 · State of the server, and what it knows"),
)
_ABOUT = """基层治理图谱的只读接口：成员联系到哪些单位，谁覆盖哪个网格，哪里有缺口、哪里不知道。

Read-only access to the graph of a district's grid governance. Every answer names the day it is about (`as_of`) and the version
of the data; lists come in pages (`limit`, `cursor`); answers come as JSON or, with `Accept: text/csv`, as a table; `ETag` with
`If-None-Match` spares an answer that has not changed. Every error is a problem document (RFC 9457) whose `type` this server explains.
On this machine the API is open for trying out; elsewhere it needs an API key. Names of members are shown only to keys that may see them.
"""


def problems(codes: Iterable[str]) -> Spec:
    """References to the responses that tell of these problems."""
    return {status: {"$ref": f"#/components/responses/Problem{status}"} for status in documented(codes)}


def _parameters(bound: Bound, *, all_optional: bool = False) -> list[Spec]:
    found = []
    for name, p in bound.parameters:
        in_path = name in bound.operation.in_path
        needed = in_path or (p.required and not all_optional)
        found.append(_parameter(bound, name, p, in_path=in_path, needed=needed))
    return found


def _parameter(bound: Bound, name: str, p: Parameter, *, in_path: bool, needed: bool) -> Spec:
    schema = shapes.parameter(p)
    default = {"today": "今天 · today", "home": "所载入的区 · the district loaded"}.get(str(p.default))
    note = f"（默认 · default: {default}）" if default else ""
    spec: Spec = {
        "name": name,
        "in": "path" if in_path else "query",
        "required": needed,
        "description": f"{p.text.zh} · {p.text.en}{note}",
        "schema": schema,
    }
    if schema["type"] == "array":
        spec |= {"style": "form", "explode": False}
    example = examples.of_parameter(bound.question, p, bound.operation.labels) if needed else None
    if example is not None:
        spec["example"] = example
    return spec


_CURSOR: Spec = {
    "name": "cursor",
    "in": "query",
    "required": False,
    "description": "上一页的 next · The text of `next` of the page before",
    "schema": {"type": "string", "minLength": 1, "maxLength": 600},
}


_FORMAT: Spec = {
    "name": "format",
    "in": "query",
    "required": False,
    "description": "答案的形式，代替 Accept 头 · Form of the answer, in the place of the Accept header",
    "schema": {"type": "string", "enum": list(NAMED)},
}


_WHOLE: Spec = {
    "name": "whole",
    "in": "query",
    "required": False,
    "description": "一次给出全部行（至多五万，Word 五千），不看 limit · Every row at once, 50,000 at most (Word 5,000), whatever limit says",
    "schema": {"type": "boolean", "default": False},
}


def asking(bound: Bound) -> Spec:
    """Everything that the document says of an operation that asks a question."""
    operation, question = bound.operation, bound.question
    rows = examples.rows(question)
    shown: Spec = {"as_of": examples.day(question), "data_version": 1}
    if operation.single:
        schema, example = shapes.one(question), {**rows[0], **shown} if rows else None
    else:
        schema, example = shapes.page(question), {"items": rows, "next": None, **shown}
    codes: tuple[str, ...] = (
        _ASKING if operation.single else (*_ASKING, "bad-cursor", "cursor-stale", "write-conflict", "export-busy")
    )
    if any(p.is_id for _, p in bound.parameters):
        codes = (*codes, "not-found")
    table = ",".join(csv_headings(question.columns)) + "\r\n"
    return {
        "summary": f"{question.text.zh}",
        "description": f"{question.text.en}\n\n{question.grain.zh}。{question.grain.en}.\n\nQuestion `{question.id}`.",
        "parameters": [*_parameters(bound), _FORMAT, *([] if operation.single else [_CURSOR, _WHOLE])],
        "responses": {
            "200": {
                "description": f"{question.grain.zh} · {question.grain.en}",
                "headers": HEADERS,
                "content": {
                    "application/json": {"schema": schema, **({"example": example} if example is not None else {})},
                    "text/csv": {"schema": {"type": "string"}, "example": table},
                    **{
                        media: {"schema": {"type": "string", "format": "binary"}}
                        for media in (XLSX, DOCX, GRAPHML, GEXF)
                    },
                },
            },
            "304": UNCHANGED,
            **problems(codes),
        },
    }


def drawing(bound: Bound, said: str, example: Spec) -> Spec:
    """What the document says of the view of a question; ``said`` tells what it draws."""
    codes = (*_ASKING, *(["not-found"] if any(p.is_id for _, p in bound.parameters) else []))
    content = {"application/json": {"schema": shapes.ref("Picture"), "example": example}}
    return {
        "summary": f"图：{bound.question.text.zh}",
        "description": f"{bound.question.text.en}\n\n{said}.\n\nThe view of question `{bound.question.id}`: its answer to draw.",
        "parameters": _parameters(bound),
        "responses": {
            "200": {"description": said, "headers": HEADERS, "content": content},
            "304": UNCHANGED,
            **problems(codes),
        },
    }


def definition(bound: Bound) -> Spec:
    """What the document says of a question's definition."""
    return {
        "summary": f"定义：{bound.question.text.zh}",
        "description": f"Texts, parameters, columns and Cypher of the question `{bound.question.id}`, with the given parameters ready to paste.",
        "parameters": [*_parameters(bound, all_optional=True), _CURSOR],
        "responses": {
            "200": {
                "description": "定义 · Definition",
                "content": {"application/json": {"schema": shapes.ref("Definition")}},
            },
            **problems((*_GUARDED, "bad-parameter", "bad-cursor", "not-acceptable", "not-found")),
        },
    }


def plain(summary: str, schema: Spec, *, guarded: bool, codes: Iterable[str] = ()) -> Spec:
    """What the document says of an operation that asks nothing of the graph."""
    return {
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
            **({"304": UNCHANGED} if guarded else {}),
            **problems((*(_GUARDED if guarded else _BASIC), *codes)),
        },
        **({} if guarded else {"security": []}),
    }


def _problem_responses() -> Spec:
    found: Spec = {}
    for status, codes in documented(STATUS).items():
        said = {
            code: {"value": document(code, texts()[f"problem.{code}.meaning"].en, request_id="0123456789abcdef")}
            for code in codes
        }
        names = "; ".join(f"`{code}` {texts()[f'problem.{code}.title'].zh}" for code in codes)
        found[f"Problem{status}"] = {
            "description": names,
            "content": {MEDIA_TYPE: {"schema": shapes.ref("Problem"), "examples": said}},
        }
    return found


_SCHEMES: Spec = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "govnet keys create"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


def complete(app: FastAPI, bounds: Iterable[Bound], extra: Spec, *, is_open: bool) -> Spec:
    """The whole document, made once.

    ``is_open`` says that a key may be left out, as on a loopback address; ``extra`` holds further component schemas.
    """
    if app.openapi_schema is not None:
        return app.openapi_schema
    document_ = get_openapi(
        title="govnet 基层治理图谱", version=__version__, description=_ABOUT, routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS],
    )  # fmt: skip
    for route in app.routes:
        if isinstance(route, Direct) and route.openapi_extra:
            # The framework drops every null, and with it columns of an example whose value is not known.
            for method in route.methods or ():
                document_["paths"][route.path][method.lower()].update(route.openapi_extra)
    schemas = {shapes.row_name(b.question): shapes.row(b.question) for b in bounds}
    document_["components"] = {
        "schemas": dict(sorted({**shapes.COMPONENTS, **schemas, **extra}.items())),
        "responses": _problem_responses(),
        "securitySchemes": _SCHEMES,
    }
    document_["security"] = [*([{}] if is_open else []), {"bearer": []}, {"apiKey": []}]
    document_["servers"] = [{"url": "/"}]
    app.openapi_schema = document_
    return document_


__all__ = ["MAX_LIMIT", "Spec", "asking", "complete", "definition", "drawing", "plain", "problems"]
