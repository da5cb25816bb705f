"""The way of a request: parameters, cursor, entity tag, question, bytes. The same for every operation."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from fastapi import Request, Response
from starlette.types import Scope

from govnet_api import etags, render
from govnet_api.connection import Connection
from govnet_api.cursors import Cursor, Cursors
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import ANSWERS, CSV, DOCX, JSON, NAMED, choose, language
from govnet_api.operations import PREFIX, Bound
from govnet_api.security import Caller, audit
from govnet_graph.errors import GovnetError
from govnet_graph.questions import BadParameter
from govnet_graph.questions.values import today
from govnet_graph.standards.answers import answer_writer, told
from govnet_graph.store.reader import Answer
from govnet_graph.store.whole import whole

Endpoint = Callable[[Request], Awaitable[Response]]
_FORM = frozenset({"format"})
#: Rows of a whole answer at most; a table in a document of more pages is read by nobody.
MOST_ROWS, MOST_ROWS_IN_WORD = 50_000, 5_000
CACHE = "private, no-cache"
VARY = "Accept, Authorization, X-API-Key"
_CSV_TYPE = "text/csv; charset=utf-8; header=present"


@dataclass(frozen=True, slots=True)
class Services:
    """What operations need: the graph and the maker of cursors."""

    connection: Connection
    cursors: Cursors
    #: Whole answers that may be read at once.
    filing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    def parameters(self, bound: Bound, given: Mapping[str, str]) -> tuple[dict[str, object], Cursor | None]:
        """What to ask the question with, and the cursor that came with it. Raises BadCursor."""
        named = bound.for_question(given)
        cursor = self.cursors.read(given["cursor"], bound.question.id, given) if "cursor" in given else None
        if cursor is not None:
            named["skip"], named["as_of"] = cursor.skip, cursor.as_of
        return named, cursor


def endpoint(bound: Bound, services: Services) -> Endpoint:
    """The function that answers requests of one operation."""
    responder = _Responder(bound, services)

    async def answer(request: Request) -> Response:
        scope = request.scope
        try:
            return await responder.respond(scope)
        except GovnetError as error:
            return of_error(error, scope["govnet.request_id"], bound.public)

    answer.__name__ = bound.operation.id
    return answer


class _Responder:
    def __init__(self, bound: Bound, services: Services) -> None:
        self._bound = bound
        self._services = services
        self._described = f'<{PREFIX}/questions/{bound.question.id}/definition>; rel="describedby"'

    async def respond(self, scope: Scope) -> Response:
        """The response to one request. Raises GovnetError."""
        headers: dict[bytes, bytes] = scope["govnet.headers"]
        caller: Caller = scope["govnet.caller"]
        given = self._bound.given(scope["query_string"], scope["path_params"], _FORM)
        media = _media(given, headers.get(b"accept", b"").decode("latin-1"))
        day = today()
        lang = language(headers.get(b"accept-language", b"").decode("latin-1")) if media == DOCX else ""
        key = self._key(given, media + lang, caller)
        wanted = headers.get(b"if-none-match", b"").decode("latin-1")
        if wanted and not etags.names_any(wanted):
            tag = etags.etag((await self._services.connection.state()).data_version, day, key)
            if etags.names(wanted, tag):
                return unchanged(tag)
        answer = await self._ask(given, day, media, names=caller.names)
        tag = etags.etag(answer.data_version, day, key)
        if wanted and etags.names_any(wanted):
            return unchanged(tag)
        if caller.names and self._bound.may_hold_names:
            self._record(caller, answer, scope)
        if media not in (JSON, CSV):
            return await self._file(answer, media, tag, names=caller.names, lang=lang)
        return self._response(answer, given, media, tag)

    def _key(self, given: Mapping[str, str], media: str, caller: Caller) -> bytes:
        """Everything that decides the representation besides the data and the day."""
        return b"\0".join(
            (
                self._bound.fingerprint,
                media.encode(),
                b"names" if caller.names else b"masked",
                repr(sorted(given.items())).encode(),
            )
        )

    async def _ask(self, given: Mapping[str, str], day: dt.date, media: str, *, names: bool) -> Answer:
        bound, connection = self._bound, self._services.connection
        named, cursor = self._services.parameters(bound, given)
        if _is_whole(given):
            answer = await self._whole(named, cursor.skip if cursor else 0, day, media, names=names)
        else:
            answer = await connection.ask(bound.question, named, names=names, day=day)
        if cursor is not None:
            cursor.require_fresh(answer.data_version)
        if bound.operation.single:
            bound.require_one(answer.rows)
        return answer

    async def _whole(self, named: Mapping[str, object], first: int, day: dt.date, media: str, *, names: bool) -> Answer:
        """Every row after the ``first``. A few such answers at a time: each holds many rows in memory."""
        asked, connection, filing = self._bound.question, self._services.connection, self._services.filing
        if filing.locked():
            raise Problem("export-busy", "Other whole answers are being read.", "Try again when they have been.")
        async with filing:
            answer = await whole(
                lambda skip, rows: connection.ask(
                    asked, {**named, "skip": first + skip}, names=names, day=day, rows_at_most=rows
                ),
                most=MOST_ROWS_IN_WORD if media == DOCX else MOST_ROWS,
            )
        return replace(answer, parameters={**answer.parameters, "skip": first})

    def _record(self, caller: Caller, answer: Answer, scope: Scope) -> None:
        audit.info(
            "names read key=%s route=%s rows=%d request=%s",
            caller.key,
            self._bound.path,
            len(answer.rows),
            scope["govnet.request_id"],
        )

    def _response(self, answer: Answer, given: Mapping[str, str], media: str, tag: str) -> Response:
        bound = self._bound
        headers = {"etag": tag, "cache-control": CACHE, "vary": VARY, "link": self._described}
        following = self._following(answer, given)
        if media == CSV:
            headers["content-disposition"] = f'attachment; filename="{bound.question.id}.csv"'
            if following is not None:
                kept = (bound.query_names | _FORM) - {"whole"}
                query = {name: value for name, value in given.items() if name in kept}
                headers["link"] = f'<?{urlencode({**query, "cursor": following})}>; rel="next", {self._described}'
            return Response(render.table(answer), 200, headers, _CSV_TYPE)
        if bound.operation.single:
            return Response(render.single(answer, bound.columns), 200, headers, JSON)
        return Response(render.page(answer, bound.columns, following), 200, headers, JSON)

    async def _file(self, answer: Answer, media: str, tag: str, *, names: bool, lang: str) -> Response:
        """The answer as a workbook, a Word document (in the language that the caller prefers) or a graph, to keep."""
        bound = self._bound
        form = next(form for form, named in NAMED.items() if named == media)
        marked = await told(await self._services.connection.graph(), answer, names=names, lang=lang or "zh")
        out = io.BytesIO()
        await asyncio.to_thread(answer_writer(form), marked, out)
        headers = {"etag": tag, "cache-control": CACHE, "vary": VARY, "link": self._described}
        if lang:
            headers["vary"] = f"{VARY}, Accept-Language"
        headers["content-disposition"] = f'attachment; filename="{bound.question.id}.{form}"'
        return Response(out.getvalue(), 200, headers, media)

    def _following(self, answer: Answer, given: Mapping[str, str]) -> str | None:
        if not answer.more or self._bound.operation.single:
            return None
        skip = answer.parameters["skip"]
        assert isinstance(skip, int)
        after = Cursor(skip + len(answer.rows), answer.data_version, answer.as_of)
        return self._services.cursors.make(self._bound.question.id, given, after)


def _media(given: Mapping[str, str], accept: str) -> str:
    """The media type that was asked for: by the parameter ``format``, else by the Accept header."""
    form = given.get("format")
    if form is not None:
        if form not in NAMED:
            raise BadParameter("format", f"There is no format {form[:40]!r}.", hint=f"There are {', '.join(NAMED)}.")
        return NAMED[form]
    media = choose(accept, ANSWERS)
    if media is None:
        raise Problem(
            "not-acceptable",
            "The Accept header names neither JSON nor CSV, nor another form of an answer.",
            f"Send Accept: {JSON} or Accept: {CSV}.",
        )
    return media


def _is_whole(given: Mapping[str, str]) -> bool:
    """Whether every row is asked for at once. Raises BadParameter."""
    value = given.get("whole", "false")
    if value not in ("true", "false"):
        raise BadParameter("whole", f"Parameter whole: {value[:40]!r} is neither true nor false.")
    return value == "true"


def unchanged(tag: str) -> Response:
    """Says that the caller has the newest version already."""
    return Response(None, 304, {"etag": tag, "cache-control": CACHE, "vary": VARY})
