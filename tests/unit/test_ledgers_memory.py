"""Lists on disk, what is kept of rows and cells, and that memory does not grow with the rows of a ledger."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import io
import random
import tracemalloc

import pytest

from govnet_graph.bench.ledgers import pairings
from govnet_graph.ledgers.compact import Numbers, Repeats
from govnet_graph.ledgers.files import read_workbook
from govnet_graph.ledgers.mapping import propose
from govnet_graph.ledgers.model import Problem
from govnet_graph.ledgers.rows import read_rows
from govnet_graph.records import Node
from govnet_graph.schema import Text
from govnet_graph.spool import DiskFull, Groups, Spool, compact
from tests.ledger_files import read, reasons, rules, values


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 1000])
def test_a_spool_is_a_list(count: int) -> None:
    plain = [{"number": n} for n in range(count)]
    spool = Spool(plain)
    assert len(spool) == count and list(spool) == plain and bool(spool) == bool(plain)
    assert spool[3:900:7] == plain[3:900:7] and spool[::-1] == plain[::-1]
    order = random.Random(count).sample(range(-count, count), min(count, 50)) if count else []
    assert [spool[at] for at in order] == [plain[at] for at in order]
    for beyond in (count, -count - 1, count + 256):
        with pytest.raises(IndexError):
            spool[beyond]
    spool.append({"number": -1})
    assert spool[-1] == {"number": -1} and len(list(spool)) == count + 1


def test_a_spool_can_be_read_while_it_grows_and_by_several_at_once() -> None:
    spool = Spool(range(600))
    one, other = iter(spool), reversed(spool)
    assert [(next(one), next(other)) for _ in range(600)] == [(n, 599 - n) for n in range(600)]
    spool.extend(range(600, 2000))
    assert list(zip(spool, spool, strict=True)) == [(n, n) for n in range(2000)]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("govnet_graph.spool.tempfile.SpooledTemporaryFile", lambda _: Full())
    with pytest.raises(DiskFull, match="No space left") as caught:
        read_workbook(b"a,b\n" + b"1,2\n" * 400, "x.csv")
    assert "TMPDIR" in caught.value.hint


def test_groups_come_by_key_and_in_the_order_they_were_added() -> None:
    groups: Groups[tuple[int, str]] = Groups()
    plain: dict[str, list[tuple[int, str]]] = {}
    for number in range(3000):
        key = f"键{number * 7 % 400}"
        groups.add(key, (number, key))
        plain.setdefault(key, []).append((number, key))
    assert list(groups) == sorted(plain.items()) == list(groups)
    groups.add("键", (-1, ""))
    assert next(iter(groups)) == ("键", [(-1, "")])


def test_what_is_kept_compactly_comes_back_as_it_was() -> None:
    @compact
    @dataclasses.dataclass(frozen=True, slots=True)
    class Pair:
        one: str
        other: dict[str, dt.date]

    # Found again by its name, as everything that is pickled.
    globals()["Pair"], Pair.__qualname__ = Pair, "Pair"
    pairs = [Pair(str(n), {"day": dt.date(2024, 1, 1 + n % 9)}) for n in range(300)]
    assert list(Spool(pairs)) == pairs
    assert (
        Node("Unit", "u", {"since": dt.date(2024, 1, 1)})
        == Spool([Node("Unit", "u", {"since": dt.date(2024, 1, 1)})])[0]
    )


def test_numbers_are_a_sorted_set() -> None:
    chosen = sorted(random.Random(1).sample(range(1, 400), 150))
    numbers = Numbers(chosen)
    assert list(numbers) == chosen and len(numbers) == 150 and numbers[7:80:3] == chosen[7:80:3]
    assert [numbers[at] for at in (0, 149, -1, -150)] == [chosen[at] for at in (0, 149, -1, -150)]
    assert [n for n in range(-1, 450) if n in numbers] == chosen and "3" not in numbers
    for first, last in ((1, 399), (50, 200), (200, 50), (390, 999), (-5, 3)):
        assert list(numbers.between(first, last)) == [n for n in chosen if first <= n <= last]
    assert list(Numbers().between(1, 9)) == [] and 1 not in Numbers()
    with pytest.raises(IndexError):
        numbers[150]


def test_repeats_know_the_last_word_on_a_cell() -> None:
    plain: dict[tuple[int, int], tuple[int, int]] = {}
    repeats, dice = Repeats(), random.Random(2)
    assert not repeats
    for _ in range(300):
        row, column, origin = dice.randint(2, 60), dice.randint(1, 4), dice.randint(1, 60)
        plain[row, column] = origin, column
        repeats.note((row, column), origin)
    assert dict(repeats) == plain and len(repeats) == len(plain) and repeats
    for place in ((row, column) for row in range(70) for column in range(6)):
        assert repeats.get(place) == plain.get(place) and (place in repeats) == (place in plain)


def test_placeholders_are_counted_one_by_one_and_each_can_be_asked_for() -> None:
    reading = read("结对单位,网格,结对时间\n甲,/,2024.3\n乙,一,—\n丙,/,2024.5\n".encode())
    (account,) = reading.account.sheets.values()
    assert rules(reading, account.sheet) == {"header": 3, "placeholder": 3}
    assert [place for place in reading.book.sheets[0].places() if account.fate(place) == "placeholder"] == [
        (2, 2), (3, 3), (4, 2),
    ]  # fmt: skip


def test_reasons_that_are_found_later_stand_with_the_row_whoever_asks_for_it() -> None:
    reading = read("结对单位,网格,结对时间\n甲,一,2024.3\n乙,二,昨天\n".encode())
    (table,), (account,) = reading.tables, reading.account.sheets.values()
    first, again = table.rows[0], table.rows[0]
    account.quarantine(first, Problem("doubtful", Text("不确定", "doubtful"), (2, 1)))
    account.quarantine(again, Problem("contradicts", Text("矛盾", "contradicts")))
    assert reasons(reading) == {2: ["doubtful", "contradicts"], 3: ["date-unreadable"]}
    assert [account.fate((2, column)).code for column in (1, 2)] == ["doubtful", "doubtful"]  # type: ignore[union-attr]
    assert values(reading) == [] and reading.account.balances


def _grown(ledger: bytes, name: str) -> tuple[int, int]:
    """Bytes that are held when a ledger has been read, and that were held at most."""
    gc.collect()
    tracemalloc.start()
    try:
        book = read_workbook(ledger, name)
        reading = read_rows(book, propose(book))
        gc.collect()
        held, peak = tracemalloc.get_traced_memory()
        assert reading.account.balances and len(reading.tables[0].rows) > 1000
        return held, peak
    finally:
        tracemalloc.stop()


def _messy(count: int) -> bytes:
    """Pairings with 同上, placeholders, blank rows, lists; nothing twice in the column of remarks."""
    lines = ["结对单位,社区,网格,结对时间,服务,备注,联系电话"]
    for n in range(count):
        unit = "同上" if n % 3 else f"示例单位{n}"
        lines.append(
            f"{unit},社区{n % 40},第{n % 9}网格,2024.{n % 12 + 1}.{n % 28 + 1},{'/' if n % 2 else '助餐'},第{n}号,"
        )
        if n % 50 == 0:
            lines.append("")
    return "\n".join(lines).encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_is_flat_in_the_number_of_rows(kind: str) -> None:
    few, many = 3_000, 12_000
    ledgers = [_messy(n) if kind == "csv" else pairings(n) for n in (few, many)]
    _grown(ledgers[0], f"x.{kind}")  # what is made once
    (held_few, peak_few), (held_many, peak_many) = (_grown(ledger, f"x.{kind}") for ledger in ledgers)
    # Sixteen bytes for 同上, some bits for placeholders, runs of rows between blank ones; a row itself takes hundreds.
    assert (held_many - held_few) / (many - few) < 40
    assert (peak_many - peak_few) / (many - few) < 80
