"""The lists at work, the agenda of the joint meeting and what the cases teach, on engines."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import json
import zipfile

import pytest
from docx import Document
from lxml import etree, html
from openpyxl import load_workbook

from govnet_graph.cases import KeyReused
from govnet_graph.cases.agenda import FORMS, agenda, as_of_month, write
from govnet_graph.cases.lessons import lessons
from govnet_graph.cases.lists import LIST_STEPS, ListConflict, ListRequest, Thing, take_list_step
from govnet_graph.changes import undo
from govnet_graph.errors import BadInput, GovnetError, NotFound
from govnet_graph.questions import question
from govnet_graph.records import problems_of
from govnet_graph.store.content import content_hash
from govnet_graph.store.driver import Graph
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear
from tests.agreement import reload

DAY = dt.date(2026, 6, 1)
NEED, PROJECT = Thing.NEED, Thing.PROJECT


@pytest.fixture
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    yield on_graph
    on_graph(clear)


def _on(day: int) -> dt.date:
    return DAY + dt.timedelta(days=day)


async def _take(graph: Graph, thing: Thing, step: str, **more: object):
    return await take_list_step(graph, ListRequest(thing=thing, step=step, **more))  # type: ignore[arg-type]


async def _need(graph: Graph, need: str, day: dt.date) -> dict:
    return (await ask(graph, question("needs"), {"need": need, "as_of": day})).records()[0]


def test_a_need_is_opened_met_by_something_reopened_and_taken_back(loaded):
    async def work(graph):
        before = await content_hash(graph)
        given = {
            "name": "老人助餐",
            "area": "990101001001001",
            "services": ("meals",),
            "owner": "org-community-1",
            "headcount": 8,
        }
        first = await _take(graph, NEED, "open", on=DAY, due_on=_on(9), key="k", **given)
        again = await _take(graph, NEED, "open", on=DAY, due_on=_on(9), key="k", **given)
        with pytest.raises(KeyReused):
            await _take(graph, NEED, "open", on=DAY, key="k", **given)
        need = first.id
        plans = [first.plan]
        for step, day, more in (
            ("assign", 1, {"owner": "org-street-1"}), ("meet", 2, {"by": "res-parking"}), ("reopen", 20, {"reason": "撤了"}),
            ("meet", 30, {"by": "res-parking"}), ("reopen", 40, {"reason": "又撤了"}), ("withdraw", 41, {"reason": "不再需要"}),
        ):  # fmt: skip
            plans.append((await _take(graph, NEED, step, id=need, on=_on(day), **more)).plan)
        told = {day: await _need(graph, need, _on(day)) for day in (0, 2, 20, 30, 41)}
        faults = list(problems_of(*await read_records(graph)))
        for plan in reversed(plans):
            await undo(graph, plan, author="tester", reason="test")
        for source in [
            row[0] for row in await graph.read("MATCH (p:Plan {name: 'Record of steps taken with lists'}) RETURN p.id")
        ]:
            await undo(graph, source, author="tester", reason="test")
        return first, again, told, faults, before, await content_hash(graph)

    first, again, told, faults, before, after = loaded(work)
    assert faults == []
    assert again.already and (again.id, again.state, again.plan) == (first.id, first.state, first.plan)
    assert [told[day]["state"] for day in (0, 2, 20, 30, 41)] == ["open", "met", "open", "met", "withdrawn"]
    assert [[o["id"] for o in told[day]["owners"]] for day in (0, 2)] == [["org-community-1"], ["org-street-1"]]
    met = told[30]["met_by"]
    assert [(m["by"]["id"], m["since"], m["source"]) for m in met] == [("res-parking", _on(30), "src-list-desk")]
    assert told[20]["overdue"] and told[41]["withdrawn_on"] == _on(41)
    assert after == before, "taken back, the graph holds what it held"


def test_a_project_is_planned_started_finished_and_only_then_meets_a_need(loaded):
    async def work(graph):
        project = (
            await _take(
                graph,
                PROJECT,
                "plan",
                name="理发点",
                for_needs=("need-4",),
                services=("haircut",),
                owner="unit-e",
                on=DAY,
            )
        ).id
        with pytest.raises(BadInput, match="meets nothing yet"):
            await _take(graph, NEED, "meet", id="need-4", by=project, on=_on(1))
        await _take(graph, PROJECT, "start", id=project, on=_on(3))
        with pytest.raises(ListConflict, match="running"):
            await _take(graph, PROJECT, "start", id=project, on=_on(3))
        await _take(graph, PROJECT, "finish", id=project, on=_on(30))
        await _take(graph, NEED, "meet", id="need-4", by=project, on=_on(31))
        rows = [
            (await ask(graph, question("projects"), {"project": project, "as_of": _on(d)})).records()[0]
            for d in (0, 3, 30)
        ]
        return project, rows, await _need(graph, "need-4", _on(31))

    project, rows, need = loaded(work)
    assert [row["state"] for row in rows] == ["planned", "running", "done"]
    assert [n["id"] for n in rows[0]["needs"]] == ["need-4"] and [o["id"] for o in rows[0]["owners"]] == ["unit-e"]
    assert need["state"] == "met" and need["met_by"][0]["by"]["id"] == project


BAD = {
    "unknown step": (NEED, "dance", {"id": "need-1"}, BadInput, "Steps are"),
    "unknown need": (NEED, "meet", {"id": "need-x", "by": "res-forum"}, NotFound, "no need"),
    "a project is no need": (NEED, "withdraw", {"id": "proj-1", "reason": "x"}, NotFound, "no need"),
    "unknown area": (NEED, "open", {"name": "x", "area": "990199"}, NotFound, "no area"),
    "no area": (NEED, "open", {"name": "x"}, BadInput, "area"),
    "unknown service": (NEED, "open", {"name": "x", "area": "990101", "services": ("magic",)}, BadInput, "no service"),
    "nothing that meets it": (NEED, "meet", {"id": "need-1"}, BadInput, "by"),
    "met by what is not there": (NEED, "meet", {"id": "need-1", "by": "res-x"}, NotFound, "no by"),
    "met by what closed": (NEED, "meet", {"id": "need-1", "by": "res-canteen-1"}, BadInput, "not there"),
    "met by a member": (NEED, "meet", {"id": "need-1", "by": "member-01"}, BadInput, "cannot be"),
    "met twice": (NEED, "meet", {"id": "need-2", "by": "res-forum"}, ListConflict, "met"),
    "the future": (NEED, "meet", {"id": "need-1", "by": "res-forum", "on": dt.date(2100, 1, 1)}, BadInput, "future"),
    "before it was raised": (
        NEED,
        "meet",
        {"id": "need-1", "by": "res-forum", "on": dt.date(2026, 1, 1)},
        BadInput,
        "before",
    ),
    "no reason": (NEED, "withdraw", {"id": "need-1"}, BadInput, "reason"),
    "finished before it began": (PROJECT, "finish", {"id": "proj-1"}, ListConflict, "start"),
    "an id that is taken": (NEED, "open", {"name": "x", "area": "990101", "id": "unit-a"}, ListConflict, "already"),
    "what it does not take": (PROJECT, "start", {"id": "proj-1", "by": "res-forum"}, BadInput, "takes no by"),
}


def test_bad_input_is_refused_and_nothing_is_written(loaded):
    async def work(graph):
        await _take(graph, NEED, "assign", id="need-1", owner="org-street-1", on=_on(1))
        before, wrong = await content_hash(graph), []
        for name, (thing, step, given, kind, said) in BAD.items():
            try:
                await _take(graph, thing, step, **{"on": _on(2), **given})
                wrong.append((name, "was taken"))
            except GovnetError as error:
                if not isinstance(error, kind) or said not in f"{error}":
                    wrong.append((name, type(error).__name__, str(error)))
        return wrong, before, await content_hash(graph)

    wrong, before, after = loaded(work)
    assert wrong == [] and before == after


def test_of_those_who_meet_one_need_at_once_one_wins(loaded):
    async def work(graph):
        tries = [
            _take(graph, NEED, "meet", id="need-3", by=by, on=_on(1)) for by in ("res-parking", "res-station", "unit-a")
        ]
        return await asyncio.gather(*tries, return_exceptions=True), await _need(graph, "need-3", _on(1))

    found, need = loaded(work)
    assert sorted(type(one).__name__ for one in found) == ["ListConflict", "ListConflict", "ListOutcome"]
    assert len(need["met_by"]) == 1


def test_the_agenda_holds_what_the_questions_answer_with_sources(loaded):
    async def work(graph):
        found = await agenda(graph, as_of=DAY, days=120)
        return (
            found,
            await agenda(graph, as_of=DAY, days=120),
            await agenda(graph, area="990101002002", month="2026-06", as_of=DAY),
        )

    found, again, small = loaded(work)
    by_key = {section.key: section for section in found.sections}
    ids = {key: [row.id for row in section.rows] for key, section in by_key.items()}
    assert ids["unmet"] == ["need-1", "need-4", "need-3"] and ids["cases"] == ["case-1", "case-2"]
    assert ids["night"] == ["res-parking"] and "res-forum" not in ids["idle"] and ids["pairings"] == []
    assert [section.total for section in small.sections if section.key in ("unmet", "night")] == [1, 0]
    notes = {note.number: note.text for note in found.notes}
    assert notes[by_key["unmet"].rows[0].note].zh == "需求清单,row 2"
    assert "unmet-needs" in notes[by_key["unmet"].note].zh and "需求清单 ×3" in notes[by_key["unmet"].note].zh
    assert all(section.note in notes and all(row.note in notes for row in section.rows) for section in found.sections)
    assert found == again
    whole = json.dumps(found.as_json(), ensure_ascii=False)
    assert "演示成员六" not in whole and "夜间" in whole
    for form in FORMS:
        for lang in ("zh", "en"):
            assert write(found, form, lang) == write(again, form, lang), form


def test_each_form_of_the_agenda_reads_back(loaded):
    found = loaded(lambda graph: agenda(graph, as_of=DAY))
    page = html.fromstring(write(found, "html").decode())
    assert len(page.findall(".//h2")) == len(found.sections) + 1 and "松社区夜间停车" in page.text_content()
    targets = {a.get("href") for a in page.iterfind(".//sup/a")}
    assert targets == {f"#{li.get('id')}" for li in page.iterfind(".//ol/li")}, (
        "each note is referred to, and each reference leads somewhere"
    )
    english = html.fromstring(write(found, "html", "en").decode())
    assert (
        english.get("lang") == "en"
        and "Unmet needs" in english.text_content()
        and "Nothing of this kind" in english.text_content()
    )
    raw = write(found, "docx")
    document = Document(io.BytesIO(raw))
    assert len(document.tables) == sum(bool(s.rows) for s in found.sections)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
        notes = etree.fromstring(packed.read("word/footnotes.xml")).findall("w:footnote", names)
        held = {n.get(f"{{{names['w']}}}id"): "".join(n.itertext()) for n in notes}
        used = etree.fromstring(packed.read("word/document.xml")).findall(".//w:footnoteReference", names)
        assert len(used) == len(found.sections) + sum(len(s.rows) for s in found.sections) == len(held) - 2
        assert {u.get(f"{{{names['w']}}}id") for u in used} <= set(held)
        assert any("需求清单,row 2" in text for text in held.values())
    book = load_workbook(io.BytesIO(write(found, "xlsx")))
    assert len(book.sheetnames) == len(found.sections) + 2
    with pytest.raises(BadInput, match="cannot be written"):
        write(found, "pdf")


def test_the_day_of_an_agenda_is_that_of_its_month():
    assert as_of_month("", DAY) == ("2026-06", DAY)
    assert as_of_month("2026-07", day=DAY) == ("2026-07", dt.date(2026, 7, 1))
    assert as_of_month("2026-02", day=DAY) == ("2026-02", dt.date(2026, 2, 28))
    for bad in ("2026", "2026-13", "06-2026", "0000-01"):
        with pytest.raises(BadInput):
            as_of_month(bad, day=DAY)


def test_what_the_cases_teach(loaded):
    async def work(graph):
        return await lessons(graph, as_of=DAY, least=2), await lessons(graph, as_of=DAY)

    small, usual = loaded(work)
    rates = {(r["area"]["id"], r["channel"]): r for r in small.rates}
    assert rates["990101", "full-time-worker"]["withheld"], "one case of two is solved: both counts are small"
    assert all(r["rate"] is None for r in usual.rates), "all counts of this district are below five"
    assert small.load[0]["workers"] == 5 and small.load[0]["area"]["name"] == "甲区"
    assert {t["responder"]["id"] for t in small.times} == {"unit-a", "unit-b", "unit-d"}
    assert all(t["dispatched"] is None for t in small.times)


def test_bad_lessons_are_refused(loaded):
    async def work(graph):
        for given in ({"level": "Grid"}, {"first": DAY, "last": _on(-1)}, {"area": "990199"}):
            with pytest.raises(BadInput):
                await lessons(graph, as_of=DAY, **given)

    loaded(work)


def test_each_step_of_the_lists_is_described():
    assert all(step.text.zh and step.about.en for step in LIST_STEPS.values())
    assert {step.to for step in LIST_STEPS.values()} - {None} == {
        "open",
        "met",
        "withdrawn",
        "planned",
        "running",
        "done",
    }
