"""The meaning of a change set, without a database: what changes, what conflicts, what is only confirmed."""

from __future__ import annotations

import datetime as dt

import pytest

from govnet_graph.changes.model import ChangeSet, End
from govnet_graph.changes.patch import Merge
from govnet_graph.records import Edge, Node, RecordError
from govnet_graph.store.commit import from_json, to_json

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


def test_an_end_knows_what_ends():
    assert (End("PAIRED_WITH:unit-a>g#2", DAY).type, End("PAIRED_WITH:unit-a>g#2", DAY).start) == (
        "PAIRED_WITH",
        "unit-a",
    )
    assert (End("unit-a", DAY).type, End("unit-a", DAY).start) == (None, "unit-a")


def test_what_a_change_keeps_comes_back_with_its_types():
    held = present(since=DAY, aliases=["乙"], party_members=3)
    assert from_json("Unit", to_json(held)) == held
