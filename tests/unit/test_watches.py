"""Standing questions without an engine: keys by grain, differences, what is kept and told once, feeds."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections import Counter

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.cases.notify.book import Book
from govnet_graph.cases.notify.outbox import Outbox
from govnet_graph.cases.notify.webhooks import Webhooks
from govnet_graph.cases.watches import feeds
from govnet_graph.cases.watches.cases import EVENTS, wanted_events
from govnet_graph.cases.watches.differ import difference
from govnet_graph.cases.watches.keys import content_columns, content_of, key_columns, key_of
from govnet_graph.cases.watches.model import Draft, Held, NoticeKind, WatchKind
from govnet_graph.cases.watches.questions import called, drafts
from govnet_graph.cases.watches.store import Watches
from govnet_graph.errors import BadInput, NotFound
from govnet_graph.questions import BadParameter, Shape, catalogue, question
from govnet_graph.schema import Text

# Grains that say in more words than columns what there is one row of: two rows of one key are compared together.
TOGETHER = {"bridges", "chain-breaks", "coverage-evidence", "where-from"}


def worked(question_id: str) -> list[dict]:
    asked = question(question_id)
    names = [column.name for column in asked.columns]
    return orjson.loads(orjson.dumps([dict(zip(names, row, strict=True)) for row in asked.expected.rows]))


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_rows_of_the_worked_example_are_told_apart_by_their_key(name):
    rows, names = worked(name), key_columns(question(name))
    assert names
    if name not in TOGETHER:
        assert len({key_of(names, row) for row in rows}) == len(rows), names


def test_keys_follow_the_grain():
    keys = {name: key_columns(question(name)) for name in ("coverage-gaps", "unmet-needs", "unit-load", "member-units")}
    assert keys == {
        "coverage-gaps": ("area", "requirement"),
        "unmet-needs": ("need", "area"),
        "unit-load": ("unit",),
        "member-units": ("unit", "path"),
    }


def test_what_only_grows_older_is_no_change():
    late = question("late-cases")
    assert "days_late" not in content_columns(late) and "due_on" in content_columns(late)
    before = worked("late-cases")
    after = [{**row, "days_late": row["days_late"] + 1} for row in before]
    assert not difference(late, before, after)


def test_a_confirmation_is_no_change():
    asked = question("entity")
    row = worked("entity")[0]
    confirmed = {**row, "properties": [*row["properties"], {"property": "confirmed_on", "value": "2026-06-01"}]}
    assert not difference(asked, [row], [confirmed])
    assert difference(asked, [row], [{**row, "properties": row["properties"][1:]}])
    supporters = worked("timeline")
    noted = [
        {**r, "relationship": {**(r["relationship"] or {}), "recorded_at": "now", "change": "plan-2"}}
        for r in supporters
    ]
    plain = [{**r, "relationship": {**(r["relationship"] or {})}} for r in supporters]
    assert not difference(question("timeline"), plain, noted)


def test_rows_appear_vanish_and_change():
    gaps = question("coverage-gaps")
    rows = worked("coverage-gaps")
    changed = {**rows[1], "state": "uncovered" if rows[1]["state"] == "unknown" else "unknown"}
    found = difference(gaps, rows[:3], [changed, rows[2], rows[3]])
    assert (list(found.appeared), list(found.vanished)) == ([rows[3]], [rows[0]])
    assert [(c.before, c.after, c.columns) for c in found.changed] == [(rows[1], changed, ("state",))]


ROW = st.fixed_dictionaries(
    {
        "area": st.sampled_from([{"id": "a"}, {"id": "b"}]), "requirement": st.sampled_from([{"id": "x"}, {"id": "y"}]),
        "state": st.sampled_from(["covered", "unknown"]),
    }
)  # fmt: skip


@given(st.lists(ROW, max_size=8), st.lists(ROW, max_size=8))
def test_a_difference_leads_from_one_answer_to_the_other(before, after):
    gaps = question("coverage-gaps")
    blank = dict.fromkeys([column.name for column in gaps.columns])
    old, new = [[{**blank, **row} for row in rows] for rows in (before, after)]
    found = difference(gaps, old, new)

    def bag(rows):
        return Counter(content_of(content_columns(gaps), row) for row in rows)

    gone = bag(found.vanished) + bag([change.before for change in found.changed])
    come = bag(found.appeared) + bag([change.after for change in found.changed])
    assert bag(old) - gone + come == bag(new)
    assert bool(found) == (bag(old) != bag(new))
    # Whatever changed is about the same thing, and no row is told of as gone and come alike.
    keys = key_columns(gaps)
    assert all(key_of(keys, c.before) == key_of(keys, c.after) and c.columns for c in found.changed)
    assert not {key_of(keys, r) for r in found.appeared} & {key_of(keys, r) for r in found.vanished}


@given(st.lists(ROW, max_size=8), st.randoms())
def test_the_order_of_rows_is_no_difference(rows, dice):
    gaps = question("coverage-gaps")
    blank = dict.fromkeys([column.name for column in gaps.columns])
    whole = [{**blank, **row} for row in rows]
    mixed = list(whole)
    dice.shuffle(mixed)
    assert not difference(gaps, whole, mixed)


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


@pytest.fixture
def watches(book):
    return Watches(book, lambda: 1_780_000_000.0)


DAY = dt.date(2026, 6, 1)


def held(rows, version=1, **more) -> Held:
    return Held(0, version, DAY, rows, **more)


def test_a_change_is_told_once_whoever_notices_it(book, watches):
    hook, _ = Webhooks(book).add("https://example.org", author="test")
    rows = worked("coverage-gaps")
    watch = watches.add(WatchKind.QUESTION, "coverage-gaps", {}, webhooks=[hook.id], author="test", first=held(rows))
    before = watches.held(watch.id)
    assert before.content == rows
    after = held(rows[1:], 2)
    first = watches.advance(watch, before.turn, after, drafts(watch, before, after))
    assert len(first) == 1 and first[0].data["counts"] == {"appeared": 0, "vanished": 1, "changed": 0}
    # Another process had read the same state and comes second.
    assert watches.advance(watch, before.turn, after, drafts(watch, before, after)) is None
    again = watches.held(watch.id)
    assert drafts(watch, again, after) == []
    assert len(watches.notices()) == 1
    assert [d.type for d in Outbox(book, 3).list()] == ["watch.changed"]


def test_a_problem_and_its_end_are_told_once_each(watches):
    rows = worked("coverage-gaps")
    watch = watches.add(WatchKind.QUESTION, "coverage-gaps", {}, author="test", first=held(rows))
    broken = Held(0, 2, DAY, None, "There is no Area 'x'.")
    watches.advance(watch, watches.held(watch.id).turn, broken)
    assert watches.get(watch.id).problem == "There is no Area 'x'."
    before = watches.held(watch.id)
    assert before.content == rows  # the last good answer is what later ones are compared with
    told = drafts(watch, before, held(rows, 3))
    assert [draft.kind for draft in told] == [NoticeKind.RESTORED]
    assert [draft.kind for draft in drafts(watch, before, held(rows[1:], 3))] == [NoticeKind.ANSWER]


def test_a_notice_stays_small_however_much_changed(watches):
    asked = question("coverage-gaps")
    row = worked("coverage-gaps")[0]
    rows = [{**row, "area": {"id": f"a-{n}", "label": "Grid", "name": "网格" * 500}} for n in range(300)]
    watch = watches.add(WatchKind.QUESTION, asked.id, {}, author="test", first=held([]))
    (draft,) = drafts(watch, held([]), held(rows, 2))
    assert draft.data["counts"]["appeared"] == 300 and draft.data["truncated"]
    assert 0 < len(draft.data["appeared"]) < 300
    assert len(orjson.dumps(draft.data)) <= 60_000


def test_what_is_not_there_is_said(watches):
    for call in (lambda: watches.get("watch-1"), lambda: watches.remove("watch-1")):
        with pytest.raises(NotFound):
            call()
    assert watches.list() == [] == watches.notices()
    with pytest.raises(NotFound, match="webhook"):
        watches.add(WatchKind.QUESTION, "units", {}, webhooks=["webhook-1"], author="test")
    assert watches.list() == []
    with pytest.raises(BadInput, match="label"):
        watches.add(WatchKind.QUESTION, "units", {}, label="x" * 101, author="test")


def test_notices_outlive_their_watch(watches):
    watch = watches.add(WatchKind.QUESTION, "units", {}, label="单位", author="test", first=held([]))
    draft = Draft(NoticeKind.ANSWER, "watch.changed", Text("甲", "a"), {"n": 1})
    for version in range(3):
        watches.advance(watch, watches.held(watch.id).turn, held([], version), [draft])
    watches.remove(watch.id)
    assert [n.number for n in watches.notices()] == [3, 2, 1]
    assert [n.number for n in watches.notices(before=3, limit=1)] == [2]
    assert [n.number for n in watches.notices(after=2)] == [3]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_feeds_are_well_formed_and_say_the_same(watches, language):
    rows = worked("late-cases")
    watch = watches.add(WatchKind.QUESTION, "late-cases", {}, label="", author="test", first=held([]))
    before = watches.held(watch.id)
    watches.advance(watch, before.turn, held(rows, 2), drafts(watch, before, held(rows, 2)))
    told = watches.notices()
    title = called(watch)
    root = ET.fromstring(feeds.atom(watch, title, told, "http://here/api/v1/watches/w", language))
    ns = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", ns)
    assert root.find("a:title", ns).text == (title.en if language == "en" else title.zh)
    for path in ("a:id", "a:updated", "a:author/a:name", "a:link[@rel='self']"):
        assert root.find(path, ns) is not None, path
    feed = json.loads(orjson.dumps(feeds.json_feed(watch, title, told, "http://here", language), default=str))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [f"urn:govnet:{item['id']}" for item in feed["items"]] == [entry.find("a:id", ns).text for entry in entries]
    assert "楼道堆物" in entries[0].find("a:content", ns).text == feed["items"][0]["content_text"]
    assert ("新增 2 行" if language == "zh" else "2 appeared") in entries[0].find("a:title", ns).text


def test_events_of_cases_are_named_with_or_without_their_prefix():
    assert wanted_events({}) == frozenset(EVENTS)
    assert wanted_events({"event": "late, case.refuse"}) == {"case.late", "case.refuse"}
    assert all(text.zh and text.en for text in EVENTS.values())
    for bad in ({"event": "eaten"}, {"state": "late"}):
        with pytest.raises(BadParameter):
            wanted_events(bad)


def test_columns_that_are_not_compared_are_few_and_say_why():
    left_out = {
        (name, column.name)
        for name, asked in catalogue().items()
        for column in asked.columns
        if column.name not in content_columns(asked)
    }
    assert all(
        next(c for c in question(name).columns if c.name == column).unit == "days"
        or next(c for c in question(name).columns if c.name == column).type
        in (Shape.DATETIME, Shape.DATE, Shape.INTEGER)
        for name, column in left_out
    )
