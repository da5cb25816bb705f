"""What descriptions of several doors share: references, parameters, bodies, answers, and the problems that may come."""

from __future__ import annotations

from typing import Any

from govnet_api.contract.document import problems

Spec = dict[str, Any]
BASIC = ("bad-request", "body-too-large", "uri-too-long", "headers-too-large", "internal", "key-required", "misdirected",
         "busy", "keys-unusable")  # fmt: skip
GRAPH = ("query-failed", "engine-unreachable", "graph-unusable", "query-timeout")
WRITE = (*BASIC, "not-allowed")
SENT = ("bad-input", "unsupported-media-type", "invalid-request")
STRING: Spec = {"type": "string"}
OPTIONAL: Spec = {"type": ["string", "null"]}
MAP: Spec = {"type": "object", "additionalProperties": True}
TOKEN: Spec = {"type": "string", "pattern": "^[A-Za-z0-9._-]+$", "maxLength": 100}


def obj(required: list[str], **properties: Spec) -> Spec:
    """Schema of an object with these properties."""
    return {"type": "object", "properties": properties, "required": required}


def closed(required: list[str], **properties: Spec) -> Spec:
    """Schema of an object that has no others."""
    return {**obj(required, **properties), "additionalProperties": False}


def listed(items: Spec) -> Spec:
    """Schema of a list."""
    return {"type": "array", "items": items}


def ref(name: str) -> Spec:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def said(schema: Spec, zh: str, en: str) -> Spec:
    """A schema with its description in both languages."""
    return {**schema, "description": f"{zh} · {en}"}


def in_path(name: str, zh: str, en: str, schema: Spec, example: str) -> Spec:
    """A parameter in the path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": f"{zh} · {en}",
        "schema": schema,
        "example": example,
    }


AGAIN: Spec = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "重复请求时给出同一值，不会重复执行 · The same value again gives the same job again",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,100}$"},
}


def body(schema: Spec, media: str = "application/json", example: Spec | None = None, *, required: bool = False) -> Spec:
    """A request's body."""
    content: Spec = {"schema": schema, **({"example": example} if example is not None else {})}
    return {"required": required or media != "application/json", "content": {media: content}}


def operation(
    summary: str, status: str, schema: Spec | None, codes: tuple[str, ...], *parameters: Spec, body: Spec | None = None,
    media: str = "application/json", text: str = "", also: Spec | None = None,
) -> Spec:  # fmt: skip
    """What the document says of one operation; ``also`` holds further answers by status."""
    answer: Spec = {
        "description": summary,
        **({"content": {media: {"schema": schema}}} if schema is not None else {}),
    }
    return {
        "summary": summary,
        **({"description": text} if text else {}),
        "parameters": list(parameters),
        **({"requestBody": body} if body is not None else {}),
        "responses": {status: answer, **(also or {}), **problems(codes)},
    }
