"""The meaning of a change set, without a database: what changes, what conflicts, what is only confirmed."""

from __future__ import annotations

import datetime as dt
import gc
import tracemalloc
from operator import attrgetter
from pathlib import Path

import pytest

from govnet_graph.changes.items import Items
from govnet_graph.changes.model import ChangeSet, End
from govnet_graph.changes.patch import Merge
from govnet_graph.changes.stored import read_changeset, write_changeset
from govnet_graph.changes.validate import require_known
from govnet_graph.ledgers.account import SheetAccount
from govnet_graph.ledgers.facts import Context, gather, settle
from govnet_graph.ledgers.kinds import KINDS
from govnet_graph.ledgers.model import Row
from govnet_graph.ledgers.table_rows import Rows
from govnet_graph.ledgers.who import Decisions, Entry, Index
from govnet_graph.ledgers.who.files import FileDamaged
from govnet_graph.records import Edge, Node, RecordError
from govnet_graph.spool import Spool, parts
from govnet_graph.store.commit import from_json, to_json
from govnet_graph.store.diff import Delta, EdgeDelta, NodeDelta

DAY = dt.date(2026, 7, 1)
BEFORE = dt.datetime(2026, 6, 1, 8)
AFTER = dt.datetime(2026, 7, 9, 8)


def unit(**props: object) -> Node:
    return Node("Unit", "unit-a", {"source": "src-new", **props})  # type: ignore[dict-item]


def present(recorded: dt.datetime = BEFORE, **props: object) -> dict[str, object]:
    return {
        "id": "unit-a", "name": "甲", "kind": "bank", "source": "src-old", "search": "x", "recorded_at": recorded,
        "change": "plan-1", **props,
    }  # fmt: skip


def test_a_patch_changes_what_is_stated_and_nothing_else():
    after = Merge(DAY, "graph", patch=True).node(unit(name="乙", note="新"), present(party_members=3))
    assert after is not None
    search = after.pop("search")
    assert "乙" in str(search) and "甲" not in str(search)
    assert after == {
        "id": "unit-a", "name": "乙", "note": "新", "kind": "bank", "party_members": 3, "source": "src-new",
        "confirmed_on": DAY,
    }  # fmt: skip


def test_where_it_comes_from_is_no_fact():
    merge = Merge(DAY, "graph", patch=True)
    assert merge.node(unit(name="甲", source_ref="Sheet1!A2", inferred=True), present()) is None
    assert [(c.id, c.before) for c in merge.confirmations] == [("unit-a", None)]


@pytest.mark.parametrize(("held", "noted"), [(None, 1), (dt.date(2026, 6, 1), 1), (DAY, 0), (dt.date(2026, 8, 1), 0)])
def test_a_confirmation_never_goes_back(held, noted):
    merge = Merge(DAY, "graph", patch=True)
    merge.node(unit(), present(confirmed_on=held))
    assert len(merge.confirmations) == noted


def test_without_a_day_nothing_is_confirmed_and_nothing_conflicts():
    merge = Merge(None, "graph", patch=True)
    after = merge.node(unit(name="乙"), present(AFTER))
    assert after is not None and "confirmed_on" not in after
    assert merge.node(unit(), present()) is None and merge.confirmations == [] and merge.conflicts == []


@pytest.mark.parametrize(
    ("held", "recorded", "conflicts"),
    [
        ({}, {}, 1),
        ({"source": "src-new"}, {}, 0),
        ({"confirmed_on": dt.date(2026, 6, 1)}, {}, 0),
        ({"recorded_at": BEFORE}, {}, 0),
        ({"recorded_at": BEFORE, "confirmed_on": dt.date(2026, 7, 2)}, {}, 1),
        ({}, {"plan-1": dt.date(2026, 6, 1)}, 0),
    ],
)
def test_another_sources_later_value_is_a_conflict(held, recorded, conflicts):
    for side, name in (("graph", "甲"), ("ledger", "乙")):
        merge = Merge(DAY, side, patch=True, recorded=recorded)  # type: ignore[arg-type]
        after = merge.node(unit(name="乙", note="新"), {**present(AFTER), **held})
        assert len(merge.conflicts) == conflicts
        assert after is not None and after["note"] == "新", "what contradicts nothing is written"
        assert after["name"] == (name if conflicts else "乙")


def test_what_is_disputed_is_not_confirmed():
    merge = Merge(DAY, "graph", patch=True)
    assert merge.node(unit(name="乙"), present(AFTER)) is None
    assert len(merge.conflicts) == 1 and merge.confirmations == []


def test_what_is_listed_again_holds_again():
    edge = Edge("PAIRED_WITH", "unit-a", "g", "PAIRED_WITH:unit-a>g", {"source": "src-new"})
    held = {"id": edge.id, "until": dt.date(2026, 6, 1), "source": "src-old", "recorded_at": BEFORE, "change": "p"}
    after = Merge(DAY, "graph", patch=True).edge(edge, dict(held))
    assert after is not None and "until" not in after
    assert Merge(DAY, "graph", patch=True).edge(edge, {**held, "until": dt.date(2026, 8, 1)}) is None
    assert Merge(None, "graph", patch=True).edge(edge, dict(held)) is None


def test_an_end_shortens_and_never_lengthens():
    edge = Edge("PAIRED_WITH", "unit-a", "g", "PAIRED_WITH:unit-a>g", {"until": DAY})
    merge = Merge(DAY, "graph", patch=True)
    assert merge.end_edge(edge, {"id": edge.id, "until": dt.date(2026, 6, 1)}) is None
    assert merge.end_edge(edge, {"id": edge.id, "until": dt.date(2026, 8, 1)}) == {"id": edge.id, "until": DAY}
    with pytest.raises(RecordError, match="began"):
        merge.end_edge(edge, {"id": edge.id, "since": DAY})
    with pytest.raises(RecordError, match="not in the graph"):
        merge.end_edge(edge, None)
    confirmed = {"id": edge.id, "confirmed_on": dt.date(2026, 7, 2), "source": "src-old"}
    assert merge.end_edge(edge, confirmed) is None and len(merge.conflicts) == 1


def test_a_key_names_the_content_in_any_order():
    nodes = (unit(name="乙"), Node("Unit", "unit-b", {"name": "丙"}))
    first = ChangeSet("import", "a", "one", "x", nodes=nodes)
    assert first.key == ChangeSet("import", "b", "two", "y", nodes=nodes[::-1]).key
    others = [
        ChangeSet("import", "a", "one", "x", nodes=nodes[:1]),
        ChangeSet("import", "a", "one", "x", nodes=nodes, confirm=DAY),
        ChangeSet("import", "a", "one", "x", nodes=nodes, patch=False),
        ChangeSet("import", "a", "one", "x", nodes=nodes, ends=(End("PAIRED_WITH:a>b", DAY),)),
    ]
    assert len({first.key, *(other.key for other in others)}) == 5
    assert ChangeSet("import", "a", "one", "x", key="given").key == "given"


def test_a_key_tells_numbers_apart_that_no_64_bits_hold():
    keys = {ChangeSet("import", "x", "", "", nodes=(unit(party_members=10**30 + n),)).key for n in (0, 1)}
    assert len(keys) == 2


def test_an_end_knows_what_ends():
    assert (End("PAIRED_WITH:unit-a>g#2", DAY).type, End("PAIRED_WITH:unit-a>g#2", DAY).start) == (
        "PAIRED_WITH",
        "unit-a",
    )
    assert (End("unit-a", DAY).type, End("unit-a", DAY).start) == (None, "unit-a")


def test_what_a_change_keeps_comes_back_with_its_types():
    held = present(since=DAY, aliases=["乙"], party_members=3)
    assert from_json("Unit", to_json(held)) == held


def test_a_change_set_is_kept_and_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    assert read_changeset(path) is None
    nodes = Spool(unit(name=f"甲{n}", since=DAY, aliases=["a"], party_members=n, note="行\n行") for n in range(600))
    edges = (Edge("PAIRED_WITH", "unit-a", "990101", "PAIRED_WITH:unit-a>990101", {"since": DAY, "at": AFTER}),)  # type: ignore[dict-item]
    whole = ChangeSet(
        "import", "台账", "a", "b", unit(kind="ledger"), nodes, edges, (End("x", DAY, "gone"),), 7, DAY, key="k"
    )
    write_changeset(path, whole)
    again = read_changeset(path)
    assert again is not None and list(again.nodes) == list(nodes) and list(again.edges) == list(edges)
    assert (again.source, again.ends, again.among, again.confirm, again.key) == (
        whole.source, whole.ends, 7, DAY, "k",
    )  # fmt: skip
    content = path.read_bytes()
    for damaged in (content[:-20], content[: len(content) // 2], b"", b"{}"):
        path.write_bytes(damaged)
        with pytest.raises(FileDamaged):
            read_changeset(path)


def test_what_is_listed_twice_or_listed_and_ended_is_refused() -> None:
    edge = Edge("PAIRED_WITH", "unit-a", "990101", "PAIRED_WITH:unit-a>990101")
    for nodes, edges, ends, said in (
        ((unit(), unit(name="乙")), (), (), "unit-a is listed twice"),
        ((), (edge, edge), (), "990101 is listed twice"),
        ((), (edge,), (End(edge.id, DAY),), "is listed and is to end"),
        ((Node("Moon", "m"),), (), (), "the schema does not know"),
    ):
        with pytest.raises(RecordError, match=said):
            require_known(ChangeSet("import", "x", "", "", nodes=nodes, edges=edges, ends=ends))
    require_known(ChangeSet("import", "x", "", "", nodes=(unit(),), edges=(edge,), ends=(End("unit-b", DAY),)))


def test_items_are_made_when_they_are_asked_for() -> None:
    nodes = [
        NodeDelta("Unit", f"u{n}", None if n % 3 else {"name": "旧"}, {"name": f"新{n}", "search": "x"})
        for n in range(700)
    ]
    edges = [EdgeDelta("PAIRED_WITH", "u1", "g", "e", None, {"since": DAY})]
    new, changed = (Items(Delta(Spool(nodes), Spool(edges)), new=one) for one in (True, False))
    assert (len(new), len(changed)) == (467, 234)
    assert new[0].id == "u1" and (new[-1].id, new[-1].start, new[-1].end) == ("e", "u1", "g")
    assert [item.id for item in new[:3]] == ["u1", "u2", "u4"] and new[5:2] == [] and new[::-200] == list(new)[::-200]
    assert (changed[1].before, changed[1].after, changed[1].operation) == ({"name": "旧"}, {"name": "新3"}, "change")
    assert Items(Delta(), new=True) == () and new != () and new == list(new)
    with pytest.raises(IndexError):
        new[467]


def _gathered(count: int) -> tuple[int, int]:
    """Bytes that working out ``count`` rows of people takes at most, and the number of relationships they come to."""
    account = SheetAccount("Sheet", 0)
    rows = Rows(account)
    for n in range(count):
        columns = {"name": 1, "kind": 2, "role": 3, "area_code": 4, "note": 5}
        said = {
            "name": f"成员{n}",
            "kind": "volunteer",
            "role": "volunteer",
            "area_code": f"99010100100{n % 9}",
            "note": f"{n}",
        }
        rows.add(Row("Sheet", n + 2, said, columns), columns, {})  # type: ignore[arg-type]
    areas = (Entry(f"99010100100{n}", "Community", f"社区{n}", codes=(f"99010100100{n}",)) for n in range(9))
    context = Context(Index(areas), Decisions())
    gc.collect()
    tracemalloc.start()
    try:
        facts = gather([(KINDS["workers"], rows, account)], context, "src", b"secret")
        edges: Spool[Edge] = Spool()
        for part in parts(facts.claims, 500, attrgetter("type", "start")):
            edges.extend(settle(part, (), DAY)[0])
        changes = ChangeSet("import", "x", "", "", nodes=facts.nodes, edges=edges)
        require_known(changes)
        assert len(facts.nodes) == count and not account.held
        return tracemalloc.get_traced_memory()[1], len(edges)
    finally:
        tracemalloc.stop()


def test_memory_of_what_rows_come_to_is_flat_in_their_number() -> None:
    _gathered(500)  # what is made once
    (few, edges), (many, more) = _gathered(3_000), _gathered(9_000)
    assert (edges, more) == (3_000, 9_000)
    # Eight bytes for an id and the hashes of two records; a node and a relationship take a thousand.
    assert (many - few) / 6_000 < 250
