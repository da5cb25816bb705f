"""The whole graph as a file, in the formats and standards of the field.

The file is made first and sent then, so that a failure is a problem document and never half a file. One at a time: it reads
everything.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import tempfile
from collections.abc import AsyncIterator, Mapping
from typing import IO, Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from govnet_api import etags
from govnet_api.connection import Connection
from govnet_api.contract import document
from govnet_api.errors import Problem, of_error
from govnet_api.negotiate import choose
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import Caller, audit
from govnet_graph import __version__
from govnet_graph.errors import GovnetError
from govnet_graph.keys import Scope as Right
from govnet_graph.questions import BadParameter
from govnet_graph.standards.exporting import FORMATS, Format, export
from govnet_graph.standards.model import Disclosure

_CHUNK = 65_536
_ANY_DAY = dt.date(2000, 1, 1)  # an export tells of all days
_CACHE = {"cache-control": "private, no-cache", "vary": "Accept, Authorization, X-API-Key"}
_SWITCHES = {
    "names": "含成员姓名等个人信息（密钥需有 names 权限） · With members' names and other personal data (needs the scope names)",
    "history": "含变更历史与记录时刻 · With plans, changes, superseded relationships and moments of recording",
    "raw": "CSV 供程序读取，不做公式转义 · CSV for programs: text that a spreadsheet might run is left as it is",
}


class _File(StreamingResponse):
    """A file sent in pieces, closed whatever happens to the connection."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str], media: str) -> None:
        super().__init__(self._pieces(file), 200, headers, media)
        self._file = file

    @staticmethod
    async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
        while piece := await asyncio.to_thread(file.read, _CHUNK):
            yield piece

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def register(app: FastAPI, connection: Connection) -> None:
    """Adds ``/api/v1/export/…``, one address per format."""
    busy = asyncio.Lock()

    async def no_such_format(request: Request) -> Response:
        asked = str(request.path_params["format"])[:100]
        error = Problem("not-found", f"There is no format {asked!r}.", f"There are {', '.join(FORMATS)}.")
        return of_error(error, request.scope["govnet.request_id"])

    for wanted in FORMATS.values():
        handler = _Exporting(connection, wanted, busy)
        add(
            app,
            f"{PREFIX}/export/{wanted.id}",
            handler.answer,
            name=f"export_{wanted.id}",
            tag="system",
            spec=_spec(wanted),
        )
    add(app, PREFIX + "/export/{format}", no_such_format, name="no_such_format")


class _Exporting:
    """One format's address."""

    def __init__(self, connection: Connection, wanted: Format, busy: asyncio.Lock) -> None:
        self._connection = connection
        self._format = wanted
        self._busy = busy

    async def answer(self, request: Request) -> Response:
        """The file, or the problem."""
        try:
            return await self._answer(request.scope)
        except GovnetError as error:
            return of_error(error, request.scope["govnet.request_id"])

    async def _answer(self, scope: Scope) -> Response:
        headers: dict[bytes, bytes] = scope["govnet.headers"]
        caller: Caller = scope["govnet.caller"]
        media = self._format.media
        if choose(headers.get(b"accept", b"").decode("latin-1"), (media,)) is None:
            raise Problem("not-acceptable", f"The Accept header does not name {media}.", f"Send Accept: {media}.")
        switches = self._switches(scope["query_string"])
        if "names" in switches and not caller.names:
            raise Problem(
                "not-allowed",
                "This caller may not see names of members.",
                f"Leave names out, or use a key that has the scope {Right.NAMES.value}.",
            )
        key = "\0".join((__version__, "export", self._format.id, *sorted(switches))).encode()
        version = (await self._connection.state()).data_version
        tag = etags.etag(version, _ANY_DAY, key)
        wanted = headers.get(b"if-none-match", b"").decode("latin-1")
        if etags.names_any(wanted) or etags.names(wanted, tag):
            return Response(None, 304, {"etag": tag, **_CACHE})
        if self._busy.locked():
            raise Problem("export-busy", "Another export is under way.", "Try again when it has ended.")
        async with self._busy:
            file, version = await self._made(
                Disclosure("names" in switches, "history" in switches), raw="raw" in switches
            )
        if "names" in switches:
            audit.info(
                "names read key=%s route=%s/export/%s rows=all request=%s",
                caller.key,
                PREFIX,
                self._format.id,
                scope["govnet.request_id"],
            )
        told = {"etag": etags.etag(version, _ANY_DAY, key), **_CACHE}
        told["content-disposition"] = f'attachment; filename="govnet-{self._format.id}-v{version}{self._format.suffix}"'
        return _File(file, told, media)

    async def _made(self, disclosure: Disclosure, *, raw: bool) -> tuple[IO[bytes], int]:
        """The file, to be read from its beginning and closed, and the version of the data in it."""
        file = await asyncio.to_thread(tempfile.TemporaryFile)
        try:
            about = await export(await self._connection.graph(), self._format, file, disclosure, raw=raw)
            await asyncio.to_thread(file.seek, 0)
        except BaseException:
            file.close()
            raise
        return file, about.data_version

    def _switches(self, query: bytes) -> frozenset[str]:
        """The switches that are on. Raises BadParameter."""
        found: dict[str, str] = {}
        try:
            pairs = parse_qsl(query.decode(), keep_blank_values=True, errors="strict", max_num_fields=10)
        except ValueError:
            raise BadParameter("", "The query string is not valid UTF-8 or has too many parts.") from None
        for name, value in pairs:
            if name not in _SWITCHES:
                raise BadParameter(
                    name[:100],
                    f"An export takes no parameter {name[:100]!r}.",
                    hint=f"It takes: {', '.join(_SWITCHES)}.",
                )
            if name in found:
                raise BadParameter(name, f"Parameter {name!r} is given twice.", hint="Give it once.")
            if value not in ("true", "false"):
                raise BadParameter(name, f"Parameter {name}: {value[:40]!r} is neither true nor false.")
            found[name] = value
        return frozenset(name for name, value in found.items() if value == "true")


def _spec(wanted: Format) -> dict[str, Any]:
    """What the document says of one format's address."""
    codes = (
        "not-acceptable", "bad-parameter", "not-allowed", "engine-unreachable", "graph-unusable", "nothing-loaded", "query-timeout",
        "query-failed", "write-conflict", "export-busy",
    )  # fmt: skip
    said = f"整个图谱：{wanted.text.zh} · The whole graph: {wanted.text.en}"
    told = document.plain(said, {"type": "string", "format": "binary"}, guarded=True, codes=codes)
    schema = told["responses"]["200"]["content"].pop("application/json")["schema"]
    told["responses"]["200"]["content"][wanted.media] = {
        "schema": {"type": "object"} if wanted.media.endswith("json") else schema
    }
    told["parameters"] = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": text,
            "schema": {"type": "boolean", "default": False},
        }
        for name, text in _SWITCHES.items()
    ]
    return told
