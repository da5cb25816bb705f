"""Reads the requests of another Open311 endpoint: JSON where it speaks that, else XML, span by span and page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Self
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError, XMLParser, fromstring

import httpx2
import orjson

from govnet_graph.cases.open311.model import MOST_DAYS
from govnet_graph.errors import BadInput, GovnetError

LARGEST = 50_000_000
_SECONDS = 60.0
_SPAN = dt.timedelta(days=MOST_DAYS)
#: A list of fewer requests than this is whole: no endpoint cuts earlier.
_SHORT = 50
_MOST_PAGES = 2000
_WRONG_FORM = (404, 406, 415)


class EndpointFailed(GovnetError):
    """Another endpoint did not answer, or not as GeoReport v2 says."""

    code = "endpoint-failed"


class Endpoint:
    """Another Open311 endpoint. Use as a context manager.

    Parameters
    ----------
    url : str
        Its base address, to which ``/requests.json`` is added.
    jurisdiction, key : str
        What it asks for; empty for nothing.

    Raises
    ------
    BadInput
        The address is none of http or https.
    """

    def __init__(self, url: str, jurisdiction: str = "", key: str = "") -> None:
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or parts.username
        ):
            raise BadInput(
                f"{url[:200]!r} is no address of an endpoint.", hint="Give one such as https://example.org/open311/v2."
            )
        self.url = url.rstrip("/")
        self.host = parts.netloc
        self._given = {name: text for name, text in (("jurisdiction_id", jurisdiction), ("api_key", key)) if text}
        self._form = "json"
        self._client = httpx2.Client(timeout=_SECONDS, follow_redirects=False, headers={"user-agent": "govnet"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def requests(self, since: dt.datetime, until: dt.datetime) -> Iterator[dict[str, Any]]:
        """Each request that was made in the time, once. Raises EndpointFailed."""
        seen: set[str] = set()
        start = since
        while start < until:
            end = min(start + _SPAN, until)
            query = {"start_date": _w3(start), "end_date": _w3(end)}
            for page in range(1, _MOST_PAGES):
                found = self._list({**query, **({"page": str(page)} if page > 1 else {})})
                new = [request for request in found if _id(request) not in seen]
                seen.update(map(_id, new))
                yield from new
                # An endpoint that knows no pages gives the same list again.
                if len(found) < _SHORT or not new:
                    break
            start = end

    def _list(self, query: dict[str, str]) -> list[dict[str, Any]]:
        status, body = self._get(f"{self.url}/requests.{self._form}", query)
        if self._form == "json" and (status in _WRONG_FORM or body.lstrip()[:1] == b"<"):
            self._form = "xml"
            status, body = self._get(f"{self.url}/requests.xml", query)
        if status != httpx2.codes.OK:
            raise EndpointFailed(f"{self.url} answered {status}: {body[:200].decode(errors='replace')}")
        return _json(self.url, body) if self._form == "json" else _xml(self.url, body)

    def _get(self, address: str, query: dict[str, str]) -> tuple[int, bytes]:
        try:
            with self._client.stream("GET", address, params={**self._given, **query}) as answer:
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > LARGEST:
                        raise EndpointFailed(f"{self.url} sent more than {LARGEST} bytes for one list.")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            raise EndpointFailed(f"{self.url} does not answer ({type(error).__name__}).") from error
        if answer.is_redirect:
            there = str(answer.headers.get("location", ""))[:200]
            raise EndpointFailed(
                f"{self.url} leads elsewhere, to {there!r}.", hint="Give that address, if you trust it."
            )
        return answer.status_code, body


def _w3(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _id(request: dict[str, Any]) -> str:
    return str(request.get("service_request_id") or request.get("token") or id(request))


def _json(url: str, body: bytes) -> list[dict[str, Any]]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise EndpointFailed(f"{url} sent what is no JSON: {error.msg}.") from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise EndpointFailed(f"{url} sent no list of requests.")
    return found


def _xml(url: str, body: bytes) -> list[dict[str, Any]]:
    # Entities of its own are of no use in such a list, and are how a small file becomes a large one.
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise EndpointFailed(f"{url} sent XML with a document type, which is not read.")
    try:
        root = fromstring(body, XMLParser())  # noqa: S314
    except ParseError as error:
        raise EndpointFailed(f"{url} sent what is no XML: {error}.") from error
    return [{field.tag.rpartition("}")[2]: (field.text or "").strip() for field in request} for request in root]
