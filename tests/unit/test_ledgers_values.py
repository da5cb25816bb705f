"""Cells to values: each written form, what is exact and what a rule of thumb, and why the rest is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnet_graph.ledgers.kinds import KINDS, level_of
from govnet_graph.ledgers.values import Normaliser, normalise
from govnet_graph.ledgers.values.column import shown_value, words_of
from govnet_graph.ledgers.values.text import join_list, split_list
from govnet_graph.records import value_fault
from govnet_graph.schema import LEDGER_KINDS, ValueType

PAIRINGS, AREAS, WORKERS, UNITS = (KINDS[name] for name in ("pairings", "areas", "workers", "units"))
SINCE, UNTIL = PAIRINGS.column("since"), PAIRINGS.column("until")
DAY = dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    ("written", "day", "exact"),
    [
        (DAY, DAY, True),
        (dt.datetime(2024, 3, 1, 9, 30), DAY, True),
        ("2024-03-01", DAY, True),
        ("2024.3.1", DAY, True),
        ("2024/3/1", DAY, True),
        (" 2024年 3月 1日 ", DAY, True),
        ("2024年3月1日起", DAY, True),
        ("二〇二四年三月一日", DAY, True),
        ("二零二四年十二月二十五日", dt.date(2024, 12, 25), True),
        ("20240301", DAY, True),
        (20240301, DAY, True),
        ("2024年3月", DAY, False),
        ("2024/3", DAY, False),
        ("2024.03", DAY, False),
        (2024.3, DAY, False),
        (2024.11, dt.date(2024, 11, 1), False),
        (45352, DAY, False),
        ("45352", DAY, False),
        (45352.5, DAY, False),
    ],
)
def test_days(written: object, day: dt.date, exact: bool) -> None:
    found = normalise(SINCE, written)  # type: ignore[arg-type]
    assert (found.value, found.exact, found.failed) == (day, exact, False)


def test_an_end_may_be_open_and_a_month_ends_with_its_last_day() -> None:
    assert all(
        not (found := normalise(UNTIL, word)).failed and found.value is None for word in ("至今", "长期", "(长期)")
    )
    assert normalise(UNTIL, "2024年12月").value == dt.date(2025, 1, 1)
    assert normalise(SINCE, "至今").code == "date-open"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024", "date-too-coarse"),
        (2024, "date-too-coarse"),
        (2024.1, "date-ambiguous"),
        ("2024-13-01", "date-impossible"),
        ("3月1日", "date-unreadable"),
        ("24.3.1", "date-unreadable"),
        (True, "date-unreadable"),
        (dt.date(1024, 3, 1), "date-implausible"),
    ],
)
def test_days_that_are_refused(written: object, code: str) -> None:
    found = normalise(SINCE, written)  # type: ignore[arg-type]
    assert found.code == code
    assert found.reason is not None and found.reason.zh and found.reason.en


@pytest.mark.parametrize(
    ("written", "number", "exact"),
    [
        (12, 12, True),
        (12.0, 12, True),
        ("12", 12, True),
        ("1,234", 1234, False),
        ("１２户", 12, False),
        ("1.2万", 12_000, False),
        ("十二", 12, False),
        ("一百零五户", 105, False),
    ],
)
def test_numbers(written: object, number: int, exact: bool) -> None:
    found = normalise(AREAS.column("households"), written)  # type: ignore[arg-type]
    assert (found.value, found.exact) == (number, exact)
    assert type(found.value) is int


@pytest.mark.parametrize("written", ["50余", "50多户", "50以上", "≥50", "不少于50人", "50+"])
def test_a_lower_bound_is_kept_as_one(written: str) -> None:
    found = normalise(KINDS["resources"].column("capacity"), written)
    assert (found.value, found.lower, found.exact) == (50, True, False)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("约50", "number-approximate"),
        ("50左右", "number-approximate"),
        ("10-20", "number-unreadable"),
        ("1.5", "number-not-whole"),
        (-1, "number-too-small"),
        (True, "number-unreadable"),
        ("十百", "number-unreadable"),
        (float("nan"), "number-too-large"),
        (float("inf"), "number-too-large"),
    ],
)
def test_numbers_that_are_refused(written: object, code: str) -> None:
    assert normalise(AREAS.column("households"), written).code == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("是", True),
        ("√", True),
        ("有", True),
        ("Ｙ", True),
        (1, True),
        (True, True),
        ("否", False),
        ("×", False),
        ("无", False),
        (0, False),
    ],
)
def test_yes_and_no(written: object, value: bool) -> None:
    assert normalise(AREAS.column("demonstration"), written).value is value  # type: ignore[arg-type]


def test_yes_and_no_that_are_refused() -> None:
    assert normalise(AREAS.column("demonstration"), "也许").code == "boolean-unreadable"


@pytest.mark.parametrize(
    ("written", "value", "exact"),
    [
        ("民警", "police", True),
        ("police", "police", True),
        (" 社区 民警 ", "police", True),
        ("法官(退休)", "judge", False),
        ("派驻社区民警", "police", False),
    ],
)
def test_closed_lists(written: str, value: str, exact: bool) -> None:
    found = normalise(WORKERS.column("profession"), written)
    assert (found.value, found.exact) == (value, exact)


def test_a_word_outside_a_closed_list_is_refused_with_the_list() -> None:
    found = normalise(WORKERS.column("profession"), "宇航员")
    assert found.code == "value-not-allowed"
    assert found.reason is not None and "供热、通信、民警、调解员、法官" in found.reason.zh


def test_area_codes() -> None:
    code = AREAS.column("code")
    assert normalise(code, 210902003013).value == "210902003013"
    assert normalise(code, 210902003013001).value == "210902003013001"
    assert normalise(code, "２１０９０２").value == "210902"
    assert normalise(code, "210902003000").value == "210902003"
    assert normalise(code, "210902000000").value == "210902"
    assert not normalise(code, "210902000000").exact
    assert normalise(code, "2109").code == "area-code-invalid"
    assert normalise(AREAS.column("parent_code"), "2109").value == "2109"


def test_telephone_and_identity_numbers() -> None:
    phones = UNITS.column("phones")
    assert normalise(phones, 13800000000).value == ["13800000000"]
    assert normalise(phones, "+86 13800000000").value == ["13800000000"]
    assert normalise(phones, "(0418)2800000转12").value == ["0418-2800000-12"]
    assert normalise(phones, "2800000,12345").value == ["2800000", "12345"]
    assert normalise(phones, "无号码的人").code == "phone-unreadable"
    number = WORKERS.column("id_number")
    assert normalise(number, "11010519491231002x").value == "11010519491231002X"
    failed = normalise(number, "110105194912310021")
    assert failed.code == "id-number-invalid"
    assert failed.reason is not None and "110105" not in failed.reason.zh + failed.reason.en


def test_texts_are_cleaned_with_care() -> None:
    name = UNITS.column("name")
    assert normalise(name, "　示例　（集团）有限公司Ａ１\u200b ").value == "示例 （集团）有限公司A1"
    assert normalise(name, "税 务 局").value == "税务局"
    assert normalise(name, 360).value == "360"
    assert normalise(name, 1.5).value == "1.5"
    assert normalise(name, "—").value is None and not normalise(name, "—").failed


def test_levels_of_areas() -> None:
    assert level_of("210902", "海州区") == ("District", "")
    assert level_of("", "示例第三网格") == ("Grid", "")
    assert level_of("210902101", "韩家店镇") == ("Street", "town")
    assert level_of("210902101200", "示例村村民委员会") == ("Community", "village")
    assert level_of("", "海州") == ("", "")


def test_every_closed_value_has_a_word_and_no_word_means_two() -> None:
    assert set(KINDS) == set(LEDGER_KINDS)
    for kind in KINDS.values():
        for column in kind.columns:
            if column.values:
                assert set(words_of(column)) == set(column.values), (kind.id, column.key)
                words = [word for group in words_of(column).values() for word in group]
                assert len(words) == len(set(words)), (kind.id, column.key)
                for value in column.values:
                    assert normalise(column, shown_value(column, value)).value == value
                    assert normalise(column, value).value == value


ANY = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("约0123456789.,-/年月日一二十百千万余+%()、;至今 ", max_size=14),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
COLUMNS = [Normaliser(column) for kind in KINDS.values() for column in kind.columns]


@given(st.sampled_from(COLUMNS), ANY)
def test_a_normaliser_never_raises_and_gives_what_the_schema_allows(read: Normaliser, value: object) -> None:
    found = read(value)  # type: ignore[arg-type]
    assert found.failed == bool(found.code)
    assert not (found.failed and found.value is not None)
    if found.value is not None and read.column.properties and read.column.type is read.column.properties[0].type:
        assert value_fault(read.column.properties[0], found.value) == ""
    if read.column.type is ValueType.STRINGS and found.value is not None:
        assert found.value


@given(st.lists(st.text(max_size=12).map(str.strip).filter(bool), min_size=1, max_size=5, unique=True))
def test_a_list_survives_a_cell(items: list[str]) -> None:
    assert split_list(join_list(items)) == [item for item in items if item]
