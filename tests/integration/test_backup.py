"""Backup and restore on every engine and from one to another, with history, and what is refused."""

from __future__ import annotations

import dataclasses
import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from govnet_graph.changes import apply, undo
from govnet_graph.cli import app as cli
from govnet_graph.errors import BadInput
from govnet_graph.store.backup import NotEmpty, RestoreDiffers, backup, restore
from govnet_graph.store.backup_file import BackupUnusable, Writer, lines
from govnet_graph.store.commit import commit
from govnet_graph.store.content import content_hash, stream
from govnet_graph.store.driver import Graph, WriteConflict
from govnet_graph.store.state import clear, prepare, read_state
from govnet_graph.store.writer import apply as load
from tests.agreement import NOW
from tests.integration.test_changes import LATER, many

REMOVED = "MATCH (s:GraphState) DELETE s"


async def _step(graph: Graph) -> None:
    state = await read_state(graph)
    await commit(graph, [], state.data_version)


@pytest.fixture
def empty(on_graph):
    async def wipe(graph: Graph) -> None:
        await prepare(graph)
        await clear(graph)
        await graph.write(lambda t: t.run(REMOVED))

    on_graph(wipe)
    yield on_graph
    on_graph(wipe)


@pytest.fixture
def saved(empty, district, tmp_path):
    """A backup of a graph with history: an import, undone, and another one that stands."""

    async def make(graph: Graph):
        await load(graph, district, author="test", reason="test", now=NOW)
        plan = (await apply(graph, many(), now=LATER)).plan
        await undo(graph, plan, author="tester", reason="test")
        again = (await apply(graph, many(), now=LATER)).plan
        await undo(graph, again, author="tester", reason="test")
        await apply(graph, many(), now=LATER)
        made = await backup(graph, tmp_path / "graph.jsonl.gz")
        state = await read_state(graph)
        await clear(graph)
        await graph.write(lambda t: t.run(REMOVED))
        return made, state

    return empty(make)


def test_what_is_restored_is_what_was_saved(empty, saved, tmp_path):
    made, before = saved
    assert made.path.stat().st_mode & 0o077 == 0, "it holds names"
    restored = empty(lambda g: restore(g, made.path, batch_size=50))
    assert restored.sha256 == made.sha256 == empty(lambda g: content_hash(g, history=True))
    after = empty(read_state)
    same = ("dataset", "home", "loading", "fingerprint", "schema_version")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert after.data_version > before.data_version, "no ETag of before fits what is written from now on"
    again = empty(lambda g: backup(g, tmp_path / "again.jsonl.gz"))
    assert again.sha256 == made.sha256
    assert empty(lambda g: g.read("MATCH (n:Withdrawn {id: 'unit-new'})-[r:SUPERSEDED]->() RETURN count(r)")) == [[2]]
    plan = empty(lambda g: g.read("MATCH (p:Plan {kind: 'import', state: 'applied'}) RETURN p.id"))[0][0]
    undone = empty(lambda g: undo(g, plan, author="tester", reason="test"))
    assert undone.withdrawn > 100, "a restored plan can be undone"


def test_a_restore_needs_an_empty_database(empty, saved, district):
    made, _ = saved
    empty(lambda g: load(g, district, author="test", reason="test", now=NOW))
    before = empty(lambda g: content_hash(g, history=True)), empty(read_state)
    with pytest.raises(NotEmpty, match="district"):
        empty(lambda g: restore(g, made.path))
    assert (empty(lambda g: content_hash(g, history=True)), empty(read_state)) == before


def test_a_restore_that_was_interrupted_is_repeated(empty, saved):
    made, _ = saved

    class Killed(Exception):
        pass

    def kill(done: int) -> None:
        if done > made.records / 2:
            raise Killed

    with pytest.raises(Killed):
        empty(lambda g: restore(g, made.path, batch_size=50, progress=kill))
    assert "restore" in empty(read_state).interrupted[0]
    assert empty(lambda g: restore(g, made.path)).sha256 == empty(lambda g: content_hash(g, history=True))
    assert empty(read_state).interrupted is None


@pytest.mark.parametrize("damage", ["cut", "flipped", "line", "foreign", "newer", "missing"])
def test_a_file_that_is_not_whole_is_refused_and_nothing_is_written(empty, saved, tmp_path, damage):
    made, _ = saved
    bad, raw, held = tmp_path / "bad.gz", made.path.read_bytes(), list(lines(made.path))
    if damage == "cut":
        bad.write_bytes(raw[: len(raw) * 2 // 3])
    elif damage == "flipped":
        bad.write_bytes(raw[: len(raw) // 2] + bytes([raw[len(raw) // 2] ^ 0xFF]) + raw[len(raw) // 2 + 1 :])
    elif damage == "line":
        bad.write_bytes(gzip.compress(b"\n".join([*held[:40], *held[41:]]) + b"\n"))
    elif damage == "foreign":
        bad.write_bytes(b"something else")
    elif damage == "newer":
        head = json.dumps({**json.loads(held[0]), "version": 99}).encode()
        bad.write_bytes(gzip.compress(b"\n".join([head, *held[1:]]) + b"\n"))
    with pytest.raises(BackupUnusable):
        empty(lambda g: restore(g, bad))
    assert empty(read_state) is None


def test_a_restore_that_lost_something_says_so(empty, saved, tmp_path):
    """A relationship whose end is not there writes nothing: the comparison of the hashes finds it out."""
    made, _ = saved
    head, bad = json.loads(next(iter(lines(made.path)))), tmp_path / "bad.jsonl.gz"
    with Writer(bad, {key: value for key, value in head.items() if key not in ("format", "version")}) as file:
        for line in list(lines(made.path))[1:-1]:
            if b'"unit-b","kind"' not in line and not line.startswith(b'["Unit","unit-b"'):
                file.add(line)
        file.end()
    with pytest.raises(RestoreDiffers):
        empty(lambda g: restore(g, bad))
    assert empty(read_state).interrupted is not None


def test_a_backup_never_replaces_a_file_or_leaves_half_of_one(empty, saved, district, tmp_path, monkeypatch):
    made, _ = saved
    with pytest.raises(BadInput, match="empty"):
        empty(lambda g: backup(g, tmp_path / "none.jsonl.gz"))
    empty(lambda g: load(g, district, author="test", reason="test", now=NOW))
    with pytest.raises(BadInput, match="already"):
        empty(lambda g: backup(g, made.path))
    with pytest.raises(BadInput, match="folder"):
        empty(lambda g: backup(g, tmp_path / "nowhere" / "x"))
    folder = tmp_path / "folder"
    folder.mkdir()

    monkeypatch.setattr("govnet_graph.store.backup._TELL", 1)

    def move(done: int) -> None:
        """Somebody writes while the graph is saved; the backup waits, so that it is in its midst each time."""
        if done == 1:
            with ThreadPoolExecutor(1) as other:
                other.submit(empty, _step).result()

    with pytest.raises(WriteConflict, match="changed while"):
        empty(lambda g: backup(g, folder, progress=move))
    assert list(folder.iterdir()) == []
    named = empty(lambda g: backup(g, folder))
    assert list(folder.iterdir()) == [named.path] and named.path.name.startswith("govnet-district-v")


def test_a_backup_of_one_engine_is_restored_into_another(empty, saved, tmp_path):
    made, _ = saved
    # Into the embedded engine and back: on Neo4j this crosses from one kind of engine to the other, both ways.
    other = ["--engine", "embedded"]
    env = {"GOVNET_HOME": str(tmp_path / "other")}
    told = CliRunner().invoke(cli, ["engine", "restore", str(made.path), *other, "--json"], env=env)
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["sha256"] == made.sha256
    back = tmp_path / "back.jsonl.gz"
    told = CliRunner().invoke(cli, ["engine", "backup", str(back), *other, "--json"], env=env)
    assert told.exit_code == 0 and json.loads(told.stdout)["sha256"] == made.sha256
    assert empty(lambda g: restore(g, back)).sha256 == empty(lambda g: content_hash(g, history=True)) == made.sha256


def test_the_hash_does_not_depend_on_the_order(empty, district):
    empty(lambda g: load(g, district, author="test", reason="test", now=NOW))
    before = empty(content_hash)
    empty(clear)
    turned = dataclasses.replace(district, nodes=district.nodes[::-1], edges=district.edges[::-1])
    empty(lambda g: load(g, turned, author="else", reason="else", batch_size=7))
    assert empty(content_hash) == before

    async def kinds(graph: Graph) -> set[str]:
        return {record.kind async for record in stream(graph, history=False)}

    assert not empty(kinds) & {"Plan", "Change", "SUPERSEDED", "CHANGES", "Withdrawn"}
    empty(lambda g: g.write(lambda t: t.run("MATCH (u:Unit {id: 'unit-a'}) SET u.name = 'x'")))
    assert empty(content_hash) != before
