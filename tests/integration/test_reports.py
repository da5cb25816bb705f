"""Reports on the invented district: what the questions answered, for each audience, in every form, over HTTP too."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
from collections.abc import AsyncIterator, Iterator

import docx
import pytest
from docx.table import Table
from fastapi.testclient import TestClient
from lxml import html

from govnet_api.app import create_app
from govnet_graph.changes.proposals import approve, by_hand, solve
from govnet_graph.changes.proposals.editing import HandEdits
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions import question
from govnet_graph.reports import FORMS, Audience, gather, made, write
from govnet_graph.store.driver import Graph
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear
from tests.agreement import reload

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 6, 1)
HERE = "http://127.0.0.1:8000"
AUDIENCES = tuple(Audience)


@pytest.fixture(scope="module")
def loaded(on_graph, district):
    on_graph(lambda graph: reload(graph, district))
    yield on_graph
    on_graph(clear)


@pytest.fixture(scope="module")
def facts(loaded):
    return loaded(lambda graph: gather(graph, first=FIRST, last=LAST))


@pytest.fixture(scope="module")
def again(loaded):
    return loaded(lambda graph: gather(graph, first=FIRST, last=LAST))


def _rows(loaded, name: str, **given: object) -> list[dict]:
    async def work(graph: Graph) -> list[dict]:
        return (await ask(graph, question(name), {"as_of": LAST, "limit": 1000, **given})).records()

    return loaded(work)


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_data_give_the_same_bytes(facts, again, audience):
    one, two = made(facts, audience, 5), made(again, audience, 5)
    assert one == two
    for form in FORMS:
        for lang in ("zh", "en"):
            assert write(one, form, lang) == write(two, form, lang), (form, lang)


def test_figures_are_those_of_the_question_with_three_values_apart(facts, loaded):
    report = made(facts, Audience.LEADERS, 5)
    told = {(f.requirement, f.area[0]): f.now for f in report.figures if not f.whole}
    rows = _rows(loaded, "coverage-matrix", level="Street")
    assert len(told) == len(rows)
    for row in rows:
        counts = told[row["requirement"]["id"], row["area"]["id"]]
        assert counts.parts == (row["covered"], row["uncovered"], row["unknown"]) and counts.total == row["total"]
    whole = {f.requirement: f.now.parts for f in report.figures if f.whole}
    assert whole["req-grid-pairing"] == (1, 7, 0) and whole["req-grid-mediation"] == (3, 0, 5), "by hand"
    document = docx.Document(io.BytesIO(write(report, "docx", "zh")))
    table = _texts(document.tables[0])
    assert table[0][:5] == ["要求", "已覆盖", "缺口", "未知", "适用区域"]
    assert ["网格有两个结对单位", "1", "7", "0", "8"] in [row[:5] for row in table]
    assert ["网格有调解服务", "3", "0", "5", "8"] in [row[:5] for row in table]
    notes = {note.number: note.text for note in report.notes}
    coverage = report.sections[0]
    assert "coverage-matrix" in notes[coverage.lines[0].note].en and "data version" in notes[coverage.lines[0].note].en
    mediation = next(row for row in coverage.rows if row.id == "req-grid-mediation")
    assert "不完整" in notes[mediation.note].zh and "5" in notes[mediation.note].zh, "its ledger, and where that lacks"


def test_every_note_is_referred_to_and_every_reference_leads_somewhere(facts):
    for audience in AUDIENCES:
        page = html.fromstring(write(made(facts, audience, 5), "html", "en").decode())
        targets = {a.get("href") for a in page.iterfind(".//sup/a")}
        assert targets == {f"#{li.get('id')}" for li in page.iterfind(".//ol/li")}
        assert not page.xpath("//script")


def test_what_changed_is_told_with_its_source(facts, loaded):
    report = made(facts, Audience.JOINT_MEETING, 5)
    by_key = {section.key: section for section in report.sections}
    listed = _rows(loaded, "pairing-changes", **{"from": FIRST})
    assert len(by_key["pairings"].rows) == len(listed) == 3
    assert report.changes["pairings_began"] == 1 and report.changes["pairings_ended"] == 2
    notes = {note.number: note.text.zh for note in report.notes}
    ended = by_key["pairings"].rows[0]
    assert [text.zh for text in ended.cells if text] == ["丙医院", "柏一网格", "终止", "2026-04-01"]
    assert notes[ended.note] == "结对台账,row 4"
    # The same from another question: what is no gap on a day is covered, where it is judged at all.
    names = {row["requirement"]["name"]: row["requirement"]["id"] for row in facts.requirements}
    then, now = (
        {(r["area"]["id"], r["requirement"]["id"]): r["state"] for r in _rows(loaded, "coverage-gaps", as_of=day)}
        for day in (FIRST, LAST)
    )
    expected = {
        (cell, then.get(cell, "covered"), now.get(cell, "covered"))
        for cell in {*then, *now}
        if then.get(cell) != now.get(cell)
    }
    words = {"covered": "covered", "gap": "uncovered", "unknown": "unknown"}
    told = {
        ((row.id, names[row.cells[2].zh]), words[row.cells[3].en], words[row.cells[4].en])
        for row in by_key["judged"].rows
    }
    assert told == expected and len(told) == len(by_key["judged"].rows)
    lost = sum(before == "covered" for _, before, _ in expected)
    assert report.changes["lost"] == lost > 0 and report.changes["newly"] == 0


def test_gaps_are_certain_and_what_is_unknown_stands_apart(facts, loaded):
    gaps = _rows(loaded, "coverage-gaps", state="uncovered")
    unknown = _rows(loaded, "coverage-gaps", state="unknown")
    street = {section.key: section for section in made(facts, Audience.STREET, 5).sections}
    assert {(r.id, r.cells[2].zh) for r in street["gaps"].rows} == {
        (g["area"]["id"], g["requirement"]["name"]) for g in gaps
    }
    assert {(r.id, r.cells[2].zh) for r in street["unknown"].rows} == {
        (g["area"]["id"], g["requirement"]["name"]) for g in unknown
    }
    assert all("complete; there" in r.cells[3].en and "more:" in r.cells[4].en for r in street["gaps"].rows)
    assert all("not complete" in r.cells[3].en and "hand in" in r.cells[4].en for r in street["unknown"].rows)
    meeting = {section.key: section for section in made(facts, Audience.JOINT_MEETING, 5).sections}
    assert meeting["gaps"] == street["gaps"] and "unknown" not in meeting and meeting["ledgers"].rows
    leaders = {section.key: section for section in made(facts, Audience.LEADERS, 5).sections}
    per_street: dict[str, int] = {}
    for row in leaders["gaps"].rows:
        per_street[row.cells[1].zh] = per_street.get(row.cells[1].zh, 0) + 1
    assert set(per_street) == {"东街道", "西镇"} and max(per_street.values()) == 5 < len(meeting["gaps"].rows)
    assert leaders["gaps"].rows[0].cells[0] in {row.cells[0] for row in meeting["gaps"].rows[:1]}, (
        "the most urgent first"
    )


def test_the_public_gets_no_names_no_single_items_and_no_small_counts(facts):
    assert facts.plans and {plan.state for plan in facts.plans} == {"approved"}
    report = made(facts, Audience.PUBLIC, 5)
    assert {section.key for section in report.sections} == {"coverage", "streets", "changes", "plans", "certificate"}
    for figure in report.figures:
        assert figure.now.withheld or not any(0 < part < 5 for part in figure.now.parts)
    assert all(count is None or not 0 < count < 5 for count in report.changes.values())
    plan = report.plans[0].as_json()
    assert all(plan[name] is None or not 0 < plan[name] < 5 for name in ("begin", "end", "change"))
    told = json.dumps(report.as_json(), ensure_ascii=False)
    # areas below the streets, units, who decided and why, places in sources
    for internal in ("柏一网格", "丙医院", "柏二网格无人结对", "同意", "local", "row 4"):
        assert internal not in told, internal
    for audience in AUDIENCES:
        assert "演示成员六" not in json.dumps(made(facts, audience, 5).as_json(), ensure_ascii=False)


def test_a_report_says_that_data_were_generated(facts):
    report = made(facts, Audience.LEADERS, 5)
    assert report.synthetic, "the members of this district are"
    assert (
        "演示数据" in write(report, "html", "zh").decode() and "demonstration" in write(report, "html", "en").decode()
    )


def test_the_certificate_s_hash_is_that_of_the_certificate(facts, loaded):
    found = loaded(lambda graph: solve(graph, "certificate", {}, as_of=LAST)).as_json()
    certificate = made(facts, Audience.LEADERS, 5).certificate
    assert certificate is not None
    assert (certificate.seal, certificate.verdict, certificate.snapshot) == (
        found["seal"],
        found["verdict"],
        found["snapshot"],
    )
    page = write(made(facts, Audience.PUBLIC, 5), "html", "zh").decode()
    assert found["seal"] in page and found["snapshot"] in page


def test_a_smaller_area_and_a_bad_one(loaded):
    async def work(graph: Graph):
        east = await gather(graph, area="990101001", first=FIRST, last=LAST)
        grid = await gather(graph, area="990101002002002", first=FIRST, last=LAST)
        with pytest.raises(NotFound):
            await gather(graph, area="990199", first=FIRST, last=LAST)
        with pytest.raises(NotFound):
            await gather(graph, area="unit-a", first=FIRST, last=LAST)
        return made(east, Audience.LEADERS, 5), made(grid, Audience.STREET, 5)

    east, grid = loaded(work)
    assert east.area == ("990101001", "东街道")
    assert {f.area[0] for f in east.figures} == {"990101001"}
    assert {f.requirement: f.now.parts for f in east.figures if f.whole}["req-grid-pairing"] == (1, 3, 0)
    assert {f.area[0] for f in grid.figures} == {"990101002002002"} and len(grid.figures) == 2 * 4
    with pytest.raises(BadInput):
        write(east, "pdf")


def test_a_plan_is_told_of_with_what_it_changes(loaded):
    async def work(graph: Graph):
        plan = await by_hand(
            graph, HandEdits(add=("unit-e>990101001002002",)), name="试结对", author="a", area="990101001", as_of=LAST
        )
        before = await gather(graph, area="990101001", first=FIRST, last=LAST)
        await approve(graph, plan.id, author="b")
        return (
            plan,
            before,
            await gather(graph, area="990101001", first=FIRST, last=LAST),
            await gather(graph, area="990101002", first=FIRST, last=LAST),
        )

    plan, before, after, elsewhere = loaded(work)
    meeting = {s.key: s for s in made(before, Audience.JOINT_MEETING, 5).sections}
    row = next(r for r in meeting["plans"].rows if r.id == plan.id)
    assert [row.cells[0].zh, row.cells[1].zh] == ["试结对", "待批准"] and "戊公司 与 柏二网格" in row.cells[3].zh
    assert plan.id not in {p.id for p in made(before, Audience.PUBLIC, 5).plans}, (
        "what nobody approved is not for the public"
    )
    assert plan.id in {p.id for p in made(after, Audience.PUBLIC, 5).plans}
    assert plan.id not in {p.id for p in elsewhere.plans}, "it is about another street"


@pytest.fixture(scope="module")
def client(engine, settings, facts, tmp_path_factory) -> Iterator[TestClient]:
    assert facts.version, "the district is loaded"
    home = settings.model_copy(update={"home": tmp_path_factory.mktemp("home"), "host": "127.0.0.1"})

    @contextlib.asynccontextmanager
    async def provide() -> AsyncIterator[Graph]:
        async with Graph.open(engine, home) as graph:
            yield graph

    with TestClient(create_app(provide, home), base_url=HERE, client=("127.0.0.1", 50000)) as running:
        yield running


def test_the_address_gives_each_form_once_per_version(client):
    asked = "/api/v1/report?from=2026-03-01&to=2026-06-01&audience=joint-meeting"
    told = client.get(asked)
    assert told.status_code == 200 and told.json()["audience"] == "joint-meeting" and told.headers["etag"]
    assert client.get(asked, headers={"if-none-match": told.headers["etag"]}).status_code == 304
    kinds = {form: client.get(f"{asked}&format={form}&lang=en") for form in FORMS}
    assert {form: kind.status_code for form, kind in kinds.items()} == dict.fromkeys(FORMS, 200)
    assert len({kind.headers["etag"] for kind in kinds.values()} | {told.headers["etag"]}) == len(FORMS) + 1
    assert kinds["docx"].content == client.get(f"{asked}&format=docx&lang=en").content
    assert "report-990101-2026-06-01-joint-meeting.docx" in kinds["docx"].headers["content-disposition"]
    policy = kinds["html"].headers.get_list("content-security-policy")
    assert len(policy) == 1 and "style-src 'sha256-" in policy[0] and "default-src 'none'" in policy[0]
    accepted = client.get(asked, headers={"accept": "text/html"})
    assert accepted.headers["content-type"] == "text/html; charset=utf-8"
    for wrong in (
        "format=pdf",
        "audience=all",
        "from=2027-06-01&to=2026-06-01",
        "from=2026-13-01",
        "lang=fr",
        "x=1",
        "to=9999-12-31",
    ):
        assert client.get(f"/api/v1/report?{wrong}").status_code == 400, wrong
    assert client.get(asked, headers={"accept": "image/png"}).status_code == 406
    assert client.get("/api/v1/report?area=nowhere").status_code == 404


def test_answers_come_as_word_in_the_language_that_is_preferred(client):
    asked = "/api/v1/coverage/gaps?area=990101001002&as_of=2026-06-01&state=uncovered&format=docx"
    english = client.get(asked, headers={"accept-language": "en"})
    chinese = client.get(asked, headers={"accept-language": "zh"})
    assert english.status_code == chinese.status_code == 200 and english.headers["etag"] != chinese.headers["etag"]
    rows = _texts(docx.Document(io.BytesIO(chinese.content)).tables[0])
    expected = client.get(asked.replace("docx", "json")).json()["items"]
    assert len(rows) == 1 + len(expected) and rows[0][0] == "区域"
    assert {row[5] for row in rows[1:]} == {"缺口"} and rows[1][0] == expected[0]["area"]["name"]
    assert {row[5] for row in _texts(docx.Document(io.BytesIO(english.content)).tables[0])[1:]} == {"gap"}
