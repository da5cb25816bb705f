"""What the OpenAPI document says of Open311 GeoReport v2. The standard itself describes it; this says the same in our words."""

from __future__ import annotations

from typing import Any

from govnet_api.contract.document import problems
from govnet_api.operations import ID_FORM
from govnet_graph.cases.open311.model import MAX_DESCRIPTION, MOST_REQUESTS
from govnet_graph.questions.examples import IDS

Spec = dict[str, Any]
_STRING: Spec = {"type": "string"}
_NULLABLE: Spec = {"type": ["string", "null"]}
_MOMENT: Spec = {"type": "string", "format": "date-time"}


def _object(properties: Spec, *optional: str) -> Spec:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _ref(name: str) -> Spec:
    return {"$ref": f"#/components/schemas/{name}"}


SCHEMAS: dict[str, Spec] = {
    "Open311Service": _object({
        "service_code": _STRING, "service_name": _STRING, "description": _STRING, "metadata": {"const": False}, "type": {"const": "realtime"},
        "keywords": _STRING, "group": _STRING,
    }),
    "Open311Definition": _object({"service_code": _STRING, "attributes": {"type": "array", "maxItems": 0, "items": _STRING}}),
    "Open311Request": _object({
        "service_request_id": _STRING, "status": {"type": "string", "enum": ["open", "closed"]}, "status_notes": _STRING,
        "service_name": _NULLABLE, "service_code": _STRING, "description": {"type": "string", "maxLength": MAX_DESCRIPTION},
        "agency_responsible": _NULLABLE, "service_notice": _NULLABLE, "requested_datetime": _MOMENT, "updated_datetime": _MOMENT,
        "expected_datetime": {**_MOMENT, "type": ["string", "null"]}, "address": _NULLABLE, "address_id": _NULLABLE, "zipcode": _NULLABLE,
        "lat": {"type": ["number", "null"]}, "long": {"type": ["number", "null"]}, "media_url": _NULLABLE,
    }),
    "Open311Filed": _object({"service_request_id": _STRING, "service_notice": _STRING, "account_id": {"type": "null"}}),
    "Open311Token": _object({"service_request_id": _STRING, "token": _STRING}),
    "Open311Errors": {"type": "array", "minItems": 1, "items": _object({"code": _STRING, "description": _STRING})},
    "Open311Discovery": _object({
        "changeset": _STRING, "contact": _STRING, "key_service": _STRING,
        "endpoints": {"type": "array", "items": _object({
            "specification": _STRING, "url": _STRING, "changeset": _STRING, "type": {"type": "string", "enum": ["production", "test"]},
            "formats": {"type": "array", "items": _STRING},
        })},
    }),
}  # fmt: skip


_SINCE: Spec = {**_MOMENT, "pattern": "^20[0-9]{2}-"}
_PLAIN: Spec = {"type": "string", "pattern": "^[^\u0000]*$"}


def _or_empty(schema: Spec) -> Spec:
    """An empty parameter is one that was left out, as the standard has it."""
    return {"anyOf": [schema, {"const": ""}]}


def _query(name: str, said: str, schema: Spec | None = None) -> Spec:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": said,
        "schema": schema or _PLAIN,
    }


def _in_path(name: str, said: str, example: str) -> Spec:
    schema: Spec = {"type": "string", "pattern": ID_FORM, "maxLength": 200}
    return {"name": name, "in": "path", "required": True, "description": said, "schema": schema, "example": example}


_JURISDICTION = _query("jurisdiction_id", "辖区代码，可省略 · Jurisdiction; one is served, so it may be left out")
_KEY = _query("api_key", "密钥 · API key")
_COMMON = (_JURISDICTION, _KEY)
_FILTERS = (
    *_COMMON,
    _query("service_request_id", "编号，逗号分隔；其余条件不再起作用 · Ids, parted by commas; they override all else"),
    _query("service_code", "种类代码，逗号分隔 · Codes of services, parted by commas"),
    _query(
        "start_date",
        "起始时刻，含时区，跨度至多 90 天 · Earliest moment, with a zone; at most 90 days are spanned",
        _or_empty(_SINCE),
    ),
    _query("end_date", "截止时刻，含时区 · Latest moment, with a zone", _or_empty(_SINCE)),
    _query(
        "status",
        "open、closed，逗号分隔 · open or closed, parted by commas",
        {"type": "string", "enum": ["open", "closed", "open,closed", ""]},
    ),
    _query("page", "第几页 · Page", _or_empty({"type": "integer", "minimum": 1, "maximum": 1_000_000})),
    _query(
        "page_size",
        "每页条数 · Requests on a page",
        _or_empty({"type": "integer", "minimum": 1, "maximum": MOST_REQUESTS}),
    ),
    _query("extensions", "不起作用 · Without effect"),
)
_REPORT: Spec = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "api_key": _STRING, "jurisdiction_id": _STRING, "service_code": _STRING,
        "lat": {"type": "number", "minimum": -90, "maximum": 90}, "long": {"type": "number", "minimum": -180, "maximum": 180},
        "address_string": {"type": "string", "maxLength": 500}, "address_id": _STRING,
        "description": {"type": "string", "maxLength": MAX_DESCRIPTION}, "media_url": _STRING,
        **{name: {**_STRING, "description": "不予保存 · Not kept"} for name in
           ("email", "device_id", "account_id", "first_name", "last_name", "phone")},
    },
    "required": ["service_code"],
    "dependentRequired": {"lat": ["long"], "long": ["lat"]},
    "anyOf": [{"required": ["lat", "long"]}, {"required": ["address_string"]}, {"required": ["address_id"]}],
}  # fmt: skip
_BODY: Spec = {
    "required": True,
    "content": {
        "application/x-www-form-urlencoded": {
            "schema": _REPORT,
            "example": {"service_code": "road", "address_id": "210902003013"},
        }
    },
}
_AGAIN: Spec = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$"},
    "description": "重复请求时给出同一值，不会重复登记 · The same value again files nothing again",
}  # fmt: skip
# What our own middleware answers before the request reaches the standard's own errors.
_BEFORE = ("body-too-large", "uri-too-long", "headers-too-large", "internal")
_LATER = ("500", "503", "504")
_ABOUT: dict[str, tuple[str, Spec, tuple[Spec, ...]]] = {
    "open311_services": ("Open311 服务种类 · Services", {"type": "array", "items": _ref("Open311Service")}, _COMMON),
    "open311_service": ("Open311 服务定义 · Service definition", _ref("Open311Definition"),
                        (_in_path("service_code", "种类代码 · Code of the service", "road"), *_COMMON)),
    "open311_requests": ("Open311 诉求列表 · Service requests", {"type": "array", "items": _ref("Open311Request")}, _FILTERS),
    "open311_report": ("Open311 提交诉求 · File a report", {"type": "array", "items": _ref("Open311Filed")}, (_AGAIN,)),
    "open311_request": ("Open311 单个诉求 · A service request", {"type": "array", "items": _ref("Open311Request")},
                        (_in_path("service_request_id", "问题编号 · Id of the case", IDS["Case"]), *_COMMON, _FILTERS[-1])),
    "open311_token": ("Open311 凭证 · Request of a token", {"type": "array", "items": _ref("Open311Token")},
                      (_in_path("token", "凭证 · Token", "step-1"), *_COMMON)),
    "open311_discovery": ("Open311 服务发现 · Discovery", _ref("Open311Discovery"), _COMMON),
}  # fmt: skip


def of(name: str, form: str) -> Spec:
    """What the document says of one operation in JSON or XML."""
    summary, schema, parameters = _ABOUT[name]
    media = "application/json" if form == "json" else "text/xml"
    good = "201" if name == "open311_report" else "200"
    errors: Spec = {
        "description": "Errors of GeoReport v2",
        "content": {media: {"schema": _ref("Open311Errors") if form == "json" else _STRING}},
    }
    wrong = dict.fromkeys(("400", "403", "404", *(["409"] if name == "open311_report" else []), *_LATER), errors)
    return {
        "summary": f"{summary} ({form.upper()})",
        "parameters": list(parameters),
        **({"requestBody": _BODY} if name == "open311_report" else {}),
        "responses": {
            good: {"description": summary, "content": {media: {"schema": schema if form == "json" else _STRING}}},
            **problems(_BEFORE),
            **{status: _either(errors, status) for status in wrong},
        },
        "security": [{}, {"bearer": []}, {"apiKey": []}],
    }


def _either(errors: Spec, status: str) -> Spec:
    """The standard's errors; for 500 and 503 ours too, which come from before the address was looked at."""
    if status not in _LATER:
        return errors
    return {**errors, "content": {**errors["content"], "application/problem+json": {"schema": _ref("Problem")}}}
