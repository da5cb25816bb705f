"""Puts an agenda together from the answers of questions, all of one data version. It judges nothing itself."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from govnet_graph.cases.agenda import words
from govnet_graph.cases.agenda.cells import shown, text_of
from govnet_graph.cases.agenda.model import Agenda, Row, Section
from govnet_graph.documents import Notes
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions import question
from govnet_graph.questions.values import today
from govnet_graph.schema import Text
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.reader import Answer, ask, home_of

_SHOWN = 30
_LIMIT = 1000
_ATTEMPTS = 4
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = 365


@dataclass(frozen=True, slots=True)
class _Asked:
    """A section: the question, what it is asked with, and the columns that are shown."""

    key: str
    question: str
    given: Mapping[str, object]
    columns: tuple[str, ...]


def _plan(area: str, as_of: dt.date, days: int) -> tuple[_Asked, ...]:
    here = {"area": area}
    year = {**here, "at_least": 2, "from": as_of - dt.timedelta(days=_YEAR)}
    return (
        _Asked("unmet", "unmet-needs", here, ("need", "area", "services", "headcount", "priority", "raised_on", "candidates")),
        _Asked("lapsed", "needs", {**here, "state": "lapsed"}, ("need", "area", "services", "headcount", "due_on", "owners")),
        _Asked("cases", "late-cases", here, ("case", "area", "reasons", "due_on", "days_late", "holders")),
        _Asked("idle", "idle-resources", here, ("resource", "kind", "verdict", "reasons", "possible", "capacity", "offered_by")),
        _Asked(
            "night", "idle-resources", {**here, "kind": "parking", "hour": 22, "reason": "capacity-unused"},
            ("resource", "schedule", "capacity", "verdict", "offered_by", "places"),
        ),
        _Asked("pairings", "expiring-pairings", {**here, "days": days}, ("unit", "area", "services", "until", "days_left", "others")),
        _Asked("projects", "projects", {**here, "late": True}, ("project", "state", "due_on", "needs", "owners")),
        _Asked("recurring", "recurring-gaps", year, ("area", "service", "requirement", "state", "needs", "cases")),
    )  # fmt: skip


def as_of_month(month: str, as_of: dt.date | None = None, day: dt.date | None = None) -> tuple[str, dt.date]:
    """Month and day of an agenda: without a day the present one, or the nearest of the month. Raises BadInput.

    >>> as_of_month("2026-05", day=dt.date(2026, 6, 10))
    ('2026-05', datetime.date(2026, 5, 31))
    """
    now = as_of or day or today()
    if not month:
        return f"{now:%Y-%m}", now
    if not _MONTH.fullmatch(month):
        raise BadInput(f"{month[:20]!r} is not a month such as 2026-06.")
    if as_of is not None:
        return month, as_of
    try:
        first = dt.date(int(month[:4]), int(month[5:]), 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    except (ValueError, OverflowError):
        raise BadInput(f"{month!r} is not a month that can be asked about.") from None
    return month, min(max(now, first), last)


async def agenda(
    graph: Graph, *, area: str = "", month: str = "", as_of: dt.date | None = None, days: int = 60
) -> Agenda:
    """The agenda of the joint meeting of an area.

    Parameters
    ----------
    graph : Graph
    area : str
        Code of a district, street, community or grid; the loaded district where left out.
    month : str
        Month of the meeting, such as 2026-06; that of the day where left out.
    as_of : date, optional
        Day that is told of; today where left out, or the day of the month that is nearest to it.
    days : int
        How far to look ahead for pairings that end.

    Raises
    ------
    BadInput, NotFound, NothingLoaded, WriteConflict
        The month or area is none; the graph is written to without a pause.
    """
    month, day = as_of_month(month, as_of)
    home = area or await home_of(graph) or ""
    for _ in range(_ATTEMPTS):
        asked = _plan(home, day, days)
        answers = [await _ask(graph, one, day) for one in asked]
        ids = sorted({row[0]["id"] for answer in answers for row in answer.rows})
        origins = await _origins(graph, ids, day)
        kinds = await ask(graph, question("case-kinds"), {"as_of": day, "limit": _LIMIT})
        versions = {answer.data_version for answer in (*answers, kinds, *origins[1])}
        if len(versions) == 1:
            place = await _place(graph, home)
            made = _Made(day, versions.pop(), origins[0])
            sections = tuple(made.section(one, answer, days) for one, answer in zip(asked, answers, strict=True))
            return Agenda((home, place), month, day, days, made.version, sections, made.notes.all())
    raise WriteConflict("The graph is being written to without a pause.", hint="Try again in a moment.")


async def _ask(graph: Graph, one: _Asked, day: dt.date) -> Answer:
    return await ask(graph, question(one.question), {**one.given, "as_of": day, "limit": _LIMIT}, names=False)


async def _origins(graph: Graph, ids: Sequence[str], day: dt.date) -> tuple[dict[str, dict[str, Any]], list[Answer]]:
    """Where each record comes from, by its id."""
    found: dict[str, dict[str, Any]] = {}
    answers = []
    for at in range(0, len(ids), _LIMIT):
        given = {"ids": list(ids[at : at + _LIMIT]), "as_of": day, "limit": _LIMIT}
        answers.append(await ask(graph, question("sources-of"), given))
        found |= {row["record"]["id"]: row for row in answers[-1].records()}
    return found, answers


async def _place(graph: Graph, area: str) -> str:
    rows = await graph.read("MATCH (a:Entity {id: $id}) RETURN a.name", {"id": area})
    if not rows:
        raise NotFound(f"There is no area {area[:60]!r}.")
    return str(rows[0][0])


@dataclass(slots=True)
class _Made:
    """The agenda in the making: its notes are numbered in the order in which they are needed; a note is said once."""

    day: dt.date
    version: int
    origins: Mapping[str, Mapping[str, Any]]
    notes: Notes = field(default_factory=Notes)

    def section(self, one: _Asked, answer: Answer, days: int) -> Section:
        """One section with its notes."""
        title = words.SECTIONS[one.key]
        title = Text(title.zh.format(days=days), title.en.format(days=days))
        columns = {column.name: column for column in answer.question.columns}
        records = answer.records()
        total = self.notes.number(self._counted(one, records))
        rows = tuple(self._row(one, columns, record) for record in records[:_SHOWN])
        headings = tuple(columns[name].text for name in one.columns)
        return Section(one.key, title, headings, rows, len(records), answer.more, total)

    def _row(self, one: _Asked, columns: Mapping[str, Any], record: Mapping[str, Any]) -> Row:
        subject = record[next(iter(columns))]["id"]
        origin = self.origins.get(subject, {})
        # A relationship that a row is about has a source of its own.
        source = (origin.get("source") or {}).get("name") if one.key != "pairings" else record["source"]
        ref = record["source_ref"] if one.key == "pairings" else origin.get("source_ref")
        made = bool(origin.get("synthetic"))
        told = words.NO_SOURCE
        if source:
            told = Text(*(getattr(words.ROW_NOTE, x).format(source=source, ref=ref or "—") for x in ("zh", "en")))
        if made:
            told = Text(told.zh + words.MADE.zh, told.en + words.MADE.en)
        cells = tuple(shown(columns[name].type, record[name]) for name in one.columns)
        return Row(subject, cells, self.notes.number(told), made)

    def _counted(self, one: _Asked, records: Sequence[Mapping[str, Any]]) -> Text:
        """Where the number of a section comes from: the question, and the sources of the records behind it."""
        given = ", ".join(f"{name}={text_of(value)}" for name, value in sorted(one.given.items()))
        behind: Counter[str] = Counter()
        for record in records:
            subject = next(iter(record.values()))["id"]
            behind[(self.origins.get(subject, {}).get("source") or {}).get("name") or "?"] += 1
        listed = ", ".join(f"{name} ×{count}" for name, count in sorted(behind.items()))
        said = []
        for lang in ("zh", "en"):
            tail = getattr(words.BEHIND, lang).format(sources=listed) if listed else ""
            said.append(
                getattr(words.TOTAL_NOTE, lang).format(
                    question=one.question, parameters=given, as_of=self.day, version=self.version, behind=tail
                )
            )
        return Text(*said)
