"""The report of a period: put together once for a version of the data, told to each audience, written in each form."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response

from govnet_api import etags
from govnet_api.answers import CACHE, VARY, unchanged
from govnet_api.connection import Connection
from govnet_api.contract import reports as spec
from govnet_api.errors import Problem
from govnet_api.files import MEDIA, as_file
from govnet_api.given import choice, day
from govnet_api.guarded import Access, guarded
from govnet_api.negotiate import choose
from govnet_api.operations import PREFIX
from govnet_api.routers.webhooks import one_of
from govnet_api.routing import add
from govnet_graph import __version__
from govnet_graph.questions.values import today
from govnet_graph.reports import FORMS, Audience, Facts, gather, made, period, write
from govnet_graph.settings import Settings

_KEPT = 4
_Key = tuple[int, str, dt.date, dt.date]


def register(app: FastAPI, connection: Connection, settings: Settings) -> None:
    """Adds ``/api/v1/report``."""
    door = _Door(connection, settings)
    handler = guarded(door.report, Access.READ)
    add(app, f"{PREFIX}/report", handler, name="get_report", tag="coverage", spec=spec.REPORT)


class _Door:
    """Keeps what the last reports rest on, so that one that was looked at is not computed anew to be kept as a file."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings
        self._facts: OrderedDict[_Key, Facts] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def report(self, request: Request) -> Response:
        """One report. Raises GovnetError."""
        headers: Mapping[bytes, bytes] = request.scope["govnet.headers"]
        given = one_of(request, "area", "from", "to", "audience", "lang", "format")
        form, lang = _form(given, headers), choice(given, "lang", ("zh", "en"), "zh")
        audience = Audience(choice(given, "audience", tuple(Audience), Audience.LEADERS))
        first, last = period(day(given, "from"), day(given, "to"), today())
        state = await self._connection.state()
        area = given.get("area") or state.home or ""
        said = repr((area, first, last, audience.value, lang, form, __version__, self._settings.least_count)).encode()
        wanted = headers.get(b"if-none-match", b"").decode("latin-1")
        tag = etags.etag(state.data_version, last, said)
        if wanted and etags.names(wanted, tag):
            return unchanged(tag)
        facts = await self._known((state.data_version, area, first, last))
        content = await asyncio.to_thread(lambda: write(made(facts, audience, self._settings.least_count), form, lang))
        own = {"cache-control": CACHE, "vary": VARY}
        if facts.certificate is None or facts.certificate.exact:
            # A certificate that was ended by the clock may be another one the next time.
            own["etag"] = etags.etag(facts.version, last, said)
        if wanted and etags.names_any(wanted):
            return unchanged(own.get("etag", tag))
        return as_file(content, form, f"report-{facts.area[0]}-{last}-{audience.value}", own)

    async def _known(self, key: _Key) -> Facts:
        """What a report rests on; one computation at a time."""
        async with self._one_at_a_time:
            if key in self._facts:
                self._facts.move_to_end(key)
                return self._facts[key]
            _, area, first, last = key
            graph = await self._connection.graph()
            found = await gather(graph, area=area, first=first, last=last, seconds=self._settings.solve_seconds)
            self._facts[(found.version, area, first, last)] = found
            while len(self._facts) > _KEPT:
                self._facts.popitem(last=False)
            return found


def _form(given: Mapping[str, str], headers: Mapping[bytes, bytes]) -> str:
    """The form that was asked for: by the parameter ``format``, else by the Accept header. Raises BadParameter, Problem."""
    if "format" in given:
        return choice(dict(given), "format", tuple(FORMS), "json")
    media = choose(headers.get(b"accept", b"").decode("latin-1"), tuple(MEDIA.values()))
    if media is None:
        raise Problem(
            "not-acceptable", "The Accept header names no form of a report.",
            f"Send Accept: {', '.join(MEDIA.values())}, or format={'|'.join(FORMS)}.",
        )  # fmt: skip
    return next(form for form, named in MEDIA.items() if named == media)


__all__ = ["register"]
