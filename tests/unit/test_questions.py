import datetime as dt

import pytest

from govnet_graph.errors import NotFound
from govnet_graph.questions import BadParameter, QuestionError, bind, parse, question

TEXT = """/*
question: {zh: 问, en: Ask}
area: unit
parameters:
  unit: {type: Unit, zh: 单位, en: Unit}
  kind: {type: string, default: null, values: [bank, court], zh: 种类, en: Kind}
  area: {type: Area, default: home, zh: 区域, en: Area}
  hops: {type: integer, default: 3, minimum: 1, maximum: 4, zh: 步, en: Hops}
  open: {type: boolean, default: false, zh: 开放, en: Open}
  known_at: {type: datetime, default: null, zh: 所知, en: Known}
  tags: {type: strings, default: null, zh: 标签, en: Tags}
  q: {type: search, default: null, zh: 查找, en: Search}
columns:
  - {name: n, type: integer, unit: units, zh: 数, en: Number}
grain: {zh: 一行, en: one row}
expected: {parameters: {unit: u}, rows: []}
*/
RETURN 1 AS n
"""
ASKED = parse("test", TEXT)
DAY = dt.date(2026, 6, 1)


def _bind(**given):
    return bind(ASKED, {"unit": "u", **given}, home="990101", day=DAY)


def test_defaults_are_filled_in():
    assert _bind() == {
        "unit": "u",
        "kind": None,
        "area": "990101",
        "hops": 3,
        "open": False,
        "known_at": None,
        "tags": None,
        "q": None,
        "as_of": DAY,
        "limit": 100,
        "skip": 0,
    }


def test_text_becomes_typed_values():
    bound = _bind(
        hops="2", open="true", as_of="2026-01-31", known_at="2026-08-01T08:00:00+08:00", tags="a,b", kind="bank"
    )
    assert (bound["hops"], bound["open"], bound["as_of"]) == (2, True, dt.date(2026, 1, 31))
    assert bound["known_at"] == dt.datetime(2026, 8, 1)
    assert (bound["tags"], bound["kind"]) == (["a", "b"], "bank")


def test_what_is_searched_for_is_folded():
    assert _bind(q=" ＡＢ　１2 ")["q"] == "ab 12"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("hops", "5", "between 1 and 4"),
        ("hops", "1.5", "not a whole number"),
        ("hops", "٣", "not a whole number"),
        ("hops", "9" * 30, "not a whole"),
        ("open", "yes", "neither true nor false"),
        ("as_of", "2026-13-01", "not a day"),
        ("as_of", "1066-10-14", "not between"),
        ("as_of", "20260101", "not a day"),
        ("known_at", "soon", "not a moment"),
        ("known_at", "0001-01-01T00:00:00+14:00", "too far|not between"),
        ("kind", "circus", "not one of bank, court"),
        ("unit", "x" * 201, "at most 200"),
        ("q", " ", "empty"),
        ("q", "a|b", "bar"),
        ("unit", "\x00", "no name has"),
        ("unit", "\ud800", "no name has"),
        ("limit", "1001", "between 1 and 1000"),
        ("skip", "-1", "between 0"),
        ("colour", "red", "has no parameter"),
        ("unit", "", "unit is empty"),
        ("area", "", "area is empty"),
    ],
)
def test_bad_values_are_named(name, value, reason):
    with pytest.raises(BadParameter, match=reason) as error:
        _bind(**{name: value})
    assert error.value.name == name


@pytest.mark.parametrize(
    ("asked", "first", "last", "early", "late"),
    [
        ("pairing-changes", "from", "to", "2026-05-01", "2026-07-01"),
        ("recorded-changes", "after", "before", "2026-05-01T08:00:00Z", "2026-05-01T08:00:01Z"),
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused(asked, first, last, early, late):
    with pytest.raises(BadParameter, match=f"lies before {first}") as error:
        bind(question(asked), {first: late, last: early}, home="990101")
    assert error.value.name == last
    for end in (early, late, None):
        bind(question(asked), {first: early, last: end}, home="990101")
    bind(question("shortest-path"), {"from": "unit-b", "to": "unit-a"}, home="990101")


def test_a_missing_value_is_named():
    with pytest.raises(BadParameter, match="needs the parameter 'unit'"):
        bind(ASKED, {}, home=None)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("/*", "", "header"),
        ("RETURN 1 AS n", "", "header"),
        ("area: unit", "area: kitchen", "kitchen"),
        ("type: Unit", "type: Circus", "Circus"),
        ("en: Ask", "en: ''", "empty"),
        ("grain:", "grains:", "grain"),
        ("en: Ask", "en: Ask, then listen", "'then listen'; a text with a comma needs quotes"),
        ("type: integer, unit", "type: colour, unit", "colour"),
        ("expected:", "sets: [NONSENSE]\nexpected:", "NONSENSE"),
    ],
)
def test_a_malformed_file_is_refused(old, new, reason):
    with pytest.raises(QuestionError, match=reason):
        parse("test", TEXT.replace(old, new, 1))


def test_an_unknown_question_is_not_found():
    with pytest.raises(NotFound, match="govnet questions"):
        question("what-is-love")
