"""Every error as problem details (RFC 9457): a stable code, what is wrong, what to do.

``type`` is the path ``/problems/<code>``, where the same server explains the problem in both languages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

import orjson
from starlette.responses import Response

from govnet_api.texts import texts
from govnet_graph.errors import GovnetError

_log = logging.getLogger("govnet.api")
MEDIA_TYPE = "application/problem+json"
Headers = Mapping[str, str]

STATUS: Mapping[str, int] = {
    "address-refused": 400,
    "bad-cursor": 400,
    "bad-input": 400,
    "bad-parameter": 400,
    "bad-request": 400,
    "bad-statement": 400,
    "ledger-unreadable": 400,
    "plan-option-invalid": 400,
    "key-required": 401,
    "case-not-yours": 403,
    "cypher-off": 403,
    "not-allowed": 403,
    "plan-own": 403,
    "statement-refused": 403,
    "no-such-path": 404,
    "not-found": 404,
    "not-in-snapshot": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "capacity-invalid": 409,
    "case-state": 409,
    "cursor-stale": 409,
    "delivery-state": 409,
    "locks-contradict": 409,
    "no-candidates": 409,
    "no-certificate": 409,
    "not-a-proposal": 409,
    "not-resumable": 409,
    "list-state": 409,
    "not-undoable": 409,
    "nothing-to-propose": 409,
    "plan-edit-invalid": 409,
    "plan-not-approved": 409,
    "plan-open": 409,
    "plan-overtaken": 409,
    "plan-state": 409,
    "planner-error": 409,
    "requirement-not-writable": 409,
    "snapshot-stale": 409,
    "too-many-ended": 409,
    "write-conflict": 409,
    "body-too-large": 413,
    "ledger-too-large": 413,
    "uri-too-long": 414,
    "unsupported-media-type": 415,
    "misdirected": 421,
    "invalid-request": 422,
    "key-reused": 422,
    "cypher-busy": 429,
    "export-busy": 429,
    "headers-too-large": 431,
    "internal": 500,
    "query-failed": 500,
    "busy": 503,
    "engine-unreachable": 503,
    "graph-unusable": 503,
    "keys-unusable": 503,
    "nothing-loaded": 503,
    "notices-unusable": 503,
    "query-timeout": 504,
}
# Errors of the graph that say the same to a caller of the API: what is loaded there cannot be served.
_SAME = {
    "foreign-graph": "graph-unusable",
    "schema-too-new": "graph-unusable",
    "disk-full": "internal",
    "file-damaged": "internal",
    "file-unreadable": "ledger-unreadable",
    "govnet-error": "internal",
    "question-invalid": "internal",
}
_OF_HTTP = {
    400: "bad-request",
    401: "key-required",
    403: "not-allowed",
    404: "no-such-path",
    405: "method-not-allowed",
    406: "not-acceptable",
    409: "write-conflict",
    413: "body-too-large",
    414: "uri-too-long",
    415: "unsupported-media-type",
    422: "invalid-request",
    431: "headers-too-large",
    503: "busy",
    504: "query-timeout",
}
_RETRY_AFTER = {
    "busy": "1",
    "cypher-busy": "2",
    "export-busy": "2",
    "engine-unreachable": "5",
    "nothing-loaded": "10",
    "write-conflict": "1",
}
# Their own words may name addresses, paths or values of this machine; callers get the catalogue's words instead.
_WITHHELD = frozenset({"internal", "query-failed", "engine-unreachable", "keys-unusable", "notices-unusable"})


class Problem(GovnetError):
    """A problem of the HTTP interface itself.

    Parameters
    ----------
    code : str
        One of ``STATUS``.
    message, hint : str
        What is wrong and what to do; both end with a full stop.
    parameter : str
        The parameter that is to blame, where there is one.
    headers : mapping
        Extra headers of the response.
    """

    def __init__(
        self, code: str, message: str, hint: str = "", *, parameter: str = "", headers: Headers | None = None
    ) -> None:
        super().__init__(message, hint)
        self.code = code
        self.parameter = parameter
        self.headers = dict(headers or {})


def code_of(error: GovnetError) -> str:
    """The documented code of an error: its own, else that of the nearest ancestor that is documented."""
    if error.code in STATUS:
        return error.code
    for kind in type(error).__mro__:
        code = getattr(kind, "code", "")
        if code in STATUS or code in _SAME:
            return _SAME.get(code, code)
    return "internal"


def of_http(status: int) -> str:
    """The code of a status that the framework gave."""
    return _OF_HTTP.get(status, "internal" if status >= 500 else "bad-request")


def document(
    code: str,
    detail: str,
    *,
    request_id: str,
    hint: str = "",
    parameter: str = "",
    more: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """The members of a problem; ``more`` adds those that only some problems have."""
    told = {
        "type": f"/problems/{code}",
        "title": texts()[f"problem.{code}.title"].en,
        "status": STATUS[code],
        "detail": detail,
        "instance": f"urn:govnet:request:{request_id}",
        "code": code,
    }
    if hint:
        told["hint"] = hint
    if parameter:
        told["parameter"] = parameter
    return told | dict(more or {})


def response(
    code: str,
    detail: str,
    *,
    request_id: str,
    hint: str = "",
    parameter: str = "",
    headers: Headers | None = None,
    more: Mapping[str, object] | None = None,
) -> Response:
    """The response that tells of a problem."""
    extra = dict(headers or {})
    if code in _RETRY_AFTER:
        extra.setdefault("retry-after", _RETRY_AFTER[code])
    if STATUS[code] == 401:
        extra.setdefault("www-authenticate", 'Bearer realm="govnet"')
    extra.setdefault("cache-control", "no-store")
    extra.setdefault("content-language", "en")
    told = document(code, detail, request_id=request_id, hint=hint, parameter=parameter, more=more)
    return Response(orjson.dumps(told), STATUS[code], extra, MEDIA_TYPE)


def of_error(error: GovnetError, request_id: str, known: Mapping[str, str] | None = None) -> Response:
    """The response to one of our own errors.

    ``known`` renames a question's parameters to those of the route, such as ``unit`` to ``id``.
    """
    code = code_of(error)
    if STATUS[code] >= 500:
        _log.warning("%s in request %s: %s", code, request_id, error.message)
    detail = said_of(error, code)
    named = str(getattr(error, "parameter", "") or getattr(error, "name", ""))
    moved = getattr(error, "moved", None)
    return response(
        code,
        detail,
        request_id=request_id,
        hint=error.hint,
        parameter=(known or {}).get(named, named),
        headers=getattr(error, "headers", None),
        more={"moved": moved} if moved else None,
    )


def said_of(error: GovnetError | None, code: str) -> str:
    """What a caller is told of an error: its own words, or the catalogue's where those may name what is not theirs to know."""
    return texts()[f"problem.{code}.meaning"].en if error is None or code in _WITHHELD else error.message


def documented(codes: Iterable[str]) -> dict[str, list[str]]:
    """Codes by status, as text, in the order of statuses: how an operation's problems are listed in the contract."""
    found: dict[str, list[str]] = {}
    for code in sorted(set(codes), key=lambda c: (STATUS[c], c)):
        found.setdefault(str(STATUS[code]), []).append(code)
    return found
