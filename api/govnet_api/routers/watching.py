"""The page of what is watched and what it told. Reading it needs no script; adding and removing goes through ``/api/v1``."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request, Response

from govnet_api import page
from govnet_api.errors import STATUS, code_of
from govnet_api.negotiate import language
from govnet_api.operations import PREFIX
from govnet_api.routing import add
from govnet_api.security import Guard
from govnet_api.standing import Standing
from govnet_api.texts import say
from govnet_graph.cases.watches.feeds import moment, summary
from govnet_graph.cases.watches.model import Notice, Watch
from govnet_graph.cases.watches.questions import called
from govnet_graph.errors import GovnetError
from govnet_graph.questions import catalogue

_SHOWN = 50
_LATEST = 3
_TEXTS = ("adding", "added", "confirm-remove", "failed", "key-needed", "removed")


def register(app: FastAPI, standing: Standing, guard: Guard) -> None:
    """Adds ``/watches``."""

    async def watches(request: Request) -> Response:
        asked = request.query_params.get("lang")
        lang = asked if asked in ("zh", "en") else language(request.headers.get("accept-language", ""))
        status = 200
        try:
            await guard.caller(request.scope, request.scope["govnet.headers"])
            body = await asyncio.to_thread(_body, standing, lang)
        except GovnetError as error:
            code = code_of(error)
            status = 200 if STATUS[code] < 500 else STATUS[code]
            said = escape(say(f"problem.{code}.meaning", lang))
            body = (
                f'<h1>{_said("heading", lang)}</h1><p class="notice">{said} <a href="/problems/{code}">{code}</a></p>'
            )
        return page.html(say("watches.heading", lang), body, lang, status)

    add(app, "/watches", watches, name="watches")


def latest(standing: Standing, lang: str) -> str:
    """The newest notices, for the start page; empty where nothing was ever told."""
    found = standing.watches.notices(limit=_LATEST)
    if not found:
        return ""
    more = f'<p><a href="/watches?lang={lang}">{_said("all", lang)}</a></p>'
    return f"<h2>{_said('notices', lang)}</h2>{_notices(found, lang)}{more}"


def _said(name: str, lang: str) -> str:
    return escape(say(f"watches.{name}", lang))


def _body(standing: Standing, lang: str) -> str:
    watched, told = standing.watches.list(), standing.watches.notices(limit=_SHOWN)
    told_of = _notices(told, lang) or f"<p>{_said('none-told', lang)}</p>"
    standing_now = _watched(watched, lang) or f"<p>{_said('none-watched', lang)}</p>"
    texts = orjson.dumps({name: say(f"watches.{name}", lang) for name in _TEXTS}).decode()
    return (
        f"<h1>{_said('heading', lang)}</h1><p>{_said('about', lang)}</p>"
        f'<p id="status" role="status" aria-live="polite"></p>'
        f"<h2>{_said('notices', lang)}</h2>{told_of}"
        f"<h2>{_said('watched', lang)}</h2>{standing_now}{_form(lang)}"
        f'<div id="texts" hidden data-texts="{escape(texts)}"></div><script type="module" src="/static/watches.js"></script>'
    )


def _notices(found: Sequence[Notice], lang: str) -> str:
    """Notices, the newest first, each with what it tells folded below its title."""
    items = []
    for notice in found:
        title = escape(notice.title.en if lang == "en" else notice.title.zh)
        lines = "".join(f"<li>{escape(line)}</li>" for line in summary(notice, lang).splitlines())
        inside = f"<details><summary>{title}</summary><ul>{lines}</ul></details>" if lines else title
        when = moment(notice.created)
        items.append(f'<li><time datetime="{when}">{when[:16].replace("T", " ")} UTC</time> {inside}</li>')
    return f'<ul class="notices">{"".join(items)}</ul>' if items else ""


def _watched(found: Sequence[Watch], lang: str) -> str:
    heads = "".join(
        f'<th scope="col">{_said(name, lang)}</th>' for name in ("what", "parameters", "as-of", "feeds", "remove")
    )
    rows = "".join(_row(watch, lang) for watch in found)
    return (
        f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>' if found else ""
    )


def _row(watch: Watch, lang: str) -> str:
    text, here = called(watch), f"{PREFIX}/watches/{quote(watch.id)}"
    given = " ".join(f"{name}={value}" for name, value in watch.parameters.items())
    problem = f'<p class="uncovered">{escape(watch.problem)}</p>' if watch.problem else ""
    feeds = f'<a href="{here}/feed.atom?lang={lang}">Atom</a> <a href="{here}/feed.json?lang={lang}">JSON</a>'
    button = f'<button type="button" data-remove="{escape(watch.id)}">{_said("remove", lang)}</button>'
    day = watch.day.isoformat() if watch.day else ""
    return (
        f'<tr><th scope="row">{escape(text.en if lang == "en" else text.zh)}{problem}</th><td><code>{escape(given)}</code></td>'
        f"<td>{day}</td><td>{feeds}</td><td>{button}</td></tr>"
    )


def _form(lang: str) -> str:
    """What to watch: a question of the catalogue or cases, with parameters as they stand in addresses."""
    asked = "".join(
        f'<option value="{escape(q.id)}">{escape(q.text.en if lang == "en" else q.text.zh)}</option>'
        for q in catalogue().values()
    )
    return (
        f'<form id="add"><fieldset><legend>{_said("add", lang)}</legend>'
        f'<p><label>{_said("what", lang)} <select name="question"><option value="">{_said("cases", lang)}</option>{asked}</select></label></p>'
        f'<p><label>{_said("parameters", lang)} <input name="parameters" placeholder="area=210902003013"></label></p>'
        f'<p><label>{_said("label", lang)} <input name="label" maxlength="100"></label> <button>{_said("add", lang)}</button></p></fieldset></form>'
        f'<noscript><p class="notice">{_said("script", lang)}</p></noscript>'
    )
