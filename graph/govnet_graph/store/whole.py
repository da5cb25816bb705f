"""A whole answer: every row, read in large pages of one data version."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from govnet_graph.store.driver import WriteConflict
from govnet_graph.store.reader import Answer

#: Rows of one page: more than a caller is given at once, less than an engine's memory minds.
PAGE = 10_000
_TRIES = 3


async def whole(
    ask: Callable[[int, int], Awaitable[Answer]], *, most: int | None = None, page: int | None = None
) -> Answer:
    """Every row of an answer; begun again where the data move meanwhile.

    Parameters
    ----------
    ask : callable
        Asks the question for the rows after so many, at most so many: (skip, rows) to Answer.
    most : int, optional
        Largest number of rows; ``more`` then tells whether others follow.
    page : int, optional
        Rows to ask for at once, ``PAGE`` by default.

    Raises
    ------
    WriteConflict
        The data kept moving.
    """
    size = page or PAGE
    for _ in range(_TRIES):
        found = await ask(0, min(size, most or size))
        rows, more = list(found.rows), found.more
        while more and (most is None or len(rows) < most):
            following = await ask(len(rows), size if most is None else min(size, most - len(rows)))
            if following.data_version != found.data_version:
                break
            rows, more = rows + following.rows, following.more
        else:
            told = {**found.parameters, "skip": 0, "limit": max(1, len(rows))}
            return replace(found, parameters=told, rows=rows, more=more)
    raise WriteConflict("The data changed while the answer was being read.", hint="Ask again in a moment.")
