"""Pieces of the pages of cases, as HTML whose texts are escaped here: the list, the facts, the forms of steps, the history."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

import orjson

from govnet_api.texts import say
from govnet_graph.cases import MACHINE, STATES, Step
from govnet_graph.schema import PROFESSIONS, SCHEMA, Text

_CHANNELS = SCHEMA.nodes["Case"].by_name["channel"].values
#: Problems that a planner may meet on these pages; their meanings come from the catalogue.
_PROBLEMS = ("case-state", "case-not-yours", "write-conflict", "plan-open", "bad-input", "invalid-request", "not-found",
             "key-required", "not-allowed", "not-undoable", "bad-parameter", "busy")  # fmt: skip
_SPARE = ("kind", "place")
Record = Mapping[str, Any]


def _in(text: Text, lang: str) -> str:
    return escape(text.en if lang == "en" else text.zh)


def told(name: str, lang: str, **values: object) -> str:
    """A text of the pages of cases."""
    return escape(say(f"cases.{name}", lang, **values))


def column(name: str, lang: str) -> str:
    """The heading of a column."""
    return escape(say(f"cases.column.{name}", lang))


def heading(name: str, lang: str) -> str:
    """A column's heading; what a narrow window can do without is marked as spare."""
    spare = ' class="spare"' if name in _SPARE else ""
    return f'<th scope="col"{spare}>{column(name, lang)}</th>'


def _ability(code: str, words: Mapping[str, str], lang: str) -> str:
    return say(f"cases.profession.{code}", lang) if code in PROFESSIONS else words.get(code, code)


def scrolling(label: str, table: str) -> str:
    """A table in a region of its own, which a keyboard can scroll where the window is narrow."""
    return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def _channel(name: str, lang: str) -> str:
    return say(f"cases.channel.{name}", lang)


def _level(level: str, lang: str) -> str:
    return say(f"cases.level.{level}", lang)


def name_of(entity: Record | None) -> str:
    """What an entity is called."""
    return escape(str(entity["name"] or entity["id"])) if entity else ""


def _day(value: object) -> str:
    return escape(str(value)) if value is not None else "—"


def step_text(name: str, lang: str) -> str:
    """What a step is called."""
    if name == "undo":
        return say("cases.undo", lang)
    return MACHINE[name].text.en if lang == "en" else MACHINE[name].text.zh


def _state(record: Record, lang: str) -> str:
    late = f' <strong class="uncovered">{told("late", lang)}</strong>' if record["late"] else ""
    return _in(STATES[record["state"]].text, lang) + late


def list_row(record: Record, kinds: Mapping[str, str], lang: str) -> str:
    """One case in the list."""
    link = f'<a href="/cases/{escape(record["case"]["id"])}?lang={lang}">{name_of(record["case"])}</a>'
    holders = "、".join(name_of(one) for one in record["holders"])
    kind = escape(kinds.get(record["kind"], record["kind"]))
    return (
        f'<tr><th scope="row">{link}</th><td>{_state(record, lang)}</td><td class="spare">{kind}</td>'
        f'<td class="spare">{name_of(record["area"])}</td><td class="day">{_day(record["next_due_on"])}</td><td>{holders or "—"}</td></tr>'
    )


def _options(values: Iterable[tuple[str, str]], chosen: str, empty: str = "") -> str:
    first = f'<option value="">{escape(empty)}</option>' if empty else ""
    return first + "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in values
    )


def filters(given: Mapping[str, str], kinds: Mapping[str, str], lang: str) -> str:
    """The form that chooses which cases are listed."""
    states = [(s.name, s.text.en if lang == "en" else s.text.zh) for s in STATES.values()]
    checked = " checked" if given.get("late") == "true" else ""
    return (
        f'<form method="get" action="/cases" role="search"><input type="hidden" name="lang" value="{lang}"><p>'
        f'<label for="state">{column("state", lang)}</label> '
        f'<select id="state" name="state">{_options(states, given.get("state", ""), say("cases.open", lang))}</select> '
        f'<label for="kind">{column("kind", lang)}</label> '
        f'<select id="kind" name="kind">{_options(kinds.items(), given.get("kind", ""), say("cases.all", lang))}</select> '
        f'<label for="area">{told("area", lang)}</label> '
        f'<input id="area" name="area" size="16" value="{escape(given.get("area", ""))}"> '
        f'<label><input type="checkbox" name="late" value="true"{checked}> {told("late-only", lang)}</label> '
        f"<button>{told('filter', lang)}</button></p></form>"
    )


def pager(given: Mapping[str, str], at: int, more: bool, lang: str) -> str:
    """Links to the pages before and after."""

    def link(number: int, text: str) -> str:
        query = escape(urlencode({**given, "lang": lang, "page": number}))
        return f'<a href="/cases?{query}">{told(text, lang)}</a>'

    parts = [link(at - 1, "earlier")] if at > 1 else []
    parts += [link(at + 1, "later")] if more else []
    return f'<nav aria-label="{told("pages", lang)}"><p>{" · ".join(parts)}</p></nav>' if parts else ""


def _field(name: str, label: str, lang: str, *, required: bool = False, long: bool = False, id_: str = "") -> str:
    needed = " required" if required else ""
    where = id_ or name
    box = (
        f'<textarea id="{where}" name="{name}" rows="2" maxlength="2000"{needed}></textarea>'
        if long
        else f'<input id="{where}" name="{name}" maxlength="200"{needed}>'
    )
    return f'<p><label for="{where}">{told(label, lang)}</label> {box}</p>'


def raising(kinds: Mapping[str, str], lang: str) -> str:
    """The form that raises a case."""
    channels = [(name, _channel(name, lang)) for name in _CHANNELS]
    return (
        f'<h2 id="raise">{told("raise", lang)}</h2><p id="status" role="alert"></p><form data-raise data-key="{secrets.token_hex(16)}">'
        f"{_field('name', 'what', lang, required=True, id_='raise-name')}{_field('area', 'where', lang, required=True, id_='raise-area')}"
        f'<p><label for="raise-kind">{column("kind", lang)}</label> '
        f'<select id="raise-kind" name="kind">{_options(kinds.items(), "unsorted")}</select> '
        f'<label for="raise-channel">{told("channel", lang)}</label> '
        f'<select id="raise-channel" name="channel">{_options(channels, "resident")}</select></p>'
        f"{_field('description', 'description', lang, long=True)}<p><button>{_in(MACHINE['raise'].text, lang)}</button></p></form>"
    )


def facts(now: Record, kinds: Mapping[str, str], lang: str) -> str:
    """How a case stands."""
    places = "、".join(name_of(one) for one in now["areas"])
    level = _level(now["level"], lang) if now["level"] else "—"
    shown = [
        (column("state", lang), _state(now, lang)),
        (column("kind", lang), escape(kinds.get(now["kind"], now["kind"]))),
        (column("place", lang), places or told("no-place", lang)),
        (told("level", lang), escape(level)),
        (told("channel", lang), escape(_channel(now["channel"], lang))),
        (told("raised-on", lang), _day(now["raised_on"])),
        (column("next-due", lang), _day(now["next_due_on"])),
        (told("due-on", lang), _day(now["due_on"])),
    ]
    if now["details"].get("description"):
        shown.append((told("description", lang), escape(str(now["details"]["description"]))))
    listed = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in shown)
    assumed = f'<p class="notice">{told("assumed", lang)}</p>' if now["due_assumed"] else ""
    synthetic = f'<p class="notice">{told("synthetic", lang)}</p>' if now["synthetic"] else ""
    return f'{synthetic}<dl class="facts">{listed}</dl>{assumed}'


def step_form(step: Step, now: Record, proposed: str, kinds: Mapping[str, str], lang: str) -> str:
    """The form of one step."""
    id_ = f"step-{step.name}"
    parts = [f'<p id="{id_}-about">{_in(step.about, lang)}</p>']
    if "target" in step.needs:
        parts += [proposed, _field("other", "other-target", lang, id_=f"{id_}-other")]
    if "kind" in step.needs:
        others = [(code, text) for code, text in kinds.items() if code != now["kind"]]
        parts.append(
            f'<p><label for="{id_}-kind">{column("kind", lang)}</label> <select id="{id_}-kind" name="kind">{_options(others, "")}</select></p>'
        )
    label = "reason" if "reason" in step.needs else "reason-optional"
    parts.append(_field("reason", label, lang, required="reason" in step.needs, long=True, id_=f"{id_}-reason"))
    return (
        f'<form data-step="{step.name}" data-key="{secrets.token_hex(16)}" aria-describedby="{id_}-about"><details{" open" if _first(step, now) else ""}>'
        f"<summary>{_in(step.text, lang)}</summary>{''.join(parts)}<p><button>{_in(step.text, lang)}</button></p></details></form>"
    )


def _first(step: Step, now: Record) -> bool:
    """Whether a step is the one that usually comes next, so that it stands open."""
    usual = {
        "raised": "dispatch",
        "whistled": "dispatch",
        "refused": "dispatch",
        "dispatched": "accept",
        "accepted": "done",
        "solved": "confirm",
    }
    return usual.get(str(now["state"])) == step.name


def candidates(found: list[dict[str, Any]], words: Mapping[str, str], lang: str) -> str:
    """Who could answer, with the path that makes them able or responsible; one of them can be chosen."""
    if not found:
        return f"<p>{told('no-candidates', lang)}</p>"
    columns = ("candidate", "why", "path", "load")
    head = "".join(f'<th scope="col">{column(name, lang)}</th>' for name in columns)
    rows = []
    for number, one in enumerate(found):
        who = one["candidate"]
        path = " → ".join(name_of(node) for node in one["path"]["nodes"][1:])
        why = "、".join(escape(say(f"cases.reason.{name}", lang)) for name in one["reasons"])
        notes = [told("refused-before", lang)] if one["refused"] else []
        notes += [told(f"resource-{one['open']}", lang)] if one["open"] else []
        fits = "、".join(escape(_ability(str(name), words, lang)) for name in one["matches"])
        # Members are shown by their roles, which several share.
        code = f" <code>{escape(who['id'])}</code>" if who["label"] == "Member" else ""
        rows.append(
            f'<tr><th scope="row"><input type="radio" name="target" id="target-{number}" value="{escape(who["id"])}"> '
            f'<label for="target-{number}">{name_of(who)}</label>{code}</th><td>{why}{f" ({fits})" if fits else ""}{" · ".join(["", *notes])}</td>'
            f'<td>{path}</td><td class="number">{one["load"]}</td></tr>'
        )
    caption = say("cases.candidates", lang)
    return scrolling(
        caption,
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>",
    )


def undo(last: str | None, lang: str) -> str:
    """The form that takes the last step back; empty where there is none."""
    if last is None:
        return ""
    return (
        f'<form data-undo data-step-id="{escape(last)}"><details><summary>{told("undo", lang)}</summary><p>{told("undo-about", lang)}</p>'
        f"{_field('reason', 'reason-optional', lang, long=True, id_='undo-reason')}<p><button>{told('undo', lang)}</button></p></details></form>"
    )


def history(taken: list[dict[str, Any]], kinds: Mapping[str, str], lang: str) -> str:
    """What was done with a case."""
    columns = ("day", "step", "state", "by", "to", "reason", "source")
    head = "".join(f'<th scope="col">{column(name, lang)}</th>' for name in columns)
    rows = []
    for row in taken:
        detail = str(row["detail"] or "")
        if row["step"] in ("raise", "sort"):
            detail = kinds.get(detail, detail)
        elif detail:
            detail = _level(detail, lang)
        step = MACHINE.get(row["step"])
        said = "; ".join(escape(part) for part in (detail, str(row["reason"] or "")) if part)
        by = name_of(row["actor"]) or escape(str(row["author"] or ""))
        rows.append(
            f'<tr><td class="day">{_day(row["day"])}</td><th scope="row">{_in(step.text, lang) if step else escape(row["step"])}</th>'
            f"<td>{_in(STATES[row['to_state']].text, lang)}</td><td>{by or '—'}</td><td>{name_of(row['target']) or '—'}</td>"
            f"<td>{said or '—'}</td><td><code>{escape(str(row['source']))} {escape(str(row['source_ref'] or ''))}</code></td></tr>"
        )
    return scrolling(
        say("cases.history", lang), f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def script(about: Mapping[str, Any], lang: str) -> str:
    """The script of the page with the texts that it needs."""
    texts = {code: say(f"problem.{code}.meaning", lang) for code in _PROBLEMS}
    texts |= {
        "failed": say("cases.failed", lang),
        "sending": say("cases.sending", lang),
        "choose": say("cases.choose", lang),
    }
    said = orjson.dumps({**about, "texts": texts}).decode()
    return (
        f'<noscript><p class="notice">{told("script", lang)}</p></noscript><div id="told" hidden data-lang="{lang}" data-told="{escape(said)}"></div>'
        '<script type="module" src="/static/cases.js"></script>'
    )
