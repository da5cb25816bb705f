"""Reading a whole answer: pages of one data version, begun again when the data move, cut where a largest number is given."""

from __future__ import annotations

import asyncio

import pytest

from govnet_graph.questions import bind, question
from govnet_graph.store.driver import WriteConflict
from govnet_graph.store.reader import Answer
from govnet_graph.store.whole import whole

UNITS = question("units")


class Source:
    """Answers with numbers as rows; ``versions`` are those that it is in at each page, the last from then on."""

    def __init__(self, rows: int, versions: tuple[int, ...] = (1,)) -> None:
        self.rows = rows
        self.versions = list(versions)
        self.asked: list[tuple[int, int]] = []

    async def __call__(self, skip: int, rows: int) -> Answer:
        self.asked.append((skip, rows))
        version = self.versions.pop(0) if len(self.versions) > 1 else self.versions[0]
        found = [[number] for number in range(self.rows)][skip : skip + rows]
        return Answer(UNITS, bind(UNITS, {"skip": skip}, home="1"), found, skip + rows < self.rows, version)


def numbers(answer: Answer) -> list[int]:
    return [row[0] for row in answer.rows]


@pytest.mark.parametrize("rows", [0, 1, 3, 4, 6, 7])
def test_every_row_comes_once_and_in_order(rows):
    found = asyncio.run(whole(Source(rows), page=3))
    assert numbers(found) == list(range(rows)) and not found.more
    assert (found.parameters["skip"], found.parameters["limit"]) == (0, max(1, rows))


def test_no_more_rows_are_read_than_wanted():
    source = Source(100)
    found = asyncio.run(whole(source, most=7, page=3))
    assert numbers(found) == list(range(7)) and found.more
    assert source.asked == [(0, 3), (3, 3), (6, 1)]
    assert not asyncio.run(whole(Source(7), most=7, page=3)).more


def test_it_is_begun_again_when_the_data_move():
    found = asyncio.run(whole(Source(5, versions=(1, 2)), page=2))
    assert (numbers(found), found.data_version) == ([0, 1, 2, 3, 4], 2)


def test_data_that_keep_moving_are_told_of():
    with pytest.raises(WriteConflict, match="changed while"):
        asyncio.run(whole(Source(5, versions=tuple(range(20))), page=2))
