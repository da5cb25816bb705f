"""What the OpenAPI document says of webhooks, standing questions and notices."""

from __future__ import annotations

from typing import Any

from govnet_api.contract.document import problems
from govnet_api.operations import ID_FORM
from govnet_graph.cases.notify.addresses import MAX_URL
from govnet_graph.cases.notify.webhooks import MAX_LABEL
from govnet_graph.cases.watches.cases import EVENTS

Spec = dict[str, Any]
_BASIC = ("bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected",
          "busy", "keys-unusable", "notices-unusable")  # fmt: skip
_READ = (*_BASIC, "bad-parameter")
_MIND = (*_BASIC, "not-allowed")
_SENT = ("unsupported-media-type", "invalid-request", "bad-input")
_GRAPH = ("query-failed", "engine-unreachable", "graph-unusable", "query-timeout", "nothing-loaded", "bad-parameter")
_STRING: Spec = {"type": "string"}
_NULLABLE: Spec = {"type": ["string", "null"]}
_MOMENT: Spec = {"type": "string", "format": "date-time"}
_INTEGER: Spec = {"type": "integer"}
_MAP: Spec = {"type": "object", "additionalProperties": True}
_TEXT: Spec = {"$ref": "#/components/schemas/BothLanguages"}
_LABEL: Spec = {"type": "string", "maxLength": MAX_LABEL, "description": "名称 · What its owner calls it"}


def _object(properties: Spec, optional: tuple[str, ...] = ()) -> Spec:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _ref(name: str) -> Spec:
    return {"$ref": f"#/components/schemas/{name}"}


_WEBHOOK: Spec = {
    "id": _STRING, "url": _STRING, "label": _STRING, "author": _STRING, "created": _MOMENT,
    "disabled": {**_NULLABLE, "description": "停用原因 · Why nothing is sent there any more"},
}  # fmt: skip
SCHEMAS: dict[str, Spec] = {
    "Webhook": _object(_WEBHOOK),
    "NewWebhook": _object({
        **_WEBHOOK,
        "secret": {**_STRING, "description": "签名密钥，只显示这一次 · Secret that deliveries are signed with, shown this once (Standard Webhooks)"},
    }),
    "Delivery": _object({
        "id": _INTEGER, "message": {**_STRING, "description": "webhook-id: the same at each attempt"}, "type": _STRING, "webhook": _STRING,
        "state": {"type": "string", "enum": ["waiting", "delivered", "dead"]}, "attempts": _INTEGER, "created": _MOMENT,
        "tried": {**_MOMENT, "type": ["string", "null"]}, "due": {**_MOMENT, "type": ["string", "null"]},
        "status": {"type": ["integer", "null"]}, "error": _NULLABLE,
    }),
    "Watch": _object({
        "id": _STRING, "kind": {"type": "string", "enum": ["question", "cases"]}, "label": _STRING, "title": _TEXT, "question": _NULLABLE,
        "parameters": {"type": "object", "additionalProperties": _STRING}, "webhooks": {"type": "array", "items": _STRING},
        "author": _STRING, "created": _MOMENT, "as_of": {"type": ["string", "null"], "format": "date"},
        "data_version": {"type": ["integer", "null"]}, "evaluated": {**_MOMENT, "type": ["string", "null"]},
        "problem": {**_NULLABLE, "description": "为何不能回答 · Why it could not be answered the last time"},
        "feeds": _object({"atom": _STRING, "json": _STRING}),
    }),
    "Notice": _object({
        "number": _INTEGER, "id": _STRING, "watch": _STRING, "kind": {"type": "string", "enum": ["answer", "case", "problem", "restored"]},
        "type": {**_STRING, "description": "webhook 消息类型 · Type of the webhook message, such as watch.changed or case.late"},
        "title": _TEXT, "created": _MOMENT, "data": _MAP,
    }),
}  # fmt: skip


def _list(name: str, *, pages: bool = False) -> Spec:
    items: Spec = {"items": {"type": "array", "items": _ref(name)}}
    if pages:
        items["next"] = {
            "type": ["integer", "null"],
            "description": "下一页的 before · Value of `before` for the next page",
        }
    return _object(items)


def _in_path(name: str, said: str, pattern: str, example: str) -> Spec:
    schema: Spec = {"type": "string", "pattern": pattern, "maxLength": 60}
    return {"name": name, "in": "path", "required": True, "description": said, "schema": schema, "example": example}


def _query(name: str, said: str, schema: Spec) -> Spec:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema}


_WEBHOOK_ID = _in_path("webhook", "回调编号 · Id of the webhook", "^[A-Za-z0-9-]+$", "webhook-0123abcd")
_WATCH_ID = _in_path("watch", "关注编号 · Id of the watch", "^[A-Za-z0-9-]+$", "watch-0123abcd")
_DELIVERY_ID = _in_path("delivery", "投递编号 · Id of the delivery", "^[0-9]+$", "1")
_BEFORE = _query(
    "before",
    "只要编号更小的 · Only those with a smaller number",
    {"type": "integer", "minimum": 1, "maximum": 10**15 - 1},
)
_AFTER = _query(
    "after",
    "只要编号更大的 · Only those with a larger number",
    {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
)
_STATE = _query(
    "state", "投递状态 · State of the delivery", {"type": "string", "enum": ["waiting", "delivered", "dead"]}
)
_LANG = _query("lang", "语言 · Language", {"type": "string", "enum": ["zh", "en"]})


def _limit(most: int, default: int) -> Spec:
    return _query(
        "limit", "最多条数 · Most items", {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    )


def _body(schema: Spec, example: Spec) -> Spec:
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}


def _spec(
    summary: str, status: str, schema: Spec | None, codes: tuple[str, ...], *parameters: Spec, body: Spec | None = None,
    about: str = "", media: str = "application/json",
) -> Spec:  # fmt: skip
    answered: Spec = {
        "description": summary,
        **({"content": {media: {"schema": schema}}} if schema is not None else {}),
    }
    return {
        "summary": summary,
        **({"description": about} if about else {}),
        "parameters": list(parameters),
        **({"requestBody": body} if body is not None else {}),
        "responses": {status: answered, **problems(codes)},
    }


# Narrower than what is taken: what it describes is always an address that a webhook may have.
_URL: Spec = {
    "type": "string", "minLength": 8, "maxLength": MAX_URL, "format": "uri", "description": "https 或 http 地址 · Address, https or http",
    "pattern": "^https?://([a-z0-9]{1,60}\\.)+(org|com|net|cn)(:[1-9][0-9]{0,3})?(/[A-Za-z0-9._~/-]*)?$",
}  # fmt: skip
_NEW_WEBHOOK = _body(
    {**_object({"url": _URL, "label": _LABEL}, ("label",)), "additionalProperties": False},
    {"url": "https://example.org/hook", "label": "12345"},
)
_WATCHED: Spec = {"label": _LABEL, "webhooks": {"type": "array", "items": _STRING, "maxItems": 100}}
_NEW_WATCH = _body(
    {
        "oneOf": [
            {
                **_object(
                    {
                        "kind": {"const": "question"},
                        "question": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 100,
                            "description": "问题编号 · Id of the question",
                        },
                        "parameters": {
                            "type": "object",
                            "description": "问题的参数 · Parameters of the question",
                            "additionalProperties": {
                                "type": ["string", "integer", "boolean", "array"],
                                "items": _STRING,
                            },
                        },
                        **_WATCHED,
                    },
                    ("kind", "parameters", "label", "webhooks"),
                ),
                "additionalProperties": False,
            },
            {
                **_object(
                    {
                        "kind": {"const": "cases"},
                        "parameters": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "event": {
                                    "type": "string",
                                    "enum": [*EVENTS, ""],
                                    "description": "只要这些动态，逗号分隔 · Only these, parted by commas",
                                },
                                "area": {"type": "string", "pattern": f"^$|{ID_FORM}", "maxLength": 60},
                            },
                        },
                        **_WATCHED,
                    },
                    ("parameters", "label", "webhooks"),
                ),
                "additionalProperties": False,
            },
        ]
    },
    {"question": "coverage-gaps", "parameters": {"area": "210902003013"}, "label": "爱民社区缺口"},
)
_SIGNED = (
    "每次投递按 Standard Webhooks 签名；失败时按指数间隔重试，用尽后保留为 dead，可以重发。\n\nDeliveries are signed as Standard Webhooks has it, tried again "
    "with exponential pauses, kept as `dead` when given up, and can be replayed. Redirects are not followed."
)
_ABOUT: dict[str, Spec] = {
    "list_webhooks": _spec("全部回调 · Webhooks", "200", _list("Webhook"), (*_MIND, "bad-parameter")),
    "add_webhook": _spec("新增回调 · Add a webhook", "201", _ref("NewWebhook"), (*_MIND, *_SENT, "address-refused"), body=_NEW_WEBHOOK, about=_SIGNED),
    "get_webhook": _spec("回调 · A webhook", "200", _ref("Webhook"), (*_MIND, "bad-parameter", "not-found"), _WEBHOOK_ID),
    "remove_webhook": _spec("删除回调 · Remove a webhook", "204", None, (*_MIND, "not-found"), _WEBHOOK_ID),
    "test_webhook": _spec("测试回调 · Send a test now", "200", _ref("Delivery"), (*_MIND, "not-found"), _WEBHOOK_ID),
    "list_deliveries": _spec("投递记录 · Deliveries, newest first", "200", _list("Delivery", pages=True), (*_MIND, "bad-parameter", "not-found"),
                             _WEBHOOK_ID, _STATE, _BEFORE, _limit(1000, 100)),
    "replay_delivery": _spec("重发 · Send a delivery once more", "202", _ref("Delivery"),
                             (*_MIND, "bad-input", "not-found", "delivery-state"), _WEBHOOK_ID, _DELIVERY_ID),
    "list_watches": _spec("全部关注 · Standing questions", "200", _list("Watch"), _READ),
    "add_watch": _spec("新增关注 · Watch a question, or cases", "201", _ref("Watch"), (*_MIND, *_SENT, *_GRAPH, "not-found"), body=_NEW_WATCH,
                       about="答案变化时通知一次；成员姓名始终遮蔽。\n\nA change of the answer is told once; names of members stay masked."),
    "get_watch": _spec("关注 · A standing question", "200", _ref("Watch"), (*_READ, "not-found"), _WATCH_ID),
    "remove_watch": _spec("取消关注 · Remove a watch", "204", None, (*_MIND, "not-found"), _WATCH_ID),
    "run_watch": _spec("立即核对 · Answer it now", "200", _list("Notice"), (*_MIND, *_GRAPH, "not-found"), _WATCH_ID),
    "list_watch_notices": _spec("该关注的通知 · What it told, newest first", "200", _list("Notice", pages=True), (*_READ, "not-found"),
                                _WATCH_ID, _BEFORE, _AFTER, _limit(200, 50)),
    "watch_feed_atom": _spec("Atom 订阅 · Atom feed", "200", _STRING, (*_READ, "not-found"), _WATCH_ID, _LANG, media="application/atom+xml"),
    "watch_feed_json": _spec("JSON Feed 订阅 · JSON Feed", "200", _MAP, (*_READ, "not-found"), _WATCH_ID, _LANG, media="application/feed+json"),
    "list_notices": _spec("全部通知 · Notices, newest first", "200", _list("Notice", pages=True), _READ, _BEFORE, _AFTER, _limit(200, 50)),
}  # fmt: skip


def of(name: str) -> Spec:
    """What the document says of one operation."""
    return _ABOUT[name]
