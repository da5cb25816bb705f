"""Exports of a real graph: whole, the same every time, without names, and good enough for others to read."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from operator import attrgetter
from pathlib import Path

import docx
import networkx as nx
import openpyxl
import pytest
from fastapi.testclient import TestClient

from govnet_api import answers
from govnet_api.app import create_app
from govnet_api.logs import AUDIT_FILE
from govnet_graph.keys import KeyStore, Scope
from govnet_graph.questions import catalogue, question
from govnet_graph.records import Dataset, Node
from govnet_graph.settings import Settings
from govnet_graph.standards import read_hsds, read_json, read_popolo
from govnet_graph.standards.answers import ANSWER_FORMATS, told
from govnet_graph.standards.exporting import FORMATS, export
from govnet_graph.standards.members import Archive
from govnet_graph.standards.model import HISTORY_LABELS, HISTORY_TYPES, Disclosure
from govnet_graph.standards.records_json import JsonWriter
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.engines import jars, java, server
from govnet_graph.store.engines.registry import connect
from govnet_graph.store.export import read_records
from govnet_graph.store.reader import ask
from govnet_graph.store.stream import edge_pages, node_pages
from govnet_graph.store.writer import apply
from tests.agreement import cases, reload
from tests.conftest import needs
from tests.exported import said, whole

PLANTED = "不可示人甲"
PLAIN, SHOWN = Disclosure(), Disclosure(names=True)
EVERYTHING = Disclosure(names=True, history=True)


@pytest.fixture(scope="module")
def planted(district) -> Dataset:
    """The district with a name for one member, which was another before, so that a Change holds it too."""
    name = {"name": PLANTED, "aliases": [PLANTED + "二"]}
    nodes = [Node(n.label, n.id, {**n.props, **name}) if n.id == "member-01" else n for n in district.nodes]
    return dataclasses.replace(district, nodes=tuple(nodes))


@pytest.fixture(scope="module")
def graph_of(on_graph, district, planted):
    """The engine holding the planted district, loaded over the plain one: the former properties are kept in a Change."""

    async def load(graph: Graph) -> None:
        await reload(graph, district)
        await apply(graph, planted, author="test", reason="names")

    on_graph(load)
    return on_graph


@pytest.fixture(scope="module")
def loaded(graph_of, engine, settings) -> Settings:
    """Settings of the running engine that holds the planted district."""
    assert callable(graph_of)
    assert engine.uri
    return settings


def exported(on_graph, name: str, disclosure: Disclosure = PLAIN, *, raw: bool = False) -> bytes:
    out = io.BytesIO()
    on_graph(lambda graph: export(graph, FORMATS[name], out, disclosure, raw=raw))
    return out.getvalue()


def test_pages_are_the_whole_graph_in_order(graph_of):
    async def work(graph: Graph):
        nodes, edges = await read_records(graph)
        labels = list(dict.fromkeys(n.label for n in nodes))
        types = list(dict.fromkeys((e.type, a.label) for e in edges for a in nodes if a.id == e.start))
        paged = [n for label in labels async for page in node_pages(graph, label, 3) for n in page]
        linked = [e for type_, label in types async for page in edge_pages(graph, type_, label, 3) for e in page]
        return nodes, edges, paged, linked

    nodes, edges, paged, linked = graph_of(work)
    assert paged == nodes
    assert len(linked) == len(edges)
    assert sorted(linked, key=attrgetter("id")) == sorted(edges, key=attrgetter("id"))


def test_json_is_lossless(graph_of):
    nodes, edges = graph_of(read_records)
    everything = read_json(exported(graph_of, "json", EVERYTHING))

    def bare(record):
        return {name: value for name, value in record.props.items() if name != "search"}

    assert [(n.label, n.id, dict(n.props)) for n in everything.nodes] == [(n.label, n.id, bare(n)) for n in nodes]
    assert sorted((e.id, e.type, str(sorted(e.props.items()))) for e in everything.edges) == sorted(
        (e.id, e.type, str(sorted(e.props.items()))) for e in edges
    )
    plain = read_json(exported(graph_of, "json"))
    assert len(plain.nodes) == sum(n.label not in HISTORY_LABELS for n in nodes)
    assert len(plain.edges) == sum(e.type not in HISTORY_TYPES for e in edges)


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_every_time_and_holds_no_name(graph_of, name):
    first = exported(graph_of, name)
    assert exported(graph_of, name) == first
    assert PLANTED.encode() not in whole(first)
    assert PLANTED.encode() not in whole(exported(graph_of, name, Disclosure(history=True)))
    if name != "hsds":
        assert PLANTED.encode() in whole(exported(graph_of, name, SHOWN))


def test_no_answer_that_is_exported_holds_a_name(graph_of, planted):
    async def work(graph: Graph) -> bytes:
        found = []
        for asked in catalogue().values():
            for given in cases(asked, planted, days=(None,), most=2):
                given.pop("as_of")
                answer = await told(graph, await ask(graph, asked, given, home=planted.home), names=False)
                for write in ANSWER_FORMATS.values():
                    out = io.BytesIO()
                    write(answer, out)
                    found.append(whole(out.getvalue()))
        return b"\n".join(found)

    content = graph_of(work)
    assert len(content) > 100_000
    assert PLANTED.encode() not in content


def test_graphs_and_standards_read_back(graph_of):
    nodes, edges = graph_of(read_records)
    live = [n for n in nodes if n.label not in HISTORY_LABELS]
    graphml = nx.read_graphml(io.BytesIO(exported(graph_of, "graphml")), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(exported(graph_of, "gexf")), version="1.3")
    for found in (graphml, gexf):
        assert set(found.nodes) == {n.id for n in live}
        assert found.number_of_edges() == sum(e.type not in HISTORY_TYPES for e in edges)
    people = read_popolo(exported(graph_of, "popolo", SHOWN))
    assert people.unread == ()
    kept = {n.id: n for n in nodes}
    skipped = {"search", "recorded_at", "change"}
    for node in people.nodes[1:]:
        wanted = {name: value for name, value in said(kept[node.id].props).items() if name not in skipped}
        assert said(node.props) == wanted
    assert read_hsds(exported(graph_of, "hsds")).unread == ()


def test_a_graph_that_moves_meanwhile_is_not_exported(graph_of, engine, settings, district, planted):
    class Disturbed(JsonWriter):
        """Somebody loads other records while the file is written."""

        def end(self) -> None:
            async def disturb() -> None:
                async with Graph.open(engine, settings) as other:
                    await apply(other, district, author="test", reason="meanwhile")

            asyncio.run(disturb())
            super().end()

    wanted = dataclasses.replace(FORMATS["json"], single=Disturbed)
    with pytest.raises(WriteConflict, match="during the export"):
        graph_of(lambda graph: export(graph, wanted, io.BytesIO(), PLAIN))
    graph_of(lambda graph: apply(graph, planted, author="test", reason="names"))


def test_progress_reaches_the_end(graph_of):
    seen: list[tuple[str, int, int]] = []
    about = graph_of(
        lambda graph: export(graph, FORMATS["json"], io.BytesIO(), PLAIN, progress=lambda *step: seen.append(step))
    )
    assert seen[-1][1] == seen[-1][2] == about.total
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


# The command line


@pytest.fixture(scope="module")
def govnet(loaded):
    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        program = str(Path(sys.executable).with_name("govnet"))
        given = os.environ | {"GOVNET_HOME": str(loaded.home), "GOVNET_ENGINE": loaded.engine}
        return subprocess.run([program, *words], capture_output=True, timeout=120, check=False, env=given)

    return run


def test_the_command_writes_and_does_not_overwrite(govnet, tmp_path):
    path = tmp_path / "district.gexf"
    done = govnet("export", "-o", str(path))
    assert done.returncode == 0, done.stderr
    assert b"nodes" in done.stderr
    before = path.read_bytes()
    again = govnet("export", "-o", str(path), "--names")
    assert (again.returncode, path.read_bytes()) == (2, before)
    assert b"exists already. Add --force" in again.stderr
    assert govnet("export", "-o", str(path), "--names", "--force").returncode == 0
    assert path.read_bytes() != before
    folder = tmp_path / "tables"
    told_of = govnet("export", "-f", "csv", "-o", str(folder), "--json")
    assert json.loads(told_of.stdout)["names"] is False
    assert (folder / "nodes" / "Unit.csv").is_file()
    assert govnet("export", "-f", "csv", "-o", str(tmp_path / "t.zip")).returncode == 0
    assert zipfile.is_zipfile(tmp_path / "t.zip")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["district.gexf", "t.zip", "tables"]


def test_the_command_writes_an_answer(govnet, tmp_path):
    path = tmp_path / "units.xlsx"
    done = govnet("export", "--question", "member-units", "member=member-07", "as_of=2026-06-01", "-o", str(path))
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(path)
    rows = list(book["答案 answer"].iter_rows(values_only=True))
    assert rows[0][:3] == ("单位", "单位 编号", "步数（步）")
    assert rows[1][:2] == ("unit.name", "unit.id")
    assert rows[2][:3] == ("乙银行", "unit-b", 2)
    assert rows[2][-1] is True  # the member on the path is a generated one
    about = {row[1]: row[2] for row in book["说明 about"].iter_rows(values_only=True)}
    assert about["question"] == "member-units"
    assert about["parameter member"] == "member-07"
    assert about["as of"].date().isoformat() == "2026-06-01"
    sent = govnet("export", "-q", "member-units", "member=member-07", "as_of=2026-06-01", "-f", "graphml", "-o", "-")
    drawn = nx.read_graphml(io.BytesIO(sent.stdout), force_multigraph=True)
    assert {"member-07", "org-joint-1", "unit-b"} <= set(drawn.nodes)
    assert "SITS_ON:unit-b>org-joint-1" in {key for _, _, key in drawn.edges(keys=True)}


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        (("export", "-o", "x.pdf"), b"Which format?"),
        (("export", "-f", "pdf", "-o", "x"), b"There is no format 'pdf'"),
        (("export", "-f", "popolo", "-q", "units", "-o", "x"), b"An answer cannot be written as 'popolo'"),
        (("export", "-f", "json", "member=1", "-o", "x"), b"takes no parameters"),
        (("export", "-f", "json", "-o", "no-such-folder/x"), b"There is no folder"),
        (("export", "-f", "json", "-o", "-", "--json"), b"Standard output takes the export itself"),
        (("export", "-f", "json", "-q", "units", "--history", "-o", "x"), b"An answer has no history"),
    ],
)
def test_the_command_says_what_is_wrong(govnet, words, said_so):
    done = govnet(*words)
    assert done.returncode == 2
    assert said_so in done.stderr
    assert done.stderr.count(b"\n") == 1


# The interface


@pytest.fixture(scope="module")
def client(loaded):
    with TestClient(create_app(settings=loaded), base_url="http://127.0.0.1", client=("127.0.0.1", 5000)) as opened:
        yield opened


@pytest.fixture(scope="module")
def keys(settings):
    store = KeyStore(settings.home)
    return {
        "names": store.create("names", frozenset({Scope.READ, Scope.NAMES}))[1],
        "read": store.create("read", frozenset({Scope.READ}))[1],
    }


@pytest.mark.parametrize("name", FORMATS)
def test_the_interface_gives_each_format(client, graph_of, name):
    response = client.get(f"/api/v1/export/{name}")
    assert response.status_code == 200, response.text
    assert response.content == exported(graph_of, name)
    assert response.headers["content-type"].partition(";")[0] == FORMATS[name].media
    assert response.headers["content-disposition"].endswith(f'{FORMATS[name].suffix}"')
    again = client.get(f"/api/v1/export/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_names_need_the_scope_and_are_written_down(client, keys, settings):
    path = "/api/v1/export/json?names=true"
    assert client.get(path).status_code == 403
    refused = client.get(path, headers={"X-API-Key": keys["read"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    # A key that may see names still has to ask for them: the whole graph is more than a question.
    plain = client.get("/api/v1/export/json", headers={"X-API-Key": keys["names"]})
    assert PLANTED not in plain.text
    shown = client.get(path, headers={"X-API-Key": keys["names"]})
    assert PLANTED in shown.text
    assert shown.headers["etag"] != plain.headers["etag"]
    lines = (settings.home / AUDIT_FILE).read_text(encoding="utf-8").splitlines()
    assert "/export/json" in lines[-1]
    assert "rows=all" in lines[-1]


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        ("pdf", {}, 404, "not-found"),
        ("json?names=yes", {}, 400, "bad-parameter"),
        ("json?colour=red", {}, 400, "bad-parameter"),
        ("json?raw=true&raw=true", {}, 400, "bad-parameter"),
        ("json", {"Accept": "image/png"}, 406, "not-acceptable"),
    ],
)
def test_the_interface_says_what_is_wrong(client, path, headers, status, code):
    response = client.get(f"/api/v1/export/{path}", headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_answers_come_as_files(client):
    path = "/api/v1/questions/member-units?member=member-07&as_of=2026-06-01"
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    by_header = client.get(path, headers={"Accept": media})
    by_name = client.get(path + "&format=xlsx")
    assert by_header.status_code == by_name.status_code == 200
    assert by_header.headers["content-type"] == by_name.headers["content-type"] == media
    rows = list(openpyxl.load_workbook(io.BytesIO(by_name.content))["答案 answer"].iter_rows(values_only=True))
    assert rows[2][:2] == ("乙银行", "unit-b")
    drawn = client.get(path + "&format=gexf")
    assert "unit-b" in nx.read_gexf(io.BytesIO(drawn.content), version="1.3")
    assert client.get(path + "&format=csv").text == client.get(path, headers={"Accept": "text/csv"}).text
    wrong = client.get(path + "&format=pdf")
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "format")
    first = client.get("/api/v1/questions/units?limit=2&format=csv")
    following = first.headers["link"].partition(">")[0].removeprefix("<")
    assert "format=csv" in following
    assert client.get("/api/v1/questions/units" + following).headers["content-type"].startswith("text/csv")


def test_a_file_may_hold_every_row(client, monkeypatch):
    path = "/api/v1/questions/members?as_of=2026-06-01"
    pages, following = [], path + "&limit=4&format=csv"
    while following:
        page = client.get(following)
        pages += page.text.splitlines()[1 if pages else 0 :]
        following = page.links["next"]["url"] if "next" in page.links else ""
        following = "/api/v1/questions/members" + following if following else ""
    monkeypatch.setattr("govnet_graph.store.whole.PAGE", 3)
    every = client.get(path + "&format=csv&whole=true")
    assert every.text.splitlines() == pages and len(pages) > 7 and "next" not in every.links
    book = openpyxl.load_workbook(io.BytesIO(client.get(path + "&format=xlsx&whole=true").content))
    assert book["答案 answer"].max_row == len(pages) + 1
    assert client.get(path + "&format=csv&whole=false").text == client.get(path + "&format=csv").text
    # Where there are more rows than a file holds, the rest is a page further.
    monkeypatch.setattr("govnet_api.answers.MOST_ROWS", 5)
    cut = client.get(path + "&format=csv&whole=true")
    rest = client.get("/api/v1/questions/members" + cut.links["next"]["url"])
    assert (cut.text.splitlines() + rest.text.splitlines()[1:])[:9] == pages[:9]


def test_every_row_may_come_as_json_too_and_from_a_cursor_on(client):
    path = "/api/v1/questions/members?as_of=2026-06-01"
    every = client.get(path + "&whole=true&limit=2").json()
    first = client.get(path + "&limit=2").json()
    rest = client.get(path, params={"as_of": "2026-06-01", "cursor": first["next"], "whole": "true"}).json()
    assert every["next"] is None and rest["next"] is None
    assert first["items"] + rest["items"] == every["items"] and len(every["items"]) > 7


@pytest.mark.parametrize(
    ("query", "said"), [("whole=yes", "neither true nor false"), ("whole=true&whole=true", "given twice")]
)
def test_a_whole_answer_is_asked_for_by_true(client, query, said):
    response = client.get(f"/api/v1/questions/members?{query}")
    assert (response.status_code, response.json()["parameter"]) == (400, "whole")
    assert said in response.json()["detail"]


def test_few_whole_answers_are_read_at_once(client, monkeypatch):
    begun, go_on, path = threading.Semaphore(0), threading.Event(), "/api/v1/questions/members"

    read = answers.whole

    async def slowly(*args, **options):
        begun.release()
        await asyncio.to_thread(go_on.wait, 30)
        return await read(*args, **options)

    monkeypatch.setattr(answers, "whole", slowly)
    with ThreadPoolExecutor(2) as others:
        asked = [others.submit(client.get, path, params={"whole": "true", "limit": n}) for n in (1, 2)]
        try:
            assert all(begun.acquire(timeout=30) for _ in asked)
            third = client.get(path + "?whole=true")
            assert (third.status_code, third.json()["code"]) == (429, "export-busy")
            assert client.get(path).status_code == 200
        finally:
            go_on.set()
        assert [one.result(30).status_code for one in asked] == [200, 200]


def test_the_command_writes_every_row(govnet, client):
    rows = len(client.get("/api/v1/questions/members?as_of=2026-06-01&format=csv&whole=true").text.splitlines())
    whole = govnet("export", "-q", "members", "as_of=2026-06-01", "-f", "csv", "-o", "-")
    assert len(whole.stdout.splitlines()) == rows and whole.stderr == b""
    some = govnet("export", "-q", "members", "as_of=2026-06-01", "limit=2", "-f", "csv", "-o", "-")
    assert some.stdout.splitlines() == whole.stdout.splitlines()[:3] and b"More rows follow" in some.stderr


def test_codes_are_called_by_their_names_where_people_read_them(client):
    """In the workbook before the code, in Word in its place; CSV is for programs and has the code alone."""
    path = "/api/v1/questions/cases?open=true&as_of=2026-06-01&limit=1&format="
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(path + "xlsx").content))["答案 answer"]
    table = docx.Document(io.BytesIO(client.get(path + "docx", headers={"accept-language": "zh"}).content)).tables[0]
    english = docx.Document(io.BytesIO(client.get(path + "docx", headers={"accept-language": "en"}).content)).tables[0]
    lines = client.get(path + "csv").text.splitlines()
    assert [cell.value for cell in sheet[3]][2:5] == ["安全隐患 hazard", "已派单 dispatched", True]
    assert [cell.text for cell in table.rows[1].cells][1:4] == ["安全隐患", "已派单", "是"]
    assert [cell.text for cell in english.rows[1].cells][1:4] == ["hazard", "dispatched", "yes"]
    assert lines[1].split(",")[2:4] == ["hazard", "dispatched"]


# Into another Neo4j


@pytest.mark.neo4j
@pytest.mark.slow
def test_neo4j_imports_what_was_exported(district, tmp_path):
    needs("neo4j")
    version = server.NEWEST
    settings = Settings(
        home=tmp_path / "home", engine="neo4j", neo4j_version=version, connect_timeout=60, query_timeout=120
    )
    settings.home.mkdir()
    odd = Node(
        "Unit",
        "unit-odd",
        {"name": 'a "b", c;d\n=e', "kind": "bank", "source": "src-areas", "aliases": ["x;y", 'z,"w']},
    )
    data = dataclasses.replace(district, nodes=(*district.nodes, odd))

    def searched(node: Node) -> tuple[str, str, dict[str, object]]:
        # A plan that is recorded can be searched by its id alone; imported it has a text like everything else.
        plan = node.label in HISTORY_LABELS
        return node.label, node.id, {k: v for k, v in node.props.items() if not (plan and k == "search")}

    async def opened(engine, work):
        async with Graph.open(engine, settings) as graph:
            return await work(graph)

    async def both(graph: Graph):
        out = io.BytesIO()
        await export(graph, FORMATS["neo4j"], out, EVERYTHING)
        return out.getvalue(), await read_records(graph)

    async def filled(graph: Graph):
        await reload(graph, data)
        return await both(graph)

    with connect(settings) as engine:
        content, before = asyncio.run(opened(engine, filled))
    folder = tmp_path / "files"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    home = settings.home / "neo4j"
    found = jars.class_path(version, jars.default_cache(), maven="", report=print)
    environment = os.environ | {
        "CLASSPATH": os.pathsep.join(map(str, found)), "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf"),
    }  # fmt: skip
    tool = [
        str(java.find(version).program),
        "-Xmx512m",
        *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch")),
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
        "neo4j",
    ]
    done = subprocess.run(
        [*tool, "--overwrite-destination", "@import.args"],
        env=environment, cwd=folder, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    statements = [text.strip() for text in (folder / "schema.cypher").read_text().split(";\n") if text.strip()]

    async def imported(graph: Graph):
        # Nothing of the first database is left but what came through the files.
        assert await graph.read("SHOW CONSTRAINTS") == []
        await graph.define(statements)
        found = await ask(graph, question("search"), {"q": "jiaqufayuan"})
        return *await both(graph), [record["entity"]["id"] for record in found.records()]

    with connect(settings) as engine:
        again, after, found = asyncio.run(opened(engine, imported))
    assert [*map(searched, after[0])] == [*map(searched, before[0])]
    assert sorted(after[1], key=attrgetter("id")) == sorted(before[1], key=attrgetter("id"))
    assert again == content
    assert found == ["unit-a"]


def test_archives_of_the_same_files_are_the_same():
    def made() -> bytes:
        out = io.BytesIO()
        archive = Archive(out)
        with archive.open("a.txt") as file:
            file.write(b"a")
        archive.close()
        return out.getvalue()

    first = made()
    time.sleep(2.1)  # a zip archive counts moments in steps of two seconds
    assert made() == first
