"""Corrections supersede, never overwrite: what was believed before one, after it and after it was taken back can be asked."""

from __future__ import annotations

import datetime as dt

import pytest

from govnet_graph.changes import ChangeSet, End, apply, undo
from govnet_graph.questions import catalogue, question
from govnet_graph.records import Edge, Node
from govnet_graph.schema import SCHEMA, Privacy
from govnet_graph.store.reader import ask
from govnet_graph.store.state import clear
from govnet_graph.store.writer import apply as load

JULY = dt.date(2026, 7, 1)
LOADED = dt.datetime(2026, 6, 2, 8, 0)
CORRECTED = dt.datetime(2026, 8, 10, 9, 30)
UNDONE = dt.datetime(2026, 9, 1, 12, 0)
EARLY_AUGUST, LATE_AUGUST = dt.datetime(2026, 8, 1), dt.datetime(2026, 8, 20)
GRID, OTHER = "990101001002001", "990101001002002"
PAIRING = f"PAIRED_WITH:unit-d>{OTHER}"
ENDED = "PAIRED_WITH:unit-a>990101001001001"
NEW = f"PAIRED_WITH:unit-f>{GRID}"
SOURCE = Node("Source", "src-july", {"name": "七月更正", "kind": "ledger", "source": "src-july"})


def _correction() -> ChangeSet:
    """A ledger of July: unit-d's pairing began in June, unit-f pairs too, unit-a's ended, unit-b has a new name."""
    cited = {"source": "src-july", "source_ref": "结对!B7"}
    return ChangeSet(
        "import",
        "七月结对台账.xlsx",
        "test",
        "七月更正",
        source=SOURCE,
        nodes=(
            Node("Unit", "unit-b", {"name": "乙银行分行", **cited}),
            Node("Member", "member-06", {"name": "演示新名", **cited}),
        ),
        edges=(
            Edge("PAIRED_WITH", "unit-d", OTHER, PAIRING, {"since": dt.date(2026, 6, 15), **cited}),
            Edge("PAIRED_WITH", "unit-f", GRID, NEW, {"since": dt.date(2026, 6, 1), **cited}),
        ),
        ends=(End(ENDED, JULY, "已终止"),),
    )


@pytest.fixture
def corrected(on_graph, district):
    """(runner, data version before the correction, id of its plan)."""

    async def work(graph):
        await clear(graph)
        loaded = await load(graph, district, author="test", reason="test", now=LOADED)
        done = await apply(graph, _correction(), conflicts="ledger", now=CORRECTED)
        return loaded.data_version, done.plan

    yield on_graph, *on_graph(work)
    on_graph(clear)


def _ask(run, id_, **given):
    return run(lambda graph: ask(graph, question(id_), given)).records()


def _pairings(run, known_at):
    rows = _ask(run, "believed-pairings", as_of=JULY, known_at=known_at)
    return {(r["unit"]["id"], r["area"]["id"]): (r["since"], r["still_believed"]) for r in rows}


def test_what_was_believed_of_a_day_before_a_correction_and_after_it(corrected):
    run, *_ = corrected
    before, after, now = (_pairings(run, moment) for moment in (EARLY_AUGUST, LATE_AUGUST, None))
    assert ("unit-d", OTHER) not in before, "it was to begin in September"
    assert before["unit-a", "990101001001001"] == (dt.date(2026, 1, 1), False)
    assert ("unit-f", GRID) not in before
    assert after["unit-d", OTHER] == (dt.date(2026, 6, 15), True)
    assert after["unit-f", GRID] == (dt.date(2026, 6, 1), True)
    assert ("unit-a", "990101001001001") not in after
    assert now == after
    assert _pairings(run, LOADED - dt.timedelta(days=1)) == {}, "nothing was known before the load"


def test_the_same_of_one_entity_and_of_one_relationship(corrected):
    run, *_ = corrected

    def units(known_at):
        rows = _ask(run, "believed-relationships", entity=OTHER, as_of=JULY, known_at=known_at)
        return {r["relationship"]: r["still_believed"] for r in rows if r["type"] == "PAIRED_WITH"}

    assert (units(EARLY_AUGUST), units(LATE_AUGUST)) == ({}, {PAIRING: True})
    september = _ask(run, "believed-relationships", entity=OTHER, as_of=dt.date(2026, 9, 1), known_at=EARLY_AUGUST)
    assert [(r["relationship"], r["still_believed"]) for r in september if r["type"] == "PAIRED_WITH"] == [
        (PAIRING, False)
    ]
    versions = _ask(run, "relationship-source", relationship=PAIRING, as_of=JULY)
    assert [(v["believed"], v["source"]["id"], v["source_ref"], v["holds"]) for v in versions] == [
        (True, "src-july", "结对!B7", True),
        (False, "src-pairings", "row 5", False),
    ]
    assert [v["recorded_at"] for v in versions] == [CORRECTED, LOADED]
    assert [v["superseded_at"] for v in versions] == [None, CORRECTED]
    assert [v["recorded_for"] for v in versions] == ["七月更正", "test"]


def test_what_was_learned_since_a_version_is_told_once_with_before_and_after(corrected):
    run, version, _ = corrected
    rows = {r["id"]: r for r in _ask(run, "recorded-changes", since=version, as_of=JULY)}
    assert {i: r["change"] for i, r in rows.items()} == {
        "src-july": "created", "unit-b": "corrected", "member-06": "corrected", PAIRING: "corrected", NEW: "created", ENDED: "ended",
    }  # fmt: skip
    assert {d["property"]: (d["before"], d["after"]) for d in rows[PAIRING]["differences"]} == {
        "since": (dt.date(2026, 9, 1), dt.date(2026, 6, 15)),
        "source": ("src-pairings", "src-july"),
        "source_ref": ("row 5", "结对!B7"),
    }
    assert {d["property"]: (d["before"], d["after"]) for d in rows["unit-b"]["differences"]}["name"] == (
        '"乙银行"',
        '"乙银行分行"',
    )
    assert {d["property"]: d["after"] for d in rows[ENDED]["differences"]}["until"] == JULY
    assert {p["property"]: p["value"] for p in rows[NEW]["properties"]}["since"] == dt.date(2026, 6, 1)
    assert rows[NEW]["to"]["id"] == GRID
    assert {r["reason"] for r in rows.values()} == {"七月更正"}
    now = run(lambda graph: ask(graph, question("recorded-changes"), {"since": version, "as_of": JULY})).data_version
    assert _ask(run, "recorded-changes", since=now, as_of=JULY) == []
    assert [r["change"] for r in _ask(run, "recorded-changes", before=EARLY_AUGUST, as_of=JULY)].count("loaded") == 1
    later = {r["id"] for r in _ask(run, "recorded-changes", after=EARLY_AUGUST, as_of=JULY)}
    assert later == set(rows)
    paged = [
        r["id"]
        for skip in range(6)
        for r in _ask(run, "recorded-changes", since=version, skip=skip, limit=1, as_of=JULY)
    ]
    assert paged == list(rows)


def test_no_change_tells_a_name(corrected):
    run, version, _ = corrected
    member = next(r for r in _ask(run, "recorded-changes", since=version, as_of=JULY) if r["id"] == "member-06")
    assert "name" not in {d["property"] for d in [*member["differences"], *member["properties"]]}
    assert not any(name in str(member) for name in ("演示新名", "演示成员六", "演示别名六"))


def test_what_was_taken_back_is_still_known_to_have_been_believed(corrected):
    run, version, plan = corrected
    taken_back = run(lambda graph: undo(graph, plan, author="test", reason="错了", now=UNDONE))
    before, between, after = (_pairings(run, m) for m in (EARLY_AUGUST, LATE_AUGUST, UNDONE + dt.timedelta(days=1)))
    assert between["unit-f", GRID] == (dt.date(2026, 6, 1), False)
    assert between["unit-d", OTHER] == (dt.date(2026, 6, 15), False)
    assert {pair for pair, _ in before.items()} == {pair for pair, _ in after.items()}
    assert {since for since, believed in after.values() if not believed} == set()
    rows = [r for r in _ask(run, "recorded-changes", since=version, as_of=JULY) if r["reason"] == "错了"]
    said = {r["id"]: (r["change"], r["believed"]) for r in rows}
    assert said == {
        "src-july": ("withdrawn", False), "unit-b": ("restored", True), "member-06": ("restored", True),
        PAIRING: ("restored", True), ENDED: ("restored", True), NEW: ("withdrawn", False),
    }  # fmt: skip
    assert next(r for r in rows if r["id"] == "src-july")["entity"]["label"] == "Source"
    assert taken_back.withdrawn == 2
    versions = _ask(run, "relationship-source", relationship=PAIRING, as_of=JULY)
    assert [v["believed"] for v in versions] == [True, False, False]
    source = _ask(run, "relationship-source", relationship=NEW, as_of=JULY)
    assert [(v["believed"], v["superseded_at"]) for v in source] == [(False, UNDONE)]


def test_a_copy_kept_by_versions_stays_right(corrected, district):
    """A copy that follows the changes, starting from the load, holds what the graph holds: after an import and its undoing."""
    run, version, plan = corrected
    shown = [node for node in SCHEMA.nodes.values() if node.label != "Member"]
    hidden = {p.name for node in shown for p in node.properties if p.privacy is not Privacy.PUBLIC}
    copy = {e.id: {n: v for n, v in e.props.items() if n != "confirmed_on"} for e in district.edges}
    copy |= {
        n.id: {k: v for k, v in n.props.items() if k not in hidden | {"confirmed_on"}}
        for n in district.nodes
        if n.label != "Member"
    }

    def follow(since):
        answer = run(lambda graph: ask(graph, question("recorded-changes"), {"since": since, "as_of": JULY}))
        for row in answer.records():
            if row["believed"]:
                copy[row["id"]] = {p["property"]: p["value"] for p in row["properties"]}
            else:
                copy.pop(row["id"], None)
        return answer.data_version

    def held():
        async def work(graph):
            texts = (
                "MATCH (n:Entity) WHERE NOT n:Member AND NOT n:Plan AND NOT n:Change RETURN n.id, properties(n)",
                "MATCH (:Entity)-[r]->() WHERE type(r) <> 'SUPERSEDED' AND type(r) <> 'CHANGES' RETURN r.id, properties(r)",
            )
            return [row for text in texts for row in await graph.read(text)]

        return {
            id_: {k: _plain(v) for k, v in props.items() if k not in hidden | {"id", "confirmed_on"}}
            for id_, props in run(work)
        }

    def mine():
        wanted = {*held()} | {"src-july", NEW}
        return {id_: props for id_, props in copy.items() if id_ in wanted}

    seen = follow(version)
    assert mine() == held() and "src-july" in copy
    run(lambda graph: undo(graph, plan, author="test", reason="错了", now=UNDONE))
    follow(seen)
    assert mine() == held() and "src-july" not in copy


def _plain(value):
    return value.to_native() if hasattr(value, "to_native") else value


def test_what_is_hidden_from_the_changes_is_what_the_schema_hides():
    body = question("recorded-changes").body
    hidden = {p.name for node in SCHEMA.nodes.values() for p in node.properties if p.privacy is not Privacy.PUBLIC}
    assert {name for name in hidden if f"'{name}'" not in body} == set()


def test_everything_of_history_is_a_question():
    wanted = {
        "believed-pairings",
        "believed-relationships",
        "area-changes",
        "recorded-changes",
        "timeline",
        "stale-facts",
    }
    assert wanted <= {q.id for q in catalogue().values() if q.area == "history"}
